import { z } from 'zod'
import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { type Review, type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { isFirstTime } from '../../core/outbox/first-time.js'
import { authorize } from '../../core/people/access.js'
import { reviewDates, scheduleOf } from '../../core/queries/calendar/schedule.js'
import { requestCalendarFile } from '../../core/reminder/calendar-file.js'
import { setReviewDates } from '../../core/report/set-review-dates.js'
import { foldWords, readDate } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, defineForm, type Feature, nothingSchema, read, write } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { type Card, type Reply, say } from '../ui.js'
import { calendarCard } from './calendar-card.js'

const { calendar: t } = vi

type Dates = Partial<Record<ReviewKind, string>>

/** Shows the reviews and every reminder to come, and sets the dates of the reviews. */
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
    // Buttons of 0.1.0 have no value, and sent the reminders too.
    defineAction('calendar.file', z.object({ reminders: z.boolean().optional() }).optional(), async (ctx, v) => {
      await write(ctx, (use, campaign) =>
        requestCalendarFile(use, campaign, ctx.requestKey ?? use.newId(), v?.reminders ?? true),
      )
      return say(t.file.sent)
    }),
    defineAction('calendar', nothingSchema, (ctx) => show(ctx, [])),
  ],
  forms: [
    defineForm('calendar', nothingSchema, async (ctx, fields) => {
      const dates: Dates = {}
      for (const kind of reviewKinds) if (fields[kind]) dates[kind] = fields[kind]
      const card = await draw(ctx, await save(ctx, dates))
      return { kind: 'page', page: { title: t.formTitle, blocks: card.blocks }, behind: card }
    }),
  ],
}

/** Empty, or only the name of a review: a question for the dates. */
const isQuestion = (rest: string): boolean => ['', 'ngay'].includes(takeReviewKind(rest).words)

async function setTyped(ctx: Ctx, rest: string): Promise<Reply> {
  const { reviews, year } = await read(ctx, async (use, campaign) => ({
    reviews: await reviewDates(use, campaign),
    year: Number(campaign.period.from.slice(0, 4)),
  }))
  return show(ctx, await save(ctx, readDates(rest, reviews, year)))
}

/**
 * Reads `sơ kết 28/06/2024 tổng kết 20/12/2024`. A date without a review is of the first one that has none yet; a date
 * without a year is in `year`. Throws `review.date_invalid`.
 */
function readDates(typed: string, reviews: readonly Review[], year: number): Dates {
  const dates: Dates = {}
  let kind: ReviewKind | undefined
  for (const part of typed.replace(/[,;:=]/g, ' ').split(/\s+/)) {
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
  if (Object.keys(dates).length === 0) throw new UserError('review.date_invalid', { word: typed.trim() })
  return dates
}

/** Sets dates; returns notes on what changed, and on dates that are past or no working day. */
async function save(ctx: Ctx, dates: Dates): Promise<string[]> {
  const { before, after, isWorkingDay } = await write(ctx, async (use, campaign) => {
    const before = await reviewDates(use, campaign)
    return {
      before,
      after: (await isFirstTime(use, ctx.requestKey)) ? await setReviewDates(use, campaign, dates) : before,
      isWorkingDay: await calendarOf(use.tx, campaign.workspaceId),
    }
  })
  const today = localDate(ctx.now, ctx.timeZone)
  const changed = after.filter((r) => !before.some((b) => b.kind === r.kind && b.date === r.date))
  if (changed.length === 0) return [t.unchanged]
  return [
    t.saved(changed.map((r) => r.kind)),
    ...changed.filter((r) => r.date < today).map((r) => t.past(r.kind, r.date)),
    ...changed.filter((r) => !isWorkingDay(r.date)).map((r) => t.free(r.date)),
  ]
}

const draw = async (ctx: Ctx, notes: readonly string[]): Promise<Card> =>
  calendarCard(ctx, await read(ctx, scheduleOf), notes)

const show = async (ctx: Ctx, notes: readonly string[]): Promise<Reply> => ({
  kind: 'card',
  card: await draw(ctx, notes),
})

async function openForm(ctx: Ctx): Promise<Reply> {
  authorize(ctx.actor, 'review.setDates')
  const reviews = await read(ctx, reviewDates)
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
}
