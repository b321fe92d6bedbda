import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../core/calendar/working-day.js'
import { type Campaign, criteriaOf } from '../../core/campaign/campaign.js'
import type { Review } from '../../core/campaign/review.js'
import { localDate, localTime } from '../../core/date.js'
import { eveSchema, lateSchema } from '../../core/digest/overdue.js'
import { noTotals } from '../../core/progress/progress.js'
import { owingFor } from '../../core/reminder/inputs.js'
import { type NudgePlan, type NudgeScope, reckonNudge } from '../../core/reminder/nudge.js'
import type { Owing } from '../../core/report/rows.js'
import { showDate, showInstant } from '../../text/index.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { stampedBlocks } from '../campaign-tag.js'
import type { Notice } from '../notices/notice.js'
import { shorten } from '../shorten.js'
import type { Block, Button, Card } from '../ui.js'

const { nudge: t, menu, common } = vi
/** Late units with a button of their own, in one message. */
const UNITS = 15
const BLANKS = 12
const NAME = 80

/** The late units as they stand when it is sent; it follows through its day, and says when nobody is late any more. */
export async function lateCard(n: Notice): Promise<Card | null> {
  const { tx, message } = n
  if (!(await holds(n, 'org_office'))) return null
  const { on, reviews } = lateSchema.parse(message.payload)
  // Held up until another day, which has a digest of its own.
  if (message.ts === null && on !== localDate(n.now, n.timeZone)) return null
  const blocks: Block[] = []
  let late = 0
  let room = UNITS
  for (const { campaignId, kind, reviewDate } of reviews) {
    const campaign = await tx.campaigns.byId(message.workspaceId, campaignId)
    const review = campaign && (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
    // A review that was moved since is no longer the one that this is about.
    if (!campaign || review?.date !== reviewDate) continue
    const owing = await owingFor(tx, campaign, kind)
    late += owing.length
    if (owing.length === 0) {
      blocks.push(block.text(t.lateDone(kind, reviewDate)))
      continue
    }
    const shown = [...owing].sort((a, b) => b.missing - a.missing).slice(0, Math.max(room, 0))
    room -= shown.length
    blocks.push(...stampedBlocks(campaign.id, await lateBlocks(n, campaign, review, owing, shown)))
  }
  if (blocks.length === 0 || (late === 0 && message.ts === null)) return null
  return { summary: late > 0 ? t.lateSummary(late) : plainText((blocks[0] as { text: string }).text), blocks }
}

async function lateBlocks(
  n: Notice,
  campaign: Campaign,
  { kind, date }: Review,
  owing: readonly Owing[],
  shown: readonly Owing[],
): Promise<Block[]> {
  const { tx } = n
  const plan = await reckonNudge(n, campaign, { kind, units: 'all' })
  const counts = await tx.reminders.ofReview(campaign.id, kind, date, n.now)
  const names = new Map((await tx.units.list(campaign.workspaceId)).map((u) => [u.id, u.name]))
  const items: Block[] = []
  for (const { unitId } of shown) {
    const missing = (await tx.progress.standing(campaign.id, kind, unitId))?.missing ?? []
    const { times = 0, last } = counts.get(unitId) ?? {}
    const { who, heldAt, canSend } = peopleOf(plan, unitId)
    const isToCome = heldAt !== undefined && heldAt > n.now
    const held = heldAt && (isToCome ? t.toCome(showInstant(heldAt, n.timeZone)) : t.justNow)
    const lastShown = last ? whenSaid(last, n) : null
    items.push(
      block.item(
        t.lateUnit(
          shorten(names.get(unitId) ?? '', NAME),
          missing.length === criteriaOf(campaign).length ? missing.length : missing,
          times,
          lastShown,
          held && !canSend ? `${who} · ${held}` : who,
        ),
        canSend ? [scopeButton(t.now, 'nudge.now', { kind, units: [unitId] })] : [],
      ),
    )
  }
  const more = owing.length - shown.length
  return [
    block.text(t.lateTitle(owing.length, kind, date)),
    ...items,
    ...when(more > 0, () => block.note(t.moreLate(more))),
    block.buttons([
      // Also while everyone was reminded just now: the message stays until four hours are over, and the preview says so.
      scopeButton(t.all(owing.length), 'nudge.open', { kind, units: 'all' }),
      { label: t.seeAll, action: 'command', value: { name: `tonghop ${common.reviewKind[kind]}` } },
    ]),
  ]
}

/** The hour where it was today, else the day. */
function whenSaid(at: Date, { now, timeZone }: Notice): string {
  const { date, time } = localTime(at, timeZone)
  return date === localDate(now, timeZone) ? t.today(time) : showDate(date)
}

const scopeButton = (label: string, action: string, value: NudgeScope): Button => ({ label, action, value })

/** Who hears of a unit, or why nobody does; whether anyone of them may be reminded now, and when the last of them was. */
function peopleOf(plan: NudgePlan, unitId: string): { who: string; heldAt: Date | undefined; canSend: boolean } {
  const of = <T extends { units: readonly Owing[] }>(people: readonly T[]): T[] =>
    people.filter((p) => p.units.some((u) => u.unitId === unitId))
  const [send, held] = [of(plan.send), of(plan.held)]
  const unheard = plan.unheard.find((u) => u.unitId === unitId)?.why
  const who = unheard
    ? unheard.why === 'none'
      ? t.nobodyLeads
      : t.away(unheard.until)
    : [...send, ...held].map((p) => p.person.fullName).join(', ')
  const heldAt = held.map((h) => h.last).sort((a, b) => b.getTime() - a.getTime())[0]
  return { who, heldAt, canSend: send.length > 0 }
}

/** How things stand before a review, for the Command Board, as they are when it is sent. */
export async function eveCard(n: Notice): Promise<Card | null> {
  const { tx, message, campaign } = n
  if (!(await holds(n, 'command_board'))) return null
  const { kind, reviewDate } = eveSchema.parse(message.payload)
  const review = (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
  const today = localDate(n.now, n.timeZone)
  // A review that was moved before it went out gets another message in its time; one that is over needs none.
  if (message.ts === null && (review?.date !== reviewDate || today > reviewDate)) return null
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  const days = workingDaysLeft(today, reviewDate, isWorkingDay)
  const totals = (await tx.progress.totals(campaign.id, kind)) ?? noTotals
  const counts = await tx.unitReports.counts(campaign.id, kind)
  const rows = (await tx.progress.page(campaign.id, kind, BLANKS, 0)).filter((r) => r.missing.length > 0)
  const blanks = totals.units - totals.complete
  const all = criteriaOf(campaign).length
  const lines = rows
    .map((r) => t.eveUnit(shorten(r.unit.name, NAME), r.missing.length === all ? all : r.missing))
    .join('\n')
  const owing = (await owingFor(tx, campaign, kind)).length
  return {
    summary: t.eveSummary(kind, totals.complete, totals.units),
    blocks: [
      block.text(t.eveTitle(kind, reviewDate, days)),
      block.text(t.eveTotals(totals.complete, totals.units, totals.missing)),
      block.note(t.eveReports({ approved: counts.approved, sent: counts.sent, left: counts.draft + counts.rejected })),
      ...when(lines !== '', () => block.text(lines + t.eveMore(blanks - rows.length))),
      block.buttons([
        {
          label: menu.labels.tonghop ?? '',
          action: 'command',
          value: { name: `tonghop ${common.reviewKind[kind]}` },
        },
        ...(counts.sent > 0
          ? [
              {
                label: menu.labels.baocao ?? '',
                action: 'command',
                value: { name: `baocao ${common.reviewKind[kind]}` },
              },
            ]
          : []),
        ...(owing > 0 ? [scopeButton(t.all(owing), 'nudge.open', { kind, units: 'all' })] : []),
      ]),
    ],
  }
}

async function holds({ tx, message }: Notice, role: 'org_office' | 'command_board'): Promise<boolean> {
  return (await tx.people.rolesOf(message.workspaceId, message.personId)).some((r) => r.role === role)
}
