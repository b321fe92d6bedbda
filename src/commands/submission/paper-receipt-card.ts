import { may } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import type { RecordedPaper } from '../../core/submission/paper-receipt.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Block, Button } from '../ui.js'

const { paperReceipt: t, common } = vi

/** The Command Board's button to record paper of one unit, for any criterion or for one. */
export const paperButtons = (actor: Actor, unit: string, criterion?: string): Button[] =>
  may(actor, 'paper.record') ? [{ label: t.button, action: 'paper.new', value: { unit, criterion } }] : []

/** One line for each paper received for a cell; with a button for the Command Board to withdraw it. */
export const paperBlocks = (actor: Actor, papers: readonly RecordedPaper[], timeZone: string): Block[] =>
  papers.map((p): Block => {
    const text = t.line(p.receivedOn, p.byName, showInstant(p.at, timeZone))
    if (!may(actor, 'paper.record')) return block.text(text)
    const value = { unit: p.unitId, criterion: p.criterion, on: p.receivedOn }
    const ask = { title: t.undo, text: t.undoAsk(p.criterion, p.receivedOn), yes: t.undo, no: common.cancel }
    return block.item(text, [{ label: t.undo, action: 'paper.undo', value, ask }])
  })
