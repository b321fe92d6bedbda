import { type Campaign, criteriaOf } from '../core/campaign.js'
import { calendarOf } from '../core/holiday-calendar.js'
import type { ReviewKind } from '../core/review.js'
import type { Unit } from '../core/unit.js'
import { reportState } from '../core/unit-report.js'
import { workingDaysBetween } from '../core/working-day.js'
import { vi } from '../text/vi.js'
import { payloadOf } from './notice-payloads.js'
import type { Notice } from './notices.js'
import { stampedBlocks } from './stamp.js'
import { nilAllButton, nilButton, returnedOf } from './status-card.js'
import type { Block, Card } from './ui.js'
import { reportButton } from './unit-report-card.js'

const { reminder: t, common } = vi

/** Criteria listed in one reminder before a unit gets a button to its status instead: two blocks each, of Slack's 50. */
const MAX_LISTED = 20

/** What a person is reminded of, from how things stand now; once all is done the message says so, and asks nothing more. */
export async function reminderCard(n: Notice): Promise<Card | null> {
  const payload = payloadOf('reminder', n.message)
  const blocks: Block[] = []
  const owed: { kind: ReviewKind; missing: number; reports: number; days: number }[] = []
  const isWorkingDay = await calendarOf(n.tx, n.message.workspaceId)
  let room = MAX_LISTED
  for (const { campaignId, kind, reviewDate, units } of payload.items) {
    const campaign = await n.tx.campaigns.byId(n.message.workspaceId, campaignId)
    if (!campaign) continue
    // As it was on the day that it was planned for: an update days later must not make it look like another reminder.
    const days = workingDaysBetween(payload.on, reviewDate, isWorkingDay)
    const parts: Block[] = []
    const of = { kind, missing: 0, reports: 0, days }
    for (const unitId of units) {
      const part = await unitPart(n, campaign, kind, unitId, room)
      if (!part) continue
      parts.push(...part.blocks)
      room -= part.listed
      of.missing += part.missing
      of.reports += part.report ? 1 : 0
    }
    if (of.missing + of.reports > 0) {
      blocks.push({ kind: 'text', text: t.title(kind, reviewDate, days) })
      owed.push(of)
    }
    blocks.push(...stampedBlocks(campaign.id, parts))
  }
  if (payload.by && owed.length > 0) blocks.unshift({ kind: 'note', text: t.by(payload.by) })
  // Complete before it was ever sent: nobody needs it. Once it was seen it says that all is done.
  if (blocks.length === 0 || (owed.length === 0 && n.message.ts === null)) return null
  return { summary: owed.length > 0 ? t.summary(owed) : t.doneSummary, blocks }
}

interface UnitPart {
  blocks: Block[]
  missing: number
  /** Criteria that were listed one by one. */
  listed: number
  /** Nothing is missing but the report. */
  report: boolean
}

async function unitPart(
  n: Notice,
  campaign: Campaign,
  kind: ReviewKind,
  unitId: string,
  room: number,
): Promise<UnitPart | undefined> {
  const { tx, message } = n
  const unit = await tx.units.byId(message.workspaceId, unitId)
  const standing = await tx.progress.standing(campaign.id, kind, unitId)
  if (!unit || !standing) return undefined
  const { missing } = standing
  const all = criteriaOf(campaign).length
  const mayLead = await leads(n, unitId)
  if (missing.length === 0) {
    const state = await reportState(tx, campaign, unitId, kind)
    if (state === 'sent' || state === 'approved')
      return { blocks: [{ kind: 'text', text: t.done(unit.name, all) }], missing: 0, listed: 0, report: false }
    const button = mayLead ? [reportButton(t.sendReport, unitId, kind, 'primary')] : []
    const text = t.reportOnly(unit.name, all, kind, state === 'rejected')
    return { blocks: [{ kind: 'item', text, buttons: button }], missing: 0, listed: 0, report: true }
  }
  const title = t.unit(unit.name, missing.length, all)
  if (missing.length > room) {
    const status = { label: t.status, action: 'status.open', value: { unit: unitId } }
    return {
      blocks: [{ kind: 'item', text: title, buttons: [status] }],
      missing: missing.length,
      listed: 0,
      report: false,
    }
  }
  const blocks: Block[] = [
    { kind: 'text', text: title },
    ...(await criteriaItems(n, campaign, kind, unit, missing, mayLead)),
  ]
  if (mayLead && missing.length > 1) blocks.push({ kind: 'buttons', buttons: [nilAllButton(unitId, kind, 'reminder')] })
  return { blocks, missing: missing.length, listed: missing.length, report: false }
}

async function criteriaItems(
  { tx, message }: Notice,
  campaign: Campaign,
  kind: ReviewKind,
  { id: unitId }: Unit,
  missing: readonly string[],
  mayLead: boolean,
): Promise<Block[]> {
  const tallies = await tx.progress.talliesOf(campaign.id, unitId)
  const items: Block[] = []
  for (const c of criteriaOf(campaign).filter((c) => missing.includes(c.code))) {
    const returned = (tallies.get(c.code)?.returned ?? 0) > 0
    const own = returned ? await returnedOf(tx, campaign, unitId, c.code, message.personId) : undefined
    items.push({
      kind: 'item',
      text: [{ bold: c.code }, ` · ${c.short}`, returned ? ` – ${t.returned}` : ''],
      buttons: [
        own ?? { label: common.submit, action: 'submission.new', value: { unit: unitId, criterion: c.code } },
        ...(mayLead ? [nilButton(unitId, c.code, kind, 'reminder')] : []),
        ...(returned
          ? [{ label: common.open, action: 'status.cell', value: { unit: unitId, criterion: c.code } }]
          : []),
      ],
    })
  }
  return items
}

/** Whether the person whom the message goes to speaks for a unit; whoever only helps may hand in. */
async function leads({ tx, message }: Notice, unitId: string): Promise<boolean> {
  const roles = await tx.people.rolesOf(message.workspaceId, message.personId)
  return roles.some((r) => r.unit.id === unitId && (r.role === 'head' || r.role === 'deputy'))
}
