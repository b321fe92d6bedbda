import { z } from 'zod'
import { isDate, localDate } from '../../core/date.js'
import { UserError } from '../../core/errors.js'
import { may } from '../../core/people/access.js'
import { dryRun } from '../../core/queries/reminder/dry-run.js'
import { type Ctx, defineAction, type Feature, useOf } from '../command.js'
import { datesOf } from '../parse/date-span.js'
import { readWords } from '../parse/date-words.js'
import type { Reply } from '../ui.js'
import { dryRunCard } from './dry-run-card.js'

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

/** Shows what a day would send now; writes and sends nothing. Needs no campaign. */
export const dryRunFeature: Feature = {
  commands: [
    {
      name: 'thunhac',
      aliases: ['dryrun', 'preview', 'nhacthu', 'chaythu', 'xemtruoc', 'xemtruocviecnhac', 'xemtruocnhac'],
      isFor: (actor) => may(actor, 'settings.change'),
      run: (ctx, rest) => show(ctx, ...readRequest(ctx, rest)),
    },
  ],
  actions: [
    // A button without a value sends `null`.
    defineAction('rehearsal', shown.nullable(), (ctx, of) => show(ctx, of?.date, of?.by, of?.page)),
  ],
}

/** Reads `[ngày] [giờ]`: `14/06 10:00`, `thứ hai 8h30`, `ngày mai`. Throws `rehearsal.unclear`. */
function readRequest(ctx: Ctx, typed: string): [date: string | undefined, by: string | undefined] {
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
  const run = await ctx.store.read((tx) => dryRun(useOf(ctx, tx), date, by))
  return { kind: 'card', card: dryRunCard(run, page), replace: page > 0 }
}
