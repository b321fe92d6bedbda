import { type Holiday, hasHolidays, runsOf, type SavedYear } from '../../core/calendar/holiday.js'
import { SWAPS_KNOWN_UNTIL } from '../../core/calendar/holiday-swaps.js'
import { countsOf, seenOf } from '../../core/calendar/holiday-table.js'
import type { Campaign } from '../../core/campaign/campaign.js'
import { maySetHolidays } from '../../core/people/access.js'
import type { Tx } from '../../core/ports.js'
import type { HolidayEffect } from '../../core/setup/holiday-effect.js'
import type { UseCase } from '../../core/use-case.js'
import { showInstant } from '../../text/index.js'
import { type Inline, pieces, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Block, Button, Card } from '../ui.js'
import { proposedDays } from './holiday-lines.js'

const { holiday: t, calendar, common } = vi

/** Lines of one block of text: well within what one may hold, however long the names are. */
const LINES = 15
const MOVED_LISTED = 8

/** A year's table as it holds: as it was taken over, else as the bot proposes it. */
export interface ShownYear {
  year: number
  days: readonly Holiday[]
  saved: SavedYear | undefined
  by: string
}

export async function yearOf(tx: Tx, workspaceId: string, year: number): Promise<ShownYear> {
  const saved = await tx.holidays.year(workspaceId, year)
  const name = saved?.by ? (await tx.people.names(workspaceId, [saved.by])).get(saved.by) : undefined
  return { year, days: saved?.days ?? proposedDays(year), saved, by: name ?? t.byCli }
}

/** A year's table, with what the person may do with it. */
export function holidayCard(use: Pick<UseCase, 'actor' | 'timeZone'>, shown: ShownYear, notes: readonly Rich[]): Card {
  const { year, days, saved, by } = shown
  const may = maySetHolidays(use.actor)
  const counts = countsOf(days)
  const state = saved ? t.saved(counts, by, showInstant(saved.at, use.timeZone)) : t.proposed(counts)
  return {
    summary: t.summary(year, counts),
    blocks: [
      ...notes.map((text) => block.text(text)),
      block.heading(t.title(year)),
      block.text(state),
      ...runBlocks(days),
      ...(may ? hints(shown) : [t.usage]).map((text) => block.note(text)),
      block.buttons([...(may ? deeds(shown) : []), ...ways(year)]),
    ],
  }
}

/** The table's lines as people say them: days off, then the days that are worked. */
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

function hints({ year, days, saved }: ShownYear): string[] {
  return [
    ...(year > SWAPS_KNOWN_UNTIL && !saved ? [t.noSwaps(year)] : []),
    ...(year >= 2026 && !days.some((d) => d.date === `${year}-11-24`) ? [t.cultureDay] : []),
  ]
}

function deeds({ year, saved }: ShownYear): Button[] {
  const value = { year, seen: seenOf(saved) }
  const ask = { title: t.askTitle, text: t.ask(year), yes: common.yes, no: common.cancel }
  return [
    ...(saved ? [] : [{ label: t.use, action: 'holiday.use', value, style: 'primary' } as Button]),
    { label: t.edit, action: 'holiday.edit', value: { year } },
    ...(saved ? [{ label: t.again, action: 'holiday.again', value, ask }] : []),
  ]
}

export const openYear = (label: string, year: number): Button => ({ label, action: 'holiday', value: { year } })

const ways = (year: number): Button[] => [
  ...(hasHolidays(year - 1) ? [openYear(t.before(year - 1), year - 1)] : []),
  ...(hasHolidays(year + 1) ? [openYear(t.after(year + 1), year + 1)] : []),
]

/** What a change did, first the change, then what it does to the reminders to come. */
export function effectNotes(done: string, effects: readonly HolidayEffect[] | undefined): Rich[] {
  if (!effects) return [t.unchanged]
  const of = (campaign: Campaign) => (effects.length > 1 ? t.ofCampaign(campaign.number) : '')
  const moved = effects.flatMap(({ campaign, moved }) =>
    moved.map((r) => `• ${calendar.reminder(t.movedTo(r.was, r.on), r.kind, r.offset)}${of(campaign)}`),
  )
  const more = moved.length > MOVED_LISTED ? [t.andMore(moved.length - MOVED_LISTED)] : []
  return [
    done,
    moved.length > 0 ? [t.moved, ...moved.slice(0, MOVED_LISTED), ...more].join('\n') : t.notMoved,
    ...effects.flatMap(({ campaign, freeReviews }) =>
      freeReviews.map((r) => `${calendar.free(r.date)}${of(campaign)}`),
    ),
  ]
}
