import type { Campaign } from '../../core/campaign/campaign.js'
import type { Unit } from '../../core/people/unit.js'
import { type Change, type ListedChange, type StateEvent, subjectOf } from '../../core/queries/desk/change.js'
import type { AuditScope } from '../../core/queries/desk/history.js'
import type { Submission } from '../../core/submission/submission.js'
import { clip, showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { criterionLabel } from '../submission/card.js'
import type { Block, Button, Card } from '../ui.js'

const { audit: t, common } = vi

/** Characters of a reason in a list, and in the history of one submission. */
const SHORT = 160
const LONG = 600

/** Which page of which list is shown. */
export interface ChangesPage {
  scope: AuditScope
  scopes: readonly AuditScope[]
  /** From 0. */
  page: number
  isLast: boolean
  /** The unit that the list is of. */
  unit?: Unit
}

/** One page of a list, with buttons to the other lists that the person may read. */
export function changesCard(
  changes: readonly ListedChange[],
  { scope, scopes, page, isLast, unit }: ChangesPage,
  timeZone: string,
): Card {
  const go = (label: string, to: AuditScope, at: number, of?: string): Button => ({
    label,
    action: 'audit.list',
    value: { scope: to, page: at, unit: of },
  })
  const buttons = [
    ...(page > 0 ? [go(t.newer, scope, page - 1, unit?.id)] : []),
    ...(isLast ? [] : [go(t.older, scope, page + 1, unit?.id)]),
    ...scopes.filter((s) => unit || s !== scope).map((s) => go(t.scope[s], s, 0)),
  ]
  const title = unit ? t.titleOf(unit.name) : t.title[scope]
  return {
    summary: title,
    blocks: [
      block.heading(title),
      ...when(changes.length === 0, () => block.text(page === 0 ? t.none : t.noMore)),
      ...changes.map((listed) => changeBlock(listed, timeZone)),
      block.note(t.newestFirst),
      ...when(buttons.length > 0, () => block.buttons(buttons)),
    ],
  }
}

const whatOf = (change: Change): string => ('to' in change ? stepName(change) : t.actions[change.action])
const detailOf = (change: Change): string => ('to' in change ? '' : t.detail(change.action, change.data))

function changeBlock({ change, subject }: ListedChange, timeZone: string): Block {
  const text = [
    ...(t.line(subject.join(' · '), whatOf(change), detailOf(change)) as string[]),
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

/** Every change of one submission, the oldest first. */
export function historyBlocks(
  campaign: Campaign,
  submission: Submission,
  history: readonly Change[],
  timeZone: string,
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

const stepName = ({ from, to, what }: StateEvent): string =>
  t.actions[
    what
      ? (`submission.${what}` as const)
      : to === 'submitted' && from !== null
        ? 'submission.revised'
        : (`submission.${to}` as const)
  ]
