import type { Campaign } from '../../core/campaign/campaign.js'
import type { Review } from '../../core/campaign/review.js'
import { localTime } from '../../core/date.js'
import { owingFor } from '../../core/reminder/inputs.js'
import type { Nudged, NudgePlan, NudgeScope } from '../../core/reminder/nudge.js'
import type { UseCase } from '../../core/use-case.js'
import { showInstant } from '../../text/index.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Block, Card } from '../ui.js'

const { nudge: t, common } = vi
/** Units with a button of their own, and people by name: a message stays short. */
const UNITS = 15
const PEOPLE = 25
/** Units named beside one person. */
const UNITS_EACH = 4
/** People named in one line who are left out. */
const HELD = 8
/** A name at its longest here. */
const NAME = 80

/** Who owes something, with a button for each and one for all; the fewest criteria first. */
export async function menuOfUnits(use: UseCase, campaign: Campaign, review: Review): Promise<Card> {
  const owing = await owingFor(use.tx, campaign, review.kind)
  if (owing.length === 0) {
    const text = t.allComplete(review.kind, review.date)
    return { summary: text, blocks: [block.text(text)] }
  }
  const names = await unitNames(use)
  const title = t.menu(owing.length, review.kind, review.date)
  const first = [...owing].sort((a, b) => b.missing - a.missing).slice(0, UNITS)
  return {
    summary: plainText(title),
    blocks: [
      block.heading(t.title),
      block.text(title),
      block.buttons([
        {
          label: t.all(owing.length),
          action: 'nudge.preview',
          value: { kind: review.kind, units: 'all' } satisfies NudgeScope,
          style: 'primary',
        },
      ]),
      ...first.map((o) =>
        block.item(t.unit(shorten(names.get(o.unitId) ?? '', NAME), o.missing), [
          {
            label: t.button,
            action: 'nudge.preview',
            value: { kind: review.kind, units: [o.unitId] } satisfies NudgeScope,
          },
        ]),
      ),
      ...when(owing.length > UNITS, () => block.note(t.moreUnits(owing.length - UNITS))),
    ],
  }
}

/** Exactly who would get what, who not and why. */
export async function previewCard(use: UseCase, plan: NudgePlan, scope: NudgeScope): Promise<Card> {
  const names = await unitNames(use)
  const { send, review } = plan
  const title = t.preview(send.length, review.kind, review.date)
  const lines = send.slice(0, PEOPLE).map((one) => t.person(one.person.fullName, unitsOf(one, names)))
  const buttons = [
    ...(send.length > 0
      ? [
          {
            label: t.send(send.length),
            action: 'nudge.send',
            value: { ...scope, seen: send.length },
            style: 'primary' as const,
          },
        ]
      : []),
    { label: send.length > 0 ? common.cancel : common.close, action: 'nudge.cancel' },
  ]
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      ...(send.length > 0 ? whenNotes(use, plan) : []),
      ...when(lines.length > 0, () => block.text(lines.join('\n') + t.morePeople(send.length - lines.length))),
      ...notNow(use, plan, names),
      block.buttons(buttons),
    ],
  }
}

/** What was done; what was left out, and why. `seen`: how many the preview spoke of. */
export async function resultCard(use: UseCase, plan: NudgePlan, seen = plan.send.length): Promise<Card> {
  const { send, review, isNow, at } = plan
  const { date, time } = localTime(at, use.timeZone)
  const text =
    send.length === 0 ? t.nobody : isNow ? t.sent(send.length, review.kind) : t.queued(send.length, date, time)
  return {
    summary: plainText(text),
    blocks: [
      block.text(text),
      ...when(seen !== send.length, () => block.note(t.changed(seen, send.length))),
      ...notNow(use, plan, await unitNames(use)),
    ],
  }
}

function whenNotes({ timeZone }: UseCase, { isNow, at }: NudgePlan): Block[] {
  const { date, time } = localTime(at, timeZone)
  return isNow ? [] : [block.note(t.when(date, time))]
}

function notNow({ now, timeZone }: UseCase, plan: NudgePlan, names: ReadonlyMap<string, string>): Block[] {
  const name = (id: string) => shorten(names.get(id) ?? '', NAME)
  const lines = [
    ...heldLines(plan, now, timeZone),
    ...plan.unheard.map(({ unitId, why }) =>
      why.why === 'none' ? t.none(name(unitId)) : t.absent(name(unitId), why.until),
    ),
    ...plan.complete.filter((id) => names.has(id)).map((id) => t.complete(name(id))),
  ]
  if (lines.length === 0) return []
  const shown = lines.slice(0, PEOPLE)
  return [block.text(`${t.notNow}\n${shown.join('\n')}${t.morePeople(lines.length - shown.length)}`)]
}

function unitsOf({ units }: Nudged, names: ReadonlyMap<string, string>) {
  const named = units
    .slice(0, UNITS_EACH)
    .map((u) => ({ name: shorten(names.get(u.unitId) ?? '', NAME), missing: u.missing }))
  return named
}

const unitNames = async ({ tx, actor }: UseCase): Promise<ReadonlyMap<string, string>> =>
  new Map((await tx.units.list(actor.workspaceId)).map((u) => [u.id, u.name]))

/** Who was reminded lately, those of one minute in one line. */
function heldLines({ held }: NudgePlan, now: Date, timeZone: string): string[] {
  const at = new Map<string, { people: string[]; isToCome: boolean }>()
  for (const { person, last } of held) {
    const minute = showInstant(last, timeZone)
    const known = at.get(minute) ?? { people: [], isToCome: last > now }
    at.set(minute, known)
    known.people.push(person.fullName)
  }
  return [...at].map(([minute, { people, isToCome }]) =>
    (isToCome ? t.waits : t.held)(people.slice(0, HELD), people.length - HELD, minute),
  )
}
