import type { DryRun, DryRunPerson } from '../../core/queries/reminder/dry-run.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Block, Card } from '../ui.js'

const { dryRun: t, common } = vi

/** People on a page, names in one line, and units named for one person. */
const [PAGE, NAMED, UNITS] = [15, 10, 2]

/** Shows what a day would send, to whom and when; who gets nothing, and why. `page`: of the people, from 0. */
export const dryRunCard = (run: DryRun, page: number): Card => ({
  summary: t.title(run.date),
  blocks: [
    block.heading(t.title(run.date)),
    block.text({ bold: t.counts(run.people.length, unitsOf(run.people), run.by) }),
    ...run.rungs.map((rung) => block.note(t.rung(rung))),
    ...peopleBlocks(run, page),
    ...whyBlocks(run),
    block.note(t.note),
  ],
})

const unitsOf = (people: readonly DryRunPerson[]): number =>
  new Set(people.flatMap((p) => p.parts.flatMap((part) => part.units))).size

function peopleBlocks(run: DryRun, wantedPage: number): Block[] {
  const pages = Math.max(1, Math.ceil(run.people.length / PAGE))
  const page = Math.min(wantedPage, pages - 1)
  const lines = run.people.slice(page * PAGE, (page + 1) * PAGE).map((p) => `• ${lineOf(run, p)}`)
  if (lines.length === 0) return []
  const turn = (label: string, to: number) => ({
    label,
    action: 'rehearsal',
    value: { date: run.date, by: run.by, page: to },
  })
  const turns = [
    ...(page > 0 ? [turn(common.previous, page - 1)] : []),
    ...(page < pages - 1 ? [turn(common.next, page + 1)] : []),
  ]
  return [
    block.text(lines.join('\n')),
    ...when(pages > 1, () => block.note(common.page(page + 1, pages))),
    ...when(turns.length > 0, () => block.buttons(turns)),
  ]
}

function lineOf({ unitNames, peopleNames }: DryRun, { personId, at, parts }: DryRunPerson): string {
  const texts = parts.map(({ rung, units }) => {
    const named = units.slice(0, UNITS).map((id) => unitNames.get(id) ?? '')
    return t.part(named, units.length - named.length, rung)
  })
  return t.person(at, peopleNames.get(personId) ?? '', texts)
}

/** Who gets nothing and why, and what else is sent that day. */
function whyBlocks(run: DryRun): Block[] {
  const { complete, refused, away, withoutRecipient } = run
  const person = (id: string) => run.peopleNames.get(id) ?? ''
  const unit = (id: string) => run.unitNames.get(id) ?? ''
  const listed = (ids: readonly string[], nameOf: (id: string) => string) =>
    t.names(ids.slice(0, NAMED).map(nameOf), ids.length)
  const idsWithoutRecipient = withoutRecipient.map((u) => u.unitId)
  const refusedIds = refused.map((p) => p.personId)
  const lines = [
    ...(run.isWorkingDay ? [] : [t.free]),
    ...(run.served > 0 ? [t.served(run.served)] : []),
    ...(complete.length > 0 ? [t.complete(complete.length, listed(complete, unit))] : []),
    ...(refused.length > 0 ? [t.refused(refused.length, listed(refusedIds, person))] : []),
    ...away.slice(0, NAMED).map((a) => t.away(person(a.personId), a.until)),
    ...(away.length > NAMED ? [t.awayMore(away.length - NAMED)] : []),
    ...(withoutRecipient.length > 0
      ? [t.withoutRecipient(withoutRecipient.length, listed(idsWithoutRecipient, unit))]
      : []),
    ...(run.snoozed > 0 ? [t.snoozed(run.snoozed)] : []),
    ...(run.digest === undefined ? [] : [t.digest(run.digest)]),
    ...run.late.map(({ kind, named }) => t.late(kind, named)),
    ...run.eve.map(({ kind, named }) => t.eve(kind, named)),
    ...(run.thanks === undefined ? [] : [t.thanks(run.thanks)]),
  ]
  return lines.length > 0 ? [block.text(lines.map((l) => `• ${l}`).join('\n'))] : []
}
