import { z } from 'zod'
import { HOLIDAY_YEARS } from '../../core/calendar/holiday.js'
import { daysOf } from '../../core/calendar/holiday-lines.js'
import { mustBeYear, resetHolidays, saveHolidays, versionOf } from '../../core/calendar/holiday-table.js'
import { localDate } from '../../core/date.js'
import { FormError, UserError } from '../../core/errors.js'
import { authorize } from '../../core/people/access.js'
import { type HolidayYear, holidayYear } from '../../core/queries/calendar/holiday-year.js'
import { saveWithEffect } from '../../core/setup/holiday-effect.js'
import type { UseCase } from '../../core/use-case.js'
import { foldWords } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { type Ctx, defineAction, defineForm, type Feature, useOf } from '../command.js'
import { type Card, type Reply, say } from '../ui.js'
import { effectNotes, holidayCard, shownDays } from './holiday-card.js'
import { proposedDays, readLines, writeLines } from './holiday-lines.js'

const { holiday: t } = vi
const one = z.object({ year: z.number().int() })
const seen = one.extend({ seen: z.string().max(40) })

/** Shows the holidays of a year; the Office and admins edit them. Needs no campaign. */
export const holidayFeature: Feature = {
  commands: [
    {
      name: 'ngaynghi',
      aliases: ['holidays', 'holiday', 'nghi', 'nghile', 'lichnghi', 'ngayle'],
      isFor: () => true,
      run: (ctx, rest) => show(ctx, yearIn(ctx, rest)),
    },
  ],
  actions: [
    defineAction('holiday', one, (ctx, { year }) => show(ctx, year, true)),
    defineAction('holiday.use', seen, async (ctx, v) => {
      const days = proposedDays(mustBeYear(v.year))
      const card = await change(ctx, v.year, t.usedNote, (use) => saveHolidays(use, v.year, days, v.seen))
      return { kind: 'card', card, replace: true }
    }),
    defineAction('holiday.again', seen, async (ctx, v) => {
      const card = await change(ctx, v.year, t.againNote, (use) => resetHolidays(use, v.year, v.seen))
      return { kind: 'card', card, replace: true }
    }),
    defineAction('holiday.edit', one, (ctx, { year }) => openForm(ctx, year)),
  ],
  forms: [
    defineForm('holiday', seen, async (ctx, fields, v) => {
      authorize(ctx.actor, 'holidays.edit')
      const read = readLines(fields.days ?? '', mustBeYear(v.year))
      const checked = daysOf(v.year, read.lines)
      const faults = [...read.faults, ...(checked.faults ?? [])].sort((a, b) => a.line - b.line)
      if (checked.faults || faults.length > 0)
        throw new FormError([{ field: 'days', key: 'holiday.lines', params: { faults } }])
      const { days } = checked
      const card = await change(ctx, v.year, t.editedNote, (use) => saveHolidays(use, v.year, days, v.seen))
      return { kind: 'page', page: { title: t.formTitle(v.year), blocks: card.blocks }, behind: card }
    }),
  ],
}

/** Reads `2025`, `năm 2025`, `năm sau`; this year where nothing was typed. Throws `holiday.year`. */
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

const yearOf = (ctx: Ctx, year: number): Promise<HolidayYear> =>
  ctx.store.read((tx) => holidayYear(tx, ctx.actor.workspaceId, mustBeYear(year)))

async function show(ctx: Ctx, year: number, replace = false): Promise<Reply> {
  return { kind: 'card', card: holidayCard(ctx, await yearOf(ctx, year), []), replace }
}

/** Makes a change; draws the year with notes on it. */
async function change(
  ctx: Ctx,
  year: number,
  done: string,
  useCase: (use: UseCase) => Promise<boolean>,
): Promise<Card> {
  const effects = await ctx.store.write((tx) => saveWithEffect(useOf(ctx, tx), () => useCase(useOf(ctx, tx))))
  return holidayCard(ctx, await yearOf(ctx, year), effectNotes(done, effects))
}

async function openForm(ctx: Ctx, year: number): Promise<Reply> {
  authorize(ctx.actor, 'holidays.edit')
  const shown = await yearOf(ctx, year)
  const value = writeLines(shownDays(shown))
  if (value.length > ctx.limits.inputText) return say(t.tooLong(year))
  return {
    kind: 'form',
    form: {
      id: 'holiday',
      title: t.formTitle(year),
      submit: t.formSubmit,
      hidden: { year, seen: versionOf(shown.saved) },
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
