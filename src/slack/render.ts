import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import type { Card, Field, Form, Page } from '../commands/ui.js'
import { vi } from '../text/vi.js'
import { plain, slackBlocks } from './blocks.js'
import { escapeText, mrkdwn } from './mrkdwn.js'

const MESSAGE_BLOCKS = 50
const VIEW_BLOCKS = 100
const TITLE = 24

/** What `chat.postMessage`, `chat.update` and a response body share. */
export interface SlackMessage {
  text: string
  blocks: KnownBlock[]
}

const drawn = new WeakMap<Card, SlackMessage>()

/** A card never changes, so that one which is shown again is drawn once. */
export function message(card: Card): SlackMessage {
  let it = drawn.get(card)
  if (!it) {
    it = { text: escapeText(card.summary), blocks: slackBlocks(card.blocks, MESSAGE_BLOCKS) }
    drawn.set(card, it)
  }
  return it
}

export const home = (card: Card): HomeView => ({ type: 'home', blocks: slackBlocks(card.blocks, VIEW_BLOCKS, true) })

export const page = (p: Page): ModalView => ({
  type: 'modal',
  callback_id: 'page',
  title: plain(p.title, TITLE),
  close: plain(vi.common.close, TITLE),
  blocks: slackBlocks(p.blocks, VIEW_BLOCKS, true),
})

/** A form as a modal: the field's id is its block's, so that faults find their way back. */
export const form = (f: Form): ModalView => ({
  type: 'modal',
  callback_id: f.id,
  title: plain(f.title, TITLE),
  submit: plain(f.submit, TITLE),
  close: plain(vi.common.cancel, TITLE),
  private_metadata: JSON.stringify(f.hidden ?? {}),
  blocks: f.fields.map(field),
})

function field(f: Field): KnownBlock {
  if (f.kind === 'note') return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn(f.text), verbatim: true } }
  return {
    type: 'input',
    block_id: f.id,
    label: plain(f.label, 2000),
    optional: f.optional ?? false,
    ...(f.hint ? { hint: plain(f.hint, 2000) } : {}),
    element: element(f),
  }
}

function element(f: Exclude<Field, { kind: 'note' }>) {
  const placeholder = f.placeholder ? { placeholder: plain(f.placeholder, 150) } : {}
  switch (f.kind) {
    case 'text':
      return {
        type: 'plain_text_input' as const,
        action_id: 'value',
        multiline: f.multiline ?? false,
        max_length: Math.min(3000, f.max),
        ...(f.value ? { initial_value: f.value.slice(0, Math.min(3000, f.max)) } : {}),
        ...placeholder,
      }
    case 'number':
      return {
        type: 'number_input' as const,
        action_id: 'value',
        is_decimal_allowed: true,
        min_value: '0',
        ...(f.value ? { initial_value: f.value } : {}),
        ...placeholder,
      }
    case 'date':
      return {
        type: 'datepicker' as const,
        action_id: 'value',
        ...(f.value ? { initial_date: f.value } : {}),
        ...placeholder,
      }
    case 'choice':
      return { type: 'static_select' as const, action_id: 'value', ...choice(f), ...placeholder }
  }
}

function choice(f: Extract<Field, { kind: 'choice' }>) {
  const option = (o: { value: string; label: string }) => ({ text: plain(o.label, 75), value: o.value })
  const groups = f.groups.slice(0, 100).map((g) => ({
    label: plain(g.label, 75),
    options: g.options.slice(0, 100).map(option),
  }))
  const chosen = f.groups.flatMap((g) => g.options).find((o) => o.value === f.value)
  const initial = chosen ? { initial_option: option(chosen) } : {}
  return groups.length === 1 && groups[0]
    ? { options: groups[0].options, ...initial }
    : { option_groups: groups, ...initial }
}
