import { z } from 'zod'
import { HOLIDAY_YEARS } from '../../core/calendar/holiday.js'
import { daysOf } from '../../core/calendar/holiday-lines.js'
import { mustBeYear, proposeAgain, saveHolidays, seenOf } from '../../core/calendar/holiday-table.js'
import { localDate } from '../../core/date.js'
import { FormError, UserError } from '../../core/errors.js'
import { allow, maySetHolidays } from '../../core/people/access.js'
import { withEffect } from '../../core/setup/holiday-effect.js'
import type { UseCase } from '../../core/use-case.js'
import { foldWords } from '../../text/index.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, defineForm, type Feature, useOf } from '../command.js'
import { type Reply, say } from '../ui.js'
import { effectNotes, holidayCard, yearOf } from './holiday-card.js'
import { proposedDays, readLines, writeLines } from './holiday-lines.js'

const { holiday: t } = vi
const one = z.object({ year: z.number().int() })
const seen = one.extend({ seen: z.string().max(40) })

/** A year's holidays: everyone may look, the Office and admins take them over. Needs no campaign. */
export const holidayFeature: Feature = {
  commands: [
    {
      name: 'ngaynghi',
      aliases: ['holidays', 'holiday', 'nghi', 'nghile', 'lichnghi', 'ngayle'],
      isFor: () => true,
      run: (ctx, rest) => show(ctx, yearIn(ctx, rest), []),
    },
  ],
  actions: [
    defineAction('holiday', one, (ctx, { year }) => show(ctx, year, [], true)),
    defineAction('holiday.use', seen, (ctx, v) =>
      changed(ctx, v.year, t.usedNote, (use) => saveHolidays(use, v.year, proposedDays(mustBeYear(v.year)), v.seen)),
    ),
    defineAction('holiday.again', seen, (ctx, v) =>
      changed(ctx, v.year, t.againNote, (use) => proposeAgain(use, v.year, v.seen)),
    ),
    defineAction('holiday.edit', one, (ctx, { year }) => openForm(ctx, year)),
  ],
  forms: [
    defineForm('holiday', seen, async (ctx, fields, v) => {
      allow(maySetHolidays(ctx.actor), 'holidays')
      const read = readLines(fields.days ?? '', mustBeYear(v.year))
      const checked = daysOf(v.year, read.lines)
      const faults = [...read.faults, ...(checked.faults ?? [])].sort((a, b) => a.line - b.line)
      if (checked.faults || faults.length > 0)
        throw new FormError([{ field: 'days', key: 'holiday.lines', params: { faults } }])
      const reply = await changed(ctx, v.year, t.editedNote, (use) => saveHolidays(use, v.year, checked.days, v.seen))
      return reply.kind === 'card'
        ? { kind: 'page', page: { title: t.formTitle(v.year), blocks: reply.card.blocks } }
        : reply
    }),
  ],
}

/** `2025`, `năm 2025`, `năm sau`; this year where nothing is said. Throws `holiday.year`. */
function yearIn(ctx: Ctx, rest: string): number {
  const now = Number(localDate(ctx.now, ctx.timeZone).slice(0, 4))
  const words = foldWords(rest)
    .split(' ')
    .filter((w) => w !== 'nam')
  const [word = '', ...others] = words
  const years: Record<string, number> = {
    '': now,
    nay: now,
    sau: now + 1,
    toi: now + 1,
    truoc: now - 1,
    ngoai: now - 1,
  }
  const year = /^\d{4}$/.test(word) ? Number(word) : years[word]
  if (year === undefined || others.length > 0)
    throw new UserError('holiday.year', { word: rest.trim().slice(0, 40), ...HOLIDAY_YEARS })
  return year
}

async function show(ctx: Ctx, year: number, notes: readonly Rich[], replace = false): Promise<Reply> {
  const shown = await ctx.store.read((tx) => yearOf(tx, ctx.actor.workspaceId, mustBeYear(year)))
  return { kind: 'card', card: holidayCard(ctx, shown, notes), replace }
}

/** Makes a change; shows the year with what came of it. */
async function changed(
  ctx: Ctx,
  year: number,
  done: string,
  change: (use: UseCase) => Promise<boolean>,
): Promise<Reply> {
  const effect = await ctx.store.write((tx) => withEffect(useOf(ctx, tx), () => change(useOf(ctx, tx))))
  return show(ctx, year, effectNotes(done, effect), true)
}

async function openForm(ctx: Ctx, year: number): Promise<Reply> {
  allow(maySetHolidays(ctx.actor), 'holidays')
  const { days, saved } = await ctx.store.read((tx) => yearOf(tx, ctx.actor.workspaceId, mustBeYear(year)))
  const value = writeLines(days)
  if (value.length > ctx.limits.inputText) return say(t.tooLong(year))
  return {
    kind: 'form',
    form: {
      id: 'holiday',
      title: t.formTitle(year),
      submit: t.formSubmit,
      hidden: { year, seen: seenOf(saved) },
      fields: [
        {
          kind: 'text',
          id: 'days',
          label: t.formLabel,
          multiline: true,
          max: ctx.limits.inputText,
          value,
          hint: t.formHint,
        },
      ],
    },
  }
}
