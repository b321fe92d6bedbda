import { type Holiday, hasHolidays, runsOf } from '../../core/calendar/holiday.js'
import { SWAPS_KNOWN_UNTIL } from '../../core/calendar/holiday-swaps.js'
import { countsOf, versionOf } from '../../core/calendar/holiday-table.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import { may } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { HolidayYear } from '../../core/queries/calendar/holiday-year.js'
import type { HolidayEffect } from '../../core/setup/holiday-effect.js'
import { showInstant } from '../../text/index.js'
import { type Inline, pieces, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Block, Button, Card } from '../ui.js'
import { proposedDays } from './holiday-lines.js'

const { holiday: t, calendar, common } = vi

/** Lines in one block of text: well below the limit of a block, however long the names are. */
const LINES = 15
const MOVED_LISTED = 8

/** The holidays of a year as they were saved, or as the bot proposes them. */
export const shownDays = ({ year, saved }: HolidayYear): readonly Holiday[] => saved?.days ?? proposedDays(year)
export const savedByName = ({ savedBy }: HolidayYear): string => savedBy ?? t.byCli

/** Shows the holidays of a year, with what the person may do with them. `notes`: what was just done. */
export function holidayCard(
  { actor, timeZone }: { actor: Actor; timeZone: string },
  shown: HolidayYear,
  notes: readonly Rich[],
): Card {
  const { year, saved } = shown
  const days = shownDays(shown)
  const mayEdit = may(actor, 'holidays.edit')
  const counts = countsOf(days)
  const state = saved ? t.saved(counts, savedByName(shown), showInstant(saved.at, timeZone)) : t.proposed(counts)
  return {
    summary: t.summary(year, counts),
    blocks: [
      ...notes.map((text) => block.text(text)),
      block.heading(t.title(year)),
      block.text(state),
      ...runBlocks(days),
      ...(mayEdit ? hints(shown, days) : [t.usage]).map((text) => block.note(text)),
      block.buttons([...(mayEdit ? editButtons(shown) : []), ...yearButtons(year)]),
    ],
  }
}

/** Lists runs of consecutive days: days off, then working days at weekends. */
export function runBlocks(days: readonly Holiday[]): Block[] {
  const runs = runsOf(days)
  const [off, work] = [runs.filter((r) => r.kind === 'off'), runs.filter((r) => r.kind === 'work')]
  const lines = off.map((run, i) => {
    const ends = off[i + 1]?.rest.from !== run.rest.from
    const longer = run.rest.days > 3 && (run.rest.from !== run.from || run.rest.to !== run.to)
    return t.run(run, ends && longer ? run.rest : undefined)
  })
  return [
    ...(off.length > 0 ? textOf(lines) : [block.text(t.none)]),
    ...(work.length > 0 ? [block.text({ bold: t.worked }), ...textOf(work.map((run) => t.run(run, undefined)))] : []),
  ]
}

function textOf(lines: readonly (readonly Rich[])[]): Block[] {
  const blocks: Block[] = []
  for (let i = 0; i < lines.length; i += LINES) {
    const some = lines.slice(i, i + LINES)
    const text = some.flatMap((line, n): Inline[] => [...(n > 0 ? ['\n'] : []), ...line.flatMap((l) => pieces(l))])
    blocks.push(block.text(text))
  }
  return blocks
}

function hints({ year, saved }: HolidayYear, days: readonly Holiday[]): string[] {
  return [
    ...(year > SWAPS_KNOWN_UNTIL && !saved ? [t.noSwaps(year)] : []),
    ...(year >= 2026 && !days.some((d) => d.date === `${year}-11-24`) ? [t.cultureDay] : []),
  ]
}

function editButtons({ year, saved }: HolidayYear): Button[] {
  const value = { year, seen: versionOf(saved) }
  const ask = { title: t.askTitle, text: t.ask(year), yes: common.yes, no: common.cancel }
  const edit: Button = { label: t.edit, action: 'holiday.edit', value: { year } }
  return saved
    ? [edit, { label: t.again, action: 'holiday.again', value, ask }]
    : [{ label: t.use, action: 'holiday.use', value, style: 'primary' }, edit]
}

export const yearButton = (label: string, year: number): Button => ({ label, action: 'holiday', value: { year } })

/** Buttons to the years before and after. */
const yearButtons = (year: number): Button[] => [
  ...(hasHolidays(year - 1) ? [yearButton(t.before(year - 1), year - 1)] : []),
  ...(hasHolidays(year + 1) ? [yearButton(t.after(year + 1), year + 1)] : []),
]

/** Notes on a change: that it was made (`done`), and its effect on reminders and reviews to come. */
export function effectNotes(done: string, effects: readonly HolidayEffect[] | undefined): Rich[] {
  if (!effects) return [t.unchanged]
  const suffix = (campaign: Campaign) => (effects.length > 1 ? t.ofCampaign(campaign.number) : '')
  const moved = effects.flatMap(({ campaign, moved }) =>
    moved.map((r) => `• ${calendar.reminder(t.movedTo(r.was, r.on), r.kind, r.offset)}${suffix(campaign)}`),
  )
  const more = moved.length > MOVED_LISTED ? [t.andMore(moved.length - MOVED_LISTED)] : []
  return [
    done,
    moved.length > 0 ? [t.moved, ...moved.slice(0, MOVED_LISTED), ...more].join('\n') : t.notMoved,
    ...effects.flatMap(({ campaign, freeReviews }) =>
      freeReviews.map((r) => `${calendar.free(r.date)}${suffix(campaign)}`),
    ),
  ]
}
