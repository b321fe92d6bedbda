import { campaignsById, numberIn } from '../../core/campaign/running.js'
import { localDate } from '../../core/date.js'
import type { Absence } from '../../core/people/absence.js'
import { erasureWarnings } from '../../core/privacy/decide-erasure.js'
import type { Erasure } from '../../core/privacy/erasure.js'
import type { UseCase } from '../../core/use-case.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import { labelIn } from '../submission/card.js'
import type { Block, Card } from '../ui.js'

const { erasure: t, common, submission: ts, absence: ta, reminderWish, handover, reminder } = vi
/** Submissions that are listed; the rest is in the log. */
const LISTED = 20
/** Absences that are named; of the others it is said how many there are. */
const LISTED_ABSENCES = 30

/** All that the bot holds of the person who asks. */
export async function heldCard(use: UseCase): Promise<Card> {
  const { tx, actor, timeZone } = use
  const { workspaceId, person } = actor
  const counts = await tx.personalData.counts(workspaceId, person.id)
  const accounts = await tx.personalData.accounts(workspaceId, person.id)
  const rows = await tx.audit.countBy(workspaceId, person.id)
  const waiting = await tx.erasures.waitingOf(workspaceId, person.id)
  const campaigns = await campaignsById(tx, workspaceId)
  const absences = await tx.absences.ofPerson(workspaceId, person.id)
  const wish = await tx.wishes.ofPerson(workspaceId, person.id)
  const own = await tx.submissions.writtenBy(workspaceId, person.id, LISTED)
  const date = localDate(use.now, timeZone)
  return {
    summary: t.title,
    blocks: [
      block.heading(t.title),
      block.text(t.name(person.fullName, person.email)),
      block.text(t.roles(actor.roles.map((r) => t.role(common.role[r.role], r.unit.name)))),
      ...accounts.map((a) => block.text(t.account(a.platform, a.externalId, showInstant(a.metAt, timeZone)))),
      block.text(t.counts(counts.submissions, counts.drafts, counts.messages, rows)),
      block.note(t.countsNote),
      ...absenceBlocks(absences),
      ...(await heldReminders(use)),
      ...when(wish, (wish) => block.text(reminderWish.held(wish.at, wish.early))),
      ...when(own.length > 0, () => block.text({ bold: t.submissions })),
      ...own.map((s) =>
        block.item(
          [
            ...(ts.line(common.stateSign[s.state], numberIn(campaigns, s), common.state[s.state]) as string[]),
            ` · ${labelIn(campaigns, s)}`,
          ],
          [{ label: common.open, action: 'submission.open', value: { id: s.id } }],
        ),
      ),
      ...when(counts.submissions > own.length, () => block.note(t.moreSubmissions(counts.submissions - own.length))),
      block.divider(),
      block.note(t.rights(date)),
      waiting
        ? block.item(t.waiting(waiting.what, showInstant(waiting.askedAt, timeZone)), [
            { label: t.takeBack, action: 'erasure.take_back', value: { id: waiting.id } },
          ])
        : block.buttons([{ label: t.ask, action: 'erasure.ask' }]),
    ],
  }
}

/** What was given to the person by a head, and what they put off. */
async function heldReminders({ tx, actor, timeZone }: UseCase): Promise<Block[]> {
  const given = await tx.handovers.toPerson(actor.workspaceId, actor.person.id)
  const names: string[] = []
  for (const { unitId, kind } of given.slice(0, LISTED))
    names.push(handover.heldPart((await tx.units.byId(actor.workspaceId, unitId))?.name ?? '', kind))
  const snoozed = await tx.reminders.snoozeOf(actor.person.id)
  return [
    ...when(names.length > 0, () => block.text(handover.held(names))),
    ...when(snoozed, (snoozed) => block.text(reminder.held(showInstant(snoozed.until, timeZone)))),
  ]
}

function absenceBlocks(absences: readonly Absence[]): Block[] {
  if (absences.length === 0) return []
  const spans = absences.slice(0, LISTED_ABSENCES).map((a) => {
    const text = ta.span(a.from, a.until)
    return a.cancelledAt ? ta.heldCancelled(text) : text
  })
  const more = absences.length - spans.length
  return [block.text(ta.held(more > 0 ? [...spans, ta.heldMore(more)] : spans))]
}

const erasureOf = ({ tx, message }: Notice): Promise<Erasure | undefined> =>
  tx.erasures.byId(message.workspaceId, payloadOf('erasure.request', message).erasureId)

/** What one of the Office is asked, with what became of it. */
export async function erasureRequestCard(notice: Notice): Promise<Card | null> {
  const { tx, timeZone } = notice
  const erasure = await erasureOf(notice)
  if (!erasure) return null
  const { workspaceId, what, state } = erasure
  const name = (await tx.people.everById(workspaceId, erasure.personId))?.fullName ?? ''
  const blocks: Block[] = [
    block.text(t.requestTitle(name, what)),
    ...when(erasure.reason, (reason) => block.quote(reason)),
  ]
  if (state === 'waiting') {
    const value = { id: erasure.id }
    const { headOf, isLastAdmin } = await erasureWarnings(tx, erasure)
    const ask = { title: t.agreeTitle, text: t.agreeAsk(name, what), yes: t.agree, no: common.cancel }
    blocks.push(block.note(t.effect(what)))
    if (headOf.length > 0) blocks.push(block.text(t.headOf(headOf.map((u) => u.name))))
    if (isLastAdmin) blocks.push(block.text(t.lastAdmin))
    blocks.push(
      block.buttons([
        { label: t.agree, action: 'erasure.agree', value, style: 'primary', ask },
        { label: t.refuse, action: 'erasure.refuse', value },
      ]),
    )
  } else {
    const by =
      state === 'taken_back' || !erasure.decidedBy
        ? undefined
        : await tx.people.everById(workspaceId, erasure.decidedBy)
    const at = showInstant(erasure.decidedAt ?? erasure.askedAt, timeZone)
    blocks.push(block.text(t.by(t.decided[state], by?.fullName ?? '', at)))
    if (erasure.decisionReason) blocks.push(block.text(t.outcomeReason(erasure.decisionReason)))
  }
  return { summary: t.requestSummary(name), blocks }
}

/** What the person is told when it was decided: what is gone, what stays and why. */
export async function erasureOutcomeCard(notice: Notice): Promise<Card | null> {
  const erasure = await erasureOf(notice)
  if (!erasure || (erasure.state !== 'agreed' && erasure.state !== 'refused')) return null
  const date = localDate(notice.now, notice.timeZone)
  const agreed = erasure.state === 'agreed'
  return {
    summary: t.outcomeSummary,
    blocks: [
      block.text(t.outcome[erasure.state](erasure.what)),
      ...when(erasure.decisionReason, (decisionReason) => block.text(t.outcomeReason(decisionReason))),
      ...when(agreed, () => block.note(t.stays(notice.campaign.number, date))),
      ...when(agreed && erasure.what === 'all', () => block.note(t.farewell)),
    ],
  }
}
