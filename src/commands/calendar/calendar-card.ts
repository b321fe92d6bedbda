import { localDate } from '../../core/date.js'
import { may } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { OwnSchedule, Schedule } from '../../core/queries/calendar/schedule.js'
import type { OwnReminder, RungAhead } from '../../core/queries/reminder/forecast.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { preferenceButton } from '../reminder/preference.js'
import type { Block, Button, Card } from '../ui.js'

const { calendar: t } = vi

/** Units named in one line. */
const NAMED = 2

/** Shows the reviews of a campaign and the reminders to come. `notes`: what was just done. */
export function calendarCard(
  { actor, timeZone }: { actor: Actor; timeZone: string },
  { reviews, hasDates, own, rungs }: Schedule,
  notes: readonly string[],
): Card {
  const buttons: Button[] = [
    ...when(hasDates, () => ({ label: t.file.get, action: 'calendar.file', value: { reminders: false } })),
    ...when((own?.toCome.length ?? 0) + (rungs?.length ?? 0) > 0, () => ({
      label: t.file.getAll,
      action: 'calendar.file',
      value: { reminders: true },
    })),
    ...when(may(actor, 'preference.set'), () => preferenceButton),
    ...when(may(actor, 'settings.change'), () => ({ label: vi.dryRun.button, action: 'rehearsal' })),
  ]
  return {
    summary: t.title,
    blocks: [
      ...notes.map((text) => block.text(text)),
      block.heading(t.title),
      ...reviews.map(({ kind, date, daysLeft, closedAt }) =>
        block.text(
          t.review(kind, date, date ? daysLeft : undefined, closedAt ? localDate(closedAt, timeZone) : undefined),
        ),
      ),
      ...when(
        reviews.some((r) => !r.date),
        () => block.note(t.missing),
      ),
      ...when(own, (schedule) => ownBlocks(schedule, timeZone)),
      ...when(rungs, (ahead) => ladderBlocks(ahead, timeZone)),
      ...when(buttons.length > 0, () => block.buttons(buttons)),
      ...when(may(actor, 'review.setDates'), () => [
        block.buttons([{ label: t.setDates, action: 'calendar.set', style: 'primary' }]),
        block.note(t.usage),
      ]),
    ],
  }
}

/** A person's own reminders, the next one first. */
function ownBlocks({ owes, toCome, refused, away, unitNames, left }: OwnSchedule, timeZone: string): Block[] {
  const isLeft = left.criteria + left.reports > 0
  if (!owes) return [block.text({ bold: t.ownTitle }), block.text(isLeft ? t.ownOver(left) : t.ownComplete)]
  // A person with a single unit does not need its name.
  const isOne = new Set(toCome.flatMap((r) => r.units)).size === 1
  const line = ({ at, rung, units }: OwnReminder) => {
    const named = (isOne ? [] : units).slice(0, NAMED).map((id) => unitNames.get(id) ?? '')
    const more = isOne ? 0 : units.length - named.length
    return t.ownLine(showInstant(at, timeZone), localDate(at, timeZone), rung, named, more)
  }
  const [next, ...rest] = toCome
  return [
    block.text({ bold: t.ownTitle }),
    block.text(next ? [t.next, { bold: line(next) }] : isLeft ? t.ownOver(left) : t.none),
    ...when(rest.length > 0, () => block.text(rest.map((r) => `• ${line(r)}`).join('\n'))),
    ...when(refused > 0, () => block.note(t.refused(refused))),
    ...when(away.length > 0, () => block.note(t.away(away))),
  ]
}

/** The whole ladder, with how many units and people each rung would reach. */
function ladderBlocks(rungs: readonly RungAhead[], timeZone: string): Block[] {
  const lines = rungs.map(({ at, rung, units, people }) => {
    const what = t.reminder(showInstant(at, timeZone), rung.kind, rung.offset)
    return `• ${what}: ${t.reach(units, people)}`
  })
  return [
    block.text({ bold: t.remindersTitle }),
    block.text(lines.length > 0 ? lines.join('\n') : t.none),
    block.note(t.who),
  ]
}
