import type { Campaign } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { isAdmin, maySeeAll, unitsLedBy } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import { type OwnReminder, remindersOf, rungsAhead } from '../../core/queries/reminder/forecast.js'
import type { Planning } from '../../core/reminder/inputs.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Block } from '../ui.js'

const { calendar: t } = vi

/** Units named in one line. */
const NAMED = 2

/** The reminders that come to the person who looks, the next one first; nothing for those to whom none ever comes. */
export async function ownReminders(plan: Planning, campaign: Campaign, actor: Actor): Promise<Block[]> {
  const own = await remindersOf(plan, campaign, actor.person.id)
  if (!own.owes && unitsLedBy(actor).length === 0) return []
  if (!own.owes) return [block.text({ bold: t.ownTitle }), block.text(t.ownComplete)]
  const names = new Map((await plan.tx.units.list(campaign.workspaceId)).map((u) => [u.id, u.name]))
  // Whoever has one unit knows which.
  const isOne = new Set(own.toCome.flatMap((r) => r.units)).size === 1
  const line = ({ at, rung, units }: OwnReminder) => {
    const some = (isOne ? [] : units).slice(0, NAMED).map((id) => names.get(id) ?? '')
    return t.ownLine(
      showInstant(at, plan.timeZone),
      localDate(at, plan.timeZone),
      rung,
      some,
      isOne ? 0 : units.length - some.length,
    )
  }
  const [next, ...rest] = own.toCome
  return [
    block.text({ bold: t.ownTitle }),
    block.text(next ? [t.next, { bold: line(next) }] : t.none),
    ...(rest.length > 0 ? [block.text(rest.map((r) => `• ${line(r)}`).join('\n'))] : []),
    ...when(own.refused > 0, () => block.note(t.refused(own.refused))),
    ...when(own.away.length > 0, () => block.note(t.away(own.away))),
  ]
}

/** The whole ladder, with how many each rung would reach as things stand now; for those who may see all units. */
export async function allReminders(plan: Planning, campaign: Campaign, actor: Actor): Promise<Block[]> {
  if (!maySeeAll(actor) && !isAdmin(actor)) return []
  const ahead = await rungsAhead(plan, campaign)
  const lines = ahead
    .filter((r) => r.at > plan.now)
    .map(({ at, rung, units, people }) => {
      const what = t.reminder(showInstant(at, plan.timeZone), rung.kind, rung.offset)
      return `• ${what}: ${t.reach(units, people)}`
    })
  return [
    block.text({ bold: t.remindersTitle }),
    block.text(lines.length > 0 ? lines.join('\n') : t.none),
    block.note(t.who),
  ]
}
