import { numberIn } from '../../core/campaign/running.js'
import { localDate } from '../../core/date.js'
import type { Absence } from '../../core/people/absence.js'
import type { HeldData } from '../../core/queries/privacy/held-data.js'
import type { Submission } from '../../core/submission/submission.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { labelIn } from '../submission/card.js'
import type { Block, Card } from '../ui.js'

const { erasure: t, common, submission: ts, absence: ta, preference: tp, handover, reminder } = vi

/** Absences that are named; the others are counted. */
const LISTED_ABSENCES = 30

/** Shows a person what is stored about them, and lets them ask for its erasure. */
export function heldCard(data: HeldData, { now, timeZone }: { now: Date; timeZone: string }): Card {
  const { person, counts, submissions, waiting } = data
  const more = counts.submissions - submissions.length
  return {
    summary: t.title,
    blocks: [
      block.heading(t.title),
      block.text(t.name(person.fullName, person.email)),
      block.text(t.roles(data.roles.map((r) => t.role(common.role[r.role], r.unit.name)))),
      ...data.accounts.map((a) => block.text(t.account(a.platform, a.externalId, showInstant(a.metAt, timeZone)))),
      block.text(t.counts(counts.submissions, counts.drafts, counts.messages, data.auditRows)),
      block.note(t.countsNote),
      ...when(data.absences.length > 0, () => absencesBlock(data.absences)),
      ...reminderBlocks(data, timeZone),
      ...when(submissions.length > 0, () => block.text({ bold: t.submissions })),
      ...submissions.map((s) => submissionItem(data, s)),
      ...when(more > 0, () => block.note(t.moreSubmissions(more))),
      block.divider(),
      block.note(t.rights(localDate(now, timeZone))),
      waiting
        ? block.item(t.waiting(waiting.what, showInstant(waiting.askedAt, timeZone)), [
            { label: t.takeBack, action: 'erasure.take_back', value: { id: waiting.id } },
          ])
        : block.buttons([{ label: t.ask, action: 'erasure.ask' }]),
    ],
  }
}

/** How the person is reminded: work that was handed over to them, a snooze, their preferences. */
function reminderBlocks({ handovers, snoozedUntil, preference }: HeldData, timeZone: string): Block[] {
  const names = handovers.map((h) => handover.heldPart(h.unitName, h.kind, h.named))
  return [
    ...when(names.length > 0, () => block.text(handover.held(names))),
    ...when(snoozedUntil, (until) => block.text(reminder.held(showInstant(until, timeZone)))),
    ...when(preference, ({ at, early }) => block.text(tp.held(at, early))),
  ]
}

const submissionItem = ({ campaigns }: HeldData, s: Submission) =>
  block.item(
    [
      ...(ts.line(common.stateSign[s.state], numberIn(campaigns, s), common.state[s.state]) as string[]),
      ` · ${labelIn(campaigns, s)}`,
    ],
    [{ label: common.open, action: 'submission.open', value: { id: s.id } }],
  )

function absencesBlock(absences: readonly Absence[]) {
  const spans = absences.slice(0, LISTED_ABSENCES).map((a) => {
    const text = ta.span(a.from, a.until)
    return a.cancelledAt ? ta.heldCancelled(text) : text
  })
  const more = absences.length - spans.length
  return block.text(ta.held(more > 0 ? [...spans, ta.heldMore(more)] : spans))
}
