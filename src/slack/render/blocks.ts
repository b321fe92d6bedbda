import type { ActionsBlock, DataTableBlock, KnownBlock, Button as SlackButton, StaticSelect } from '@slack/types'
import type { Block, Button, Select } from '../../commands/ui.js'
import { clip } from '../../text/index.js'
import type { Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { slackLimits as max } from '../limits.js'
import { overflow } from './menu.js'
import { escapeText, mrkdwn, needsPlain, parts, quote } from './mrkdwn.js'

/** `verbatim`: Slack does not turn names of channels, people or addresses in users' texts into links. */
const text = (value: string) => ({ type: 'mrkdwn' as const, text: value, verbatim: true })
export const plain = (value: string, length: number) => ({
  type: 'plain_text' as const,
  text: clip(value, length) || '–',
  // Only where a text names one: Slack would draw it.
  ...(/:[\w+'-]+:/.test(value) ? { emoji: false } : {}),
})

/** A rich text in as many text objects as it needs; without formatting of ours as plain text, which formats nothing. */
export function texts(rich: Rich): ReturnType<typeof text | typeof plain>[] {
  const only = needsPlain(rich)
  return only === undefined
    ? parts(mrkdwn(rich), max.section).map(text)
    : parts(only, max.section, false).map((part) => plain(part, max.section))
}

function button(b: Button, nth: number): SlackButton {
  return {
    type: 'button',
    // An action_id must be unique within its block, where several buttons may have the same action.
    action_id: nth === 0 ? b.action : `${b.action}#${nth}`,
    text: plain(b.label, max.buttonLabel),
    ...(b.value === undefined ? {} : { value: JSON.stringify(b.value) }),
    ...(b.style ? { style: b.style } : {}),
    ...(b.ask
      ? {
          confirm: {
            title: plain(b.ask.title, max.confirm.title),
            text: plain(b.ask.text, max.confirm.text),
            confirm: plain(b.ask.yes, max.confirm.button),
            deny: plain(b.ask.no, max.confirm.button),
          },
        }
      : {}),
  }
}

export function actions(buttons: readonly Button[]): ActionsBlock[] {
  const out: ActionsBlock[] = []
  for (let i = 0; i < buttons.length; i += max.actions)
    out.push({ type: 'actions', elements: buttons.slice(i, i + max.actions).map(button) })
  return out
}

function select(s: Select, nth: number): StaticSelect {
  const options = s.options
    .slice(0, max.options)
    .map((o) => ({ text: plain(o.label, max.optionLabel), value: JSON.stringify(o.value) }))
  const initial = options[s.chosen ?? -1]
  return {
    type: 'static_select',
    action_id: nth === 0 ? s.action : `${s.action}#${nth}`,
    placeholder: plain(s.placeholder, max.placeholder),
    options,
    ...(initial ? { initial_option: initial } : {}),
  }
}

const sections = (value: string): KnownBlock[] =>
  parts(value, max.section).map((part) => ({ type: 'section', text: text(part) }))

function table(block: Extract<Block, { kind: 'table' }>): DataTableBlock {
  const cell = (value: string | number) =>
    typeof value === 'number'
      ? { type: 'raw_number' as const, value, text: String(value) }
      : { type: 'raw_text' as const, text: value || '–' }
  return {
    type: 'data_table',
    caption: block.caption,
    page_size: Math.min(max.tableRows, Math.max(1, block.rows.length)),
    rows: [block.columns.map((c) => cell(c.label)), ...block.rows.slice(0, max.tableRows).map((row) => row.map(cell))],
  }
}

/** A table in a view, where Slack renders no tables: one line for each row, its first cell above it. */
function lines({ columns, rows }: Extract<Block, { kind: 'table' }>): KnownBlock[] {
  const line = (row: readonly (string | number)[]) => {
    const rest = row.slice(1).map((cell, i) => escapeText(`${columns[i + 1]?.label ?? ''}: ${cell}`))
    return `${mrkdwn({ bold: String(row[0] ?? '') })}\n${rest.join(' · ')}`
  }
  return sections(rows.map(line).join('\n'))
}

function one(block: Block, inView: boolean): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'header', text: plain(block.text, max.header) }]
    case 'text':
      return texts(block.text).map((part) => ({ type: 'section', text: part }))
    case 'quote':
      return sections(quote(block.text))
    case 'note':
      return texts(block.text).map((part) => ({ type: 'context', elements: [part] }))
    case 'row': {
      const menu = block.buttons.length > 1 ? overflow(block.buttons) : undefined
      if (menu) return [{ type: 'section', text: texts(block.text)[0] ?? text('–'), accessory: menu }]
      return one({ ...block, kind: 'item' }, inView)
    }
    case 'item': {
      const [only, second] = block.buttons
      if (only && !second)
        return [{ type: 'section', text: texts(block.text)[0] ?? text('–'), accessory: button(only, 0) }]
      return [...texts(block.text).map((part) => ({ type: 'section' as const, text: part })), ...actions(block.buttons)]
    }
    case 'buttons':
      return actions(block.buttons)
    case 'choices':
      return [{ type: 'actions', elements: [...block.selects.map(select), ...(block.buttons ?? []).map(button)] }]
    case 'table':
      return inView ? lines(block) : [table(block)]
    case 'divider':
      return [{ type: 'divider' }]
  }
}

/** Renders blocks for a message or a view. If they are too many, the last block says that the rest was cut. */
export function slackBlocks(blocks: readonly Block[], place: 'message' | 'view'): KnownBlock[] {
  const atMost = place === 'view' ? max.viewBlocks : max.messageBlocks
  const out = blocks.flatMap((block) => one(block, place === 'view'))
  if (out.length <= atMost) return out
  return [...out.slice(0, atMost - 1), { type: 'context', elements: [text(escapeText(vi.common.cut))] }]
}
