import { criteriaOf } from '../../core/campaign/campaign.js'
import type { Actor } from '../../core/people/person.js'
import type { Unit } from '../../core/people/unit.js'
import { isComplete } from '../../core/report/notify.js'
import type { UnitReport } from '../../core/report/report.js'
import type { UseCase } from '../../core/use-case.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import { shorten } from '../shorten.js'
import type { Block, Card } from '../ui.js'
import { decideButtons, gapNotes, reportButton, stateBlocks } from './card.js'
import { totalsText } from './lines.js'
import { showReport } from './view.js'

const { unitReport: t, common } = vi

const aboutReport = ({ message }: Notice) => payloadOf('unitReport.offer', message)

/** A message about a unit that is no more is about nothing. */
async function subjectOf(n: Notice): Promise<{ unit: Unit; report: UnitReport | undefined } | null> {
  const { campaignId, unitId, kind } = aboutReport(n)
  const unit = await n.tx.units.byId(n.message.workspaceId, unitId)
  if (!unit) return null
  return { unit, report: await n.tx.unitReports.of(campaignId, kind, unitId) }
}

/** Offers the report of a unit that is complete; once it was sent, or is complete no more, it says so. */
export async function offerCard(n: Notice): Promise<Card | null> {
  const { unitId, kind } = aboutReport(n)
  const found = await subjectOf(n)
  if (!found) return null
  const { unit, report } = found
  const state = report?.state ?? 'draft'
  const complete = await isComplete(n.tx, n.campaign, unitId, kind)
  // Not wanted any more before it was ever sent.
  if (n.message.ts === null && (state !== 'draft' || !complete)) return null
  if (state !== 'draft') {
    const text = t.offerDone(unit.name, kind, state)
    return {
      summary: plainText(text),
      blocks: [
        { kind: 'text', text },
        { kind: 'buttons', buttons: [reportButton(common.open, unitId, kind)] },
      ],
    }
  }
  const text = complete ? t.offer(unit.name, kind, criteriaOf(n.campaign).length) : t.offerStale(unit.name)
  const button = complete
    ? reportButton(t.viewAndSend, unitId, kind, 'primary')
    : { label: t.status, action: 'status.open', value: { unit: unitId, kind } }
  return {
    summary: complete ? t.offerSummary(unit.name, kind) : plainText(text),
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [button] },
    ],
  }
}

/** Asks a member of the Command Board to decide on a report; `round` is the sending that this message is of. */
export async function requestCardOfReport(n: Notice): Promise<Card | null> {
  const { unitId, kind, round } = payloadOf('unitReport.request', n.message)
  const found = await subjectOf(n)
  if (!found?.report) return null
  const { unit, report } = found
  const title = round > 1 ? t.requestAgain(unit.name, kind, round) : t.request(unit.name, kind)
  if (round < report.round)
    return {
      summary: t.superseded,
      blocks: [
        { kind: 'text', text: title },
        { kind: 'note', text: t.superseded },
      ],
    }
  const use = await asReader(n)
  // Whoever has left the Board since is asked nothing more.
  if (!use) return null
  const s = await showReport(use, n.campaign, unitId, kind)
  if (!s.decides) return null
  const shown = s.sent?.content ?? s.content
  const words = (
    [
      [t.selfAssessment, shown.selfAssessment],
      [t.difficulties, shown.difficulties],
    ] as const
  )
    .filter(([, text]) => text !== '')
    .map(([label, text]): Block => ({ kind: 'text', text: [{ bold: `${label}: ` }, shorten(text, 500)] }))
  return {
    summary: t.requestSummary(unit.name, kind),
    blocks: [
      { kind: 'text', text: title },
      ...stateBlocks(use, s),
      { kind: 'text', text: totalsText(shown) },
      ...gapNotes({ content: shown }),
      ...words,
      { kind: 'buttons', buttons: [reportButton(common.open, unitId, kind), ...decideButtons(s, 'notice')] },
    ],
  }
}

/** Tells those who lead the unit what the Board decided then; the button to mend goes once that is done. */
export async function outcomeCardOfReport(n: Notice): Promise<Card | null> {
  const { unitId, kind, round, state, by, reason } = payloadOf('unitReport.outcome', n.message)
  const found = await subjectOf(n)
  if (!found?.report) return null
  const text = t.outcome[state](found.unit.name, kind, by)
  const mend = state === 'rejected' && found.report.state === 'rejected' && found.report.round === round
  return {
    summary: plainText(text),
    blocks: [
      { kind: 'text', text },
      ...(reason ? [{ kind: 'text', text: t.reason(reason) } as Block] : []),
      {
        kind: 'buttons',
        buttons: [reportButton(mend ? t.viewAndResend : common.open, unitId, kind, mend ? 'primary' : undefined)],
      },
    ],
  }
}

/** The person whom a message goes to, as if they asked; undefined for one who is off the roster. */
async function asReader({ tx, message, now, timeZone }: Notice): Promise<UseCase | undefined> {
  const { workspaceId, personId } = message
  const person = await tx.people.byId(workspaceId, personId)
  if (!person) return undefined
  const roles = await tx.people.rolesOf(workspaceId, personId)
  const actor: Actor = { workspaceId, person, accountId: '', roles, isConfiguredAdmin: false }
  return { tx, actor, now, timeZone, newId: () => '' }
}
