import type { Campaign } from '../../core/campaign/campaign.js'
import { campaignsById, numberIn } from '../../core/campaign/running.js'
import type { AuditScope, Change, StateEvent } from '../../core/queries/desk/history.js'
import type { Submission } from '../../core/submission/submission.js'
import type { UseCase } from '../../core/use-case.js'
import { clip, showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { criterionLabel } from '../submission/card.js'
import type { Block, Button, Card } from '../ui.js'

const { audit: t, common } = vi
/** A list shows the beginning of a reason; the history of the one submission shows more. */
const SHORT = 160
const LONG = 600

export interface ChangesPage {
  scope: AuditScope
  scopes: readonly AuditScope[]
  /** From 0. */
  page: number
  isLast: boolean
}

/** One page of a list, with buttons to the other lists that the person may read. */
export async function changesCard(
  use: UseCase,
  changes: readonly Change[],
  { scope, scopes, page, isLast }: ChangesPage,
): Promise<Card> {
  const campaigns = await campaignsById(use.tx, use.actor.workspaceId)
  const subjects = await subjectsOf(use, campaigns, changes)
  const go = (label: string, to: AuditScope, at: number): Button => ({
    label,
    action: 'audit.list',
    value: { scope: to, page: at },
  })
  const buttons = [
    ...(page > 0 ? [go(t.newer, scope, page - 1)] : []),
    ...(isLast ? [] : [go(t.older, scope, page + 1)]),
    ...scopes.filter((s) => s !== scope).map((s) => go(t.scope[s], s, 0)),
  ]
  return {
    summary: t.title[scope],
    blocks: [
      block.heading(t.title[scope]),
      ...when(changes.length === 0, () => block.text(page === 0 ? t.none : t.noMore)),
      ...changes.map((change) =>
        changeBlock(use, change, subjectLine(campaigns, change, subjects.get(subjectOf(change)) ?? '')),
      ),
      block.note(t.newestFirst),
      ...when(buttons.length > 0, () => block.buttons(buttons)),
    ],
  }
}

const subjectOf = (change: Change): string => ('to' in change ? `submission:${change.submissionId}` : change.subject)
const whatOf = (change: Change): string => ('to' in change ? stepName(change) : t.actions[change.action])
const detailOf = (change: Change): string => ('to' in change ? '' : t.detail(change.action, change.data))

function changeBlock({ timeZone }: UseCase, change: Change, subject: string): Block {
  const text = [
    ...(t.line(subject, whatOf(change), detailOf(change)) as string[]),
    `\n${t.by(whoOf(change), showInstant(change.at, timeZone))}`,
    change.reason ? ` · ${t.reason(clip(change.reason.replace(/\s+/g, ' '), SHORT))}` : '',
  ]
  const [noun, id] = subjectOf(change).split(':')
  if (noun !== 'submission') return block.text(text)
  return block.item(text, [{ label: t.history, action: 'audit.history', value: { id } }])
}

function whoOf(change: Change): string {
  if (change.byName !== null) return change.byName
  if ('data' in change && change.data.via === 'cli') return t.byCli
  return change.byId === null ? t.byBot : '–'
}

/** Where there are several campaigns, a change in a unit or of the dates says of which one it is. */
function subjectLine(campaigns: Campaigns, change: Change, subject: string): string {
  if ('to' in change || campaigns.size < 2) return subject
  const [noun, id] = change.subject.split(':')
  const of = campaigns.get(String(noun === 'campaign' ? id : change.data.campaignId))
  return [subject, of?.prefix].filter(Boolean).join(' · ')
}

type Campaigns = ReadonlyMap<string, Campaign>

/** What the subjects of rows are called now. */
async function subjectsOf({ tx, actor }: UseCase, campaigns: Campaigns, changes: readonly Change[]) {
  const { workspaceId } = actor
  const units = new Map((await tx.units.list(workspaceId)).map((u) => [u.id, u.name]))
  const subjects = [...new Set(changes.map(subjectOf))]
  const people = subjects.flatMap((s) => (s.startsWith('person:') ? [s.slice('person:'.length)] : []))
  const names = await tx.people.names(workspaceId, people)
  const out = new Map<string, string>()
  for (const subject of subjects) {
    const [noun, id = ''] = subject.split(':')
    if (noun === 'unit') out.set(subject, units.get(id) ?? (await tx.units.byId(workspaceId, id))?.name ?? '')
    if (noun === 'person') out.set(subject, names.get(id) ?? '')
    if (noun === 'submission') {
      const s = await tx.submissions.byId(workspaceId, id)
      const at = s && [numberIn(campaigns, s), s.criterion, units.get(s.unitId) ?? '']
      out.set(subject, at ? at.filter(Boolean).join(' · ') : '')
    }
  }
  return out
}

/** What became of one submission, the first step first. */
export function historyBlocks(
  { timeZone }: UseCase,
  campaign: Campaign,
  submission: Submission,
  history: readonly Change[],
): Block[] {
  const { state } = submission
  return [
    block.text({ bold: criterionLabel(campaign, submission.criterion) }),
    block.note(`${common.stateSign[state]} ${common.state[state]}`),
    ...history.flatMap((step): Block[] => {
      const what = [whatOf(step), detailOf(step)].filter(Boolean).join(': ')
      const sign = 'to' in step ? common.stateSign[step.to] : '·'
      return [
        block.text(t.step(sign, what, t.by(whoOf(step), showInstant(step.at, timeZone)))),
        ...when(step.reason, (reason) => block.quote(clip(reason, LONG))),
      ]
    }),
  ]
}

const stepName = ({ from, to }: StateEvent): string =>
  t.actions[to === 'submitted' && from !== null ? 'submission.revised' : (`submission.${to}` as const)]
