import { localTime } from '../../core/date.js'
import type { NudgeChoice, NudgeView } from '../../core/queries/reminder/nudge.js'
import type { NudgePlan, NudgeRecipient, NudgeScope } from '../../core/reminder/nudge.js'
import { countOwing } from '../../core/report/rows.js'
import { showInstant } from '../../text/index.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import { type Block, type Button, type Card, textCard } from '../ui.js'

const { nudge: t, common } = vi

/** Units with a button of their own, and people by name: a message stays short. */
const UNITS = 15
const PEOPLE = 25

/** Units named beside one person. */
const UNITS_EACH = 4

/** People named in one line who are left out. */
const HELD = 8

/** Longest name of a unit. */
const NAME = 80

interface Clock {
  now: Date
  timeZone: string
}

/** Offers to remind each unit that owes something, those with the most missing first, or all of them. */
export function nudgeMenu({ review: { kind, date }, owing, unitNames }: NudgeChoice): Card {
  if (owing.length === 0) return textCard(t.allComplete(kind, date))
  const title = t.menu(countOwing(owing), kind, date)
  const first = [...owing].sort((a, b) => b.missing - a.missing).slice(0, UNITS)
  return {
    summary: plainText(title),
    blocks: [
      block.heading(t.title),
      block.text(title),
      block.buttons([{ ...previewButton(t.all(owing.length), { kind, units: 'all' }), style: 'primary' }]),
      ...first.map((o) =>
        block.item(t.unit(nameIn(unitNames, o.unitId), o.missing), [
          previewButton(t.button, { kind, units: [o.unitId] }),
        ]),
      ),
      ...when(owing.length > UNITS, () => block.note(t.moreUnits(owing.length - UNITS))),
    ],
  }
}

const previewButton = (label: string, value: NudgeScope): Button => ({ label, action: 'nudge.preview', value })

const nameIn = (unitNames: ReadonlyMap<string, string>, id: string): string => shorten(unitNames.get(id) ?? '', NAME)

/** Shows who would be reminded of what, who would not, and why. */
export function previewCard({ plan, unitNames }: NudgeView, scope: NudgeScope, clock: Clock): Card {
  const { send, review, isNow, at } = plan
  const title = t.preview(send.length, review.kind, review.date)
  const lines = send.slice(0, PEOPLE).map((one) => t.person(one.person.fullName, unitsOf(one, unitNames)))
  const { date, time } = localTime(at, clock.timeZone)
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      ...when(send.length > 0 && !isNow, () => block.note(t.when(date, time))),
      ...when(lines.length > 0, () => block.text(lines.join('\n') + t.morePeople(send.length - lines.length))),
      ...notRemindedBlocks({ plan, unitNames }, clock),
      block.buttons([
        ...when(send.length > 0, () => sendButton(send.length, scope)),
        { label: send.length > 0 ? common.cancel : common.close, action: 'nudge.cancel' },
      ]),
    ],
  }
}

const sendButton = (people: number, scope: NudgeScope): Button => ({
  label: t.send(people),
  action: 'nudge.send',
  value: { ...scope, seen: people },
  style: 'primary',
})

/** Shows how many people were reminded; who was not, and why. `seen`: the number that the preview showed. */
export function resultCard(view: NudgeView, clock: Clock, seen = view.plan.send.length): Card {
  const { send, review, isNow, at } = view.plan
  const { date, time } = localTime(at, clock.timeZone)
  const text =
    send.length === 0 ? t.nobody : isNow ? t.sent(send.length, review.kind) : t.queued(send.length, date, time)
  return {
    summary: plainText(text),
    blocks: [
      block.text(text),
      ...when(seen !== send.length, () => block.note(t.changed(seen, send.length))),
      ...notRemindedBlocks(view, clock),
    ],
  }
}

function notRemindedBlocks({ plan, unitNames }: NudgeView, clock: Clock): Block[] {
  const name = (id: string) => nameIn(unitNames, id)
  const lines = [
    ...heldLines(plan, clock),
    ...plan.withoutRecipient.map(({ unitId, why }) =>
      why.why === 'none' ? t.none(name(unitId)) : t.absent(name(unitId), why.until),
    ),
    ...plan.complete.filter((id) => unitNames.has(id)).map((id) => t.complete(name(id))),
  ]
  if (lines.length === 0) return []
  const shown = lines.slice(0, PEOPLE)
  return [block.text(`${t.notNow}\n${shown.join('\n')}${t.morePeople(lines.length - shown.length)}`)]
}

const unitsOf = ({ units }: NudgeRecipient, unitNames: ReadonlyMap<string, string>) =>
  units.slice(0, UNITS_EACH).map((u) => ({ name: nameIn(unitNames, u.unitId), missing: u.missing }))

/** People who were or will be reminded within four hours; those of one minute share a line. */
function heldLines({ held }: NudgePlan, { now, timeZone }: Clock): string[] {
  const byMinute = new Map<string, { people: string[]; isToCome: boolean }>()
  for (const { person, last } of held) {
    const minute = showInstant(last, timeZone)
    const line = byMinute.get(minute) ?? { people: [], isToCome: last > now }
    byMinute.set(minute, line)
    line.people.push(person.fullName)
  }
  return [...byMinute].map(([minute, { people, isToCome }]) =>
    (isToCome ? t.waits : t.held)(people.slice(0, HELD), people.length - HELD, minute),
  )
}
