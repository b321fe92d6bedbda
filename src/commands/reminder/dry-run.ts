import { z } from 'zod'
import { isDate, localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { maySetSettings } from '../../core/people/access.js'
import { type DryRun, type DryRunPerson, dryRun } from '../../core/queries/reminder/dry-run.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, defineAction, type Feature, useOf } from '../command.js'
import { datesOf } from '../parse/date-span.js'
import { readWords } from '../parse/date-words.js'
import type { Block, Reply } from '../ui.js'

const { dryRun: t, common } = vi
/** People a page, and names in one line. */
const [PAGE, NAMED, UNITS] = [15, 10, 2]

const shown = z
  .object({
    date: z.iso.date(),
    by: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
    page: z.number().int().min(0),
  })
  .optional()

/** What a day would send, as things stand now; nothing is written or sent. Needs no campaign. */
export const rehearsalFeature: Feature = {
  commands: [
    {
      name: 'thunhac',
      aliases: ['dryrun', 'preview', 'nhacthu', 'chaythu', 'xemtruoc'],
      isFor: maySetSettings,
      run: (ctx, rest) => show(ctx, ...readAsked(ctx, rest)),
    },
  ],
  actions: [
    // A press gives the value of its own button: `null` where there is none.
    defineAction('rehearsal', shown.nullable(), (ctx, of) => show(ctx, of?.date, of?.by, of?.page)),
  ],
}

/** `[ngày] [giờ]`: `14/06 10:00`, `thứ hai 8h30`, `ngày mai`. Throws `rehearsal.unclear`. */
function readAsked(ctx: Ctx, typed: string): [date: string | undefined, by: string | undefined] {
  const clock = /(?<![\d/.:-])([01]?\d|2[0-3])\s*(?::|h|g(?:i\S*)?)\s*([0-5]\d)?(?![\d/])/iu.exec(
    typed.normalize('NFC'),
  )
  const by = clock ? `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? '00'}` : undefined
  const rest = (clock ? typed.normalize('NFC').replace(clock[0], ' ') : typed).trim()
  const today = localDate(ctx.now, ctx.timeZone)
  if (rest === '') return [by === undefined ? undefined : today, by]
  const { span, isUnclear } = readWords(rest)
  const date = span && datesOf(span, today).from
  if (!date || isUnclear || !isDate(date)) throw new UserError('rehearsal.unclear', { word: typed.trim().slice(0, 40) })
  return [date, by]
}

async function show(ctx: Ctx, date?: string, by?: string, page = 0): Promise<Reply> {
  const r = await ctx.store.read((tx) => dryRun(useOf(ctx, tx), date, by))
  const blocks: Block[] = [
    block.heading(t.title(r.date)),
    block.text({ bold: t.counts(r.people.length, unitsOf(r.people), r.by) }),
    ...r.rungs.map((rung) => block.note(t.rung(rung))),
    ...peopleBlocks(r, page),
    ...whyBlocks(r),
    block.note(t.note),
  ]
  return { kind: 'card', card: { summary: t.title(r.date), blocks }, replace: page > 0 }
}

const unitsOf = (people: readonly DryRunPerson[]): number =>
  new Set(people.flatMap((p) => p.parts.flatMap((part) => part.units))).size

function peopleBlocks(r: DryRun, page: number): Block[] {
  const pages = Math.max(1, Math.ceil(r.people.length / PAGE))
  const at = Math.min(page, pages - 1)
  const lines = r.people.slice(at * PAGE, (at + 1) * PAGE).map((p) => `• ${lineOf(r, p)}`)
  if (lines.length === 0) return []
  const to = (n: number, label: string) => ({ label, action: 'rehearsal', value: { date: r.date, by: r.by, page: n } })
  const buttons = [
    ...(at > 0 ? [to(at - 1, common.previous)] : []),
    ...(at < pages - 1 ? [to(at + 1, common.next)] : []),
  ]
  return [
    block.text(lines.join('\n')),
    ...when(pages > 1, () => block.note(common.page(at + 1, pages))),
    ...when(buttons.length > 0, () => block.buttons(buttons)),
  ]
}

function lineOf(r: DryRun, { personId, at, parts }: DryRunPerson): string {
  const said = parts.map(({ rung, units }) => {
    const some = units.slice(0, UNITS).map((id) => r.unitNames.get(id) ?? '')
    return t.part(some, units.length - some.length, rung)
  })
  return t.person(at, r.peopleNames.get(personId) ?? '', said)
}

/** Who gets nothing and why, and what else goes out that day. */
function whyBlocks(r: DryRun): Block[] {
  const person = (id: string) => r.peopleNames.get(id) ?? ''
  const units = (ids: readonly string[]) =>
    t.names(
      ids.slice(0, NAMED).map((id) => r.unitNames.get(id) ?? ''),
      ids.length,
    )
  const lines = [
    ...(r.isWorkingDay ? [] : [t.free]),
    ...(r.served > 0 ? [t.served(r.served)] : []),
    ...(r.complete.length > 0 ? [t.complete(r.complete.length, units(r.complete))] : []),
    ...(r.refused.length > 0
      ? [
          t.refused(
            r.refused.length,
            t.names(
              r.refused.slice(0, NAMED).map((p) => person(p.personId)),
              r.refused.length,
            ),
          ),
        ]
      : []),
    ...r.away.slice(0, NAMED).map((a) => t.away(person(a.personId), a.until)),
    ...(r.away.length > NAMED ? [t.awayMore(r.away.length - NAMED)] : []),
    ...(r.unheard.length > 0 ? [t.unheard(r.unheard.length, units(r.unheard.map((u) => u.unitId)))] : []),
    ...(r.snoozed > 0 ? [t.snoozed(r.snoozed)] : []),
    ...(r.digest === undefined ? [] : [t.digest(r.digest)]),
    ...r.late.map(({ kind }) => t.late(kind)),
    ...r.eve.map(({ kind }) => t.eve(kind)),
    ...(r.thanks === undefined ? [] : [t.thanks(r.thanks)]),
  ]
  return lines.length > 0 ? [block.text(lines.map((l) => `• ${l}`).join('\n'))] : []
}
