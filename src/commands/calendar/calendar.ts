import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../core/calendar/working-day.js'
import { type Review, type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { allow, maySetDates, maySetOwnReminders, maySetSettings } from '../../core/people/access.js'
import { askForCalendar } from '../../core/reminder/calendar-file.js'
import { setReviewDates } from '../../core/report/set-review-dates.js'
import { foldWords, readDate } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, look, nothingSchema, write } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { preferenceButton } from '../reminder/preference.js'
import { type Block, type Reply, say } from '../ui.js'
import { allReminders, ownReminders } from './calendar-list.js'

const { calendar: t } = vi

/** The reviews and every reminder still to come; the dates are set here. */
export const calendarFeature: Feature = {
  commands: [
    {
      name: 'lich',
      aliases: ['calendar', 'schedule', 'dates', 'ngay'],
      isFor: () => true,
      run: (ctx, rest) => (isQuestion(rest) ? show(ctx, []) : setTyped(ctx, rest)),
    },
  ],
  actions: [
    defineAction('calendar.set', nothingSchema, openForm),
    defineAction('calendar.file', nothingSchema, async (ctx) => {
      await write(ctx, (use, campaign) => askForCalendar(use, campaign, ctx.requestKey ?? use.newId()))
      return say(t.file.sent)
    }),
    defineAction('calendar', nothingSchema, (ctx) => show(ctx, [])),
  ],
  forms: [
    defineForm('calendar', nothingSchema, async (ctx, fields) => {
      const dates: Partial<Record<ReviewKind, string>> = {}
      for (const kind of reviewKinds) if (fields[kind]) dates[kind] = fields[kind]
      const notes = await save(ctx, dates)
      const shown = await show(ctx, notes)
      return shown.kind === 'card' ? { kind: 'page', page: { title: t.formTitle, blocks: shown.card.blocks } } : shown
    }),
  ],
}

/** Nothing, or no more than the name of a review: when is it? */
const isQuestion = (rest: string): boolean => ['', 'ngay'].includes(takeReviewKind(rest).words)

/** `sơ kết 28/06/2024 tổng kết 20/12/2024`; one date alone is that of the first review without one. */
async function setTyped(ctx: Ctx, rest: string): Promise<Reply> {
  const { reviews, year } = await look(ctx, async ({ tx }, campaign) => ({
    reviews: await tx.reviews.list(campaign.id),
    year: Number(campaign.period.from.slice(0, 4)),
  }))
  const dates: Partial<Record<ReviewKind, string>> = {}
  let kind: ReviewKind | undefined
  for (const part of rest.replace(/[,;:=]/g, ' ').split(/\s+/)) {
    const word = foldWords(part)
    if (/^\d/.test(part)) {
      const date = readDate(part, year)
      if (!date) throw new UserError('review.date_invalid', { word: part })
      const free = reviewKinds.find((k) => !reviews.some((r) => r.kind === k) && !dates[k])
      dates[kind ?? free ?? 'preliminary'] = date
      kind = undefined
    } else if (['so', 'soket', 'preliminary'].includes(word)) kind = 'preliminary'
    else if (['tong', 'tongket', 'final'].includes(word)) kind = 'final'
    else if (!['', 'ket', 'ngay', 'dat', 'la', 'va', 'set'].includes(word))
      throw new UserError('review.date_invalid', { word: part })
  }
  if (Object.keys(dates).length === 0) throw new UserError('review.date_invalid', { word: rest.trim() })
  return show(ctx, await save(ctx, dates))
}

async function save(ctx: Ctx, dates: Partial<Record<ReviewKind, string>>): Promise<string[]> {
  return write(ctx, async (use, campaign) => {
    const before = new Map((await use.tx.reviews.list(campaign.id)).map((r) => [r.kind, r.date]))
    const after = await setReviewDates(use, campaign, dates)
    const changed = after.filter((r) => before.get(r.kind) !== r.date)
    if (changed.length === 0) return [t.unchanged]
    const isWorkingDay = await calendarOf(use.tx, campaign.workspaceId)
    const free = changed.filter((r) => !isWorkingDay(r.date)).map((r) => t.free(r.date))
    const today = localDate(use.now, use.timeZone)
    const past = changed.filter((r) => r.date < today).map((r) => t.past(r.kind, r.date))
    return [t.saved(changed.map((r) => r.kind)), ...past, ...free]
  })
}

async function show(ctx: Ctx, notes: readonly string[]): Promise<Reply> {
  return look(ctx, async ({ tx }, campaign) => {
    const today = localDate(ctx.now, ctx.timeZone)
    const reviews: Review[] = await tx.reviews.list(campaign.id)
    const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
    const plan = { tx, now: ctx.now, timeZone: ctx.timeZone, isWorkingDay }
    const blocks: Block[] = [
      ...notes.map((text) => block.text(text)),
      block.heading(t.title),
      ...reviewKinds.map((kind): Block => {
        const date = reviews.find((r) => r.kind === kind)?.date
        const days = date ? workingDaysLeft(today, date, isWorkingDay) : undefined
        return block.text(t.review(kind, date, days))
      }),
      ...when(reviews.length < reviewKinds.length, () => block.note(t.missing)),
    ]
    if (reviews.length > 0) {
      blocks.push(
        ...(await ownReminders(plan, campaign, ctx.actor)),
        ...(await allReminders(plan, campaign, ctx.actor)),
      )
    }
    const buttons = [
      ...(reviews.length > 0 ? [{ label: t.file.get, action: 'calendar.file' }] : []),
      ...(maySetOwnReminders(ctx.actor) ? [preferenceButton] : []),
      ...(maySetSettings(ctx.actor) ? [{ label: vi.rehearsal.button, action: 'rehearsal' }] : []),
    ]
    if (buttons.length > 0) blocks.push(block.buttons(buttons))
    if (maySetDates(ctx.actor)) {
      blocks.push(block.buttons([{ label: t.setDates, action: 'calendar.set', style: 'primary' }]))
      blocks.push(block.note(t.usage))
    }
    return { kind: 'card', card: { summary: t.title, blocks } }
  })
}

async function openForm(ctx: Ctx): Promise<Reply> {
  allow(maySetDates(ctx.actor), 'dates')
  return look(ctx, async ({ tx }, campaign) => {
    const reviews = await tx.reviews.list(campaign.id)
    return {
      kind: 'form',
      form: {
        id: 'calendar',
        title: t.formTitle,
        submit: t.formSubmit,
        fields: reviewKinds.map((kind) => ({
          kind: 'date',
          id: kind,
          label: t.field[kind],
          optional: true,
          value: reviews.find((r) => r.kind === kind)?.date,
        })),
      },
    }
  })
}
