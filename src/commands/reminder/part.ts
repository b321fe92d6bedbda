import { type Campaign, criteriaOf } from '../../core/campaign/campaign.js'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { Message } from '../../core/outbox/outbox.js'
import type { Unit } from '../../core/people/unit.js'
import type { Tx } from '../../core/ports.js'
import type { ReminderItem } from '../../core/reminder/payload.js'
import { reportState } from '../../core/report/decide.js'

/** What one unit owes for one review, as it concerns the reader of a reminder. */
export interface ReminderPart {
  campaign: Campaign
  kind: ReviewKind
  /** yyyy-mm-dd. */
  reviewDate: string
  unit: Unit
  /** Codes, in the plan's order. */
  missing: readonly string[]
  /** Criteria in all. */
  of: number
  report: 'sent' | 'owed' | 'rejected'
  /** Whether the reader speaks for the unit; whoever only helps may hand in. */
  leads: boolean
  /** It was given to the reader, and still is. */
  helps: boolean
  /** To whom else it was given. */
  helpers: readonly { id: string; name: string }[]
}

/** Whether the reader has anything to do about it: a report is sent by those who lead. */
export const isOwed = (p: ReminderPart): boolean =>
  isTheirs(p) && (p.missing.length > 0 || (p.leads && p.report !== 'sent'))
export const isTheirs = (p: ReminderPart): boolean => p.leads || p.helps

/** How everything that a reminder names stands now, in its order; units that are gone are left out. */
export async function partsOf(
  tx: Tx,
  { workspaceId, personId }: Pick<Message, 'workspaceId' | 'personId'>,
  items: readonly ReminderItem[],
): Promise<ReminderPart[]> {
  const roles = await tx.people.rolesOf(workspaceId, personId)
  const leads = new Set(roles.filter((r) => r.role === 'head' || r.role === 'deputy').map((r) => r.unit.id))
  const parts: ReminderPart[] = []
  for (const { campaignId, kind, reviewDate, units } of items) {
    const campaign = await tx.campaigns.byId(workspaceId, campaignId)
    if (!campaign) continue
    const all = criteriaOf(campaign)
    for (const unitId of units) {
      const unit = await tx.units.byId(workspaceId, unitId)
      const standing = unit && (await tx.progress.standing(campaign.id, kind, unitId))
      if (!standing) continue
      const missing = all.flatMap((c) => (standing.missing.includes(c.code) ? [c.code] : []))
      const given = await tx.handovers.ofUnit(campaign.id, kind, unitId)
      const others = given.map((h) => h.personId).filter((id) => id !== personId)
      const names = others.length > 0 ? await tx.people.names(workspaceId, others) : new Map<string, string>()
      const state = missing.length === 0 ? await reportState(tx, campaign, unitId, kind) : 'draft'
      parts.push({
        campaign,
        kind,
        reviewDate,
        unit,
        missing,
        of: all.length,
        report: state === 'sent' || state === 'approved' ? 'sent' : state === 'rejected' ? 'rejected' : 'owed',
        leads: leads.has(unitId),
        helps: others.length < given.length,
        helpers: others.map((id) => ({ id, name: names.get(id) ?? '' })),
      })
    }
  }
  return parts
}
