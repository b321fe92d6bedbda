import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import type { Card, Field, Form, Page } from '../../commands/ui.js'
import { vi } from '../../text/vi.js'
import { slackLimits as max } from '../limits.js'
import { actions, plain, slackBlocks, texts } from './blocks.js'
import { escapeText } from './mrkdwn.js'

/** The part that `chat.postMessage`, `chat.update` and the body of a response share. */
export interface SlackMessage {
  text: string
  blocks: KnownBlock[]
}

const rendered = new WeakMap<Card, SlackMessage>()

/** A card as a message. Cached, since cards are immutable and some are shown again. */
export function message(card: Card): SlackMessage {
  let it = rendered.get(card)
  if (!it) {
    it = { text: escapeText(card.summary), blocks: slackBlocks(card.blocks, 'message') }
    rendered.set(card, it)
  }
  return it
}

export const home = (card: Card): HomeView => ({ type: 'home', blocks: slackBlocks(card.blocks, 'view') })

export const page = (p: Page): ModalView => ({
  type: 'modal',
  callback_id: 'page',
  title: plain(p.title, max.viewTitle),
  close: plain(vi.common.close, max.viewTitle),
  blocks: slackBlocks(p.blocks, 'view'),
})

/**
 * A suffix of block ids. When a view is replaced, Slack keeps the input of each block whose id is in the new view too
 * and ignores its initial value (docs.slack.dev, views.update, "Preserving input entry"). So a form that is shown again
 * keeps its mark, and a form that replaces another has a different one.
 */
export type Mark = '' | '~'
export const withoutMark = (blockId: string): string => (blockId.endsWith('~') ? blockId.slice(0, -1) : blockId)

/** A form as a modal. The id of a block is that of its field, which faults refer to. */
export const form = (f: Form, mark: Mark = ''): ModalView => ({
  type: 'modal',
  callback_id: f.id,
  title: plain(f.title, max.viewTitle),
  submit: plain(f.submit, max.viewTitle),
  close: plain(vi.common.cancel, max.viewTitle),
  private_metadata: JSON.stringify(f.hidden ?? {}),
  ...(f.autosave ? { notify_on_close: true } : {}),
  blocks: f.fields.flatMap((one) => field(one, f.autosave ?? false, mark)),
})

function field(f: Field, autosave: boolean, mark: Mark): KnownBlock[] {
  if (f.kind === 'note') return texts(f.text).map((text) => ({ type: 'section', text }))
  if (f.kind === 'buttons') return actions(f.buttons)
  const input: KnownBlock = {
    type: 'input',
    block_id: `${f.id}${mark}`,
    label: plain(f.label, max.inputLabel),
    optional: f.optional ?? false,
    ...(f.hint ? { hint: plain(f.hint, max.inputLabel) } : {}),
    // A file_input sends no actions.
    ...(autosave && f.kind !== 'files' ? { dispatch_action: true } : {}),
    element: element(f, autosave),
  }
  return [input]
}

/** By default a text field sends an action only when Enter is pressed. */
const onEachCharacter = { dispatch_action_config: { trigger_actions_on: ['on_character_entered' as const] } }

function element(f: Exclude<Field, { kind: 'note' | 'buttons' }>, autosave: boolean) {
  const dispatch = autosave ? onEachCharacter : {}
  const placeholder = f.placeholder ? { placeholder: plain(f.placeholder, max.placeholder) } : {}
  switch (f.kind) {
    case 'text':
      return {
        type: 'plain_text_input' as const,
        action_id: 'value',
        multiline: f.multiline ?? false,
        max_length: Math.min(max.inputText, f.max),
        ...(f.value ? { initial_value: f.value.slice(0, Math.min(max.inputText, f.max)) } : {}),
        ...placeholder,
        ...dispatch,
      }
    case 'number':
      return {
        type: 'number_input' as const,
        action_id: 'value',
        is_decimal_allowed: true,
        min_value: '0',
        ...(f.value ? { initial_value: f.value } : {}),
        ...placeholder,
        ...dispatch,
      }
    case 'date':
      return {
        type: 'datepicker' as const,
        action_id: 'value',
        ...(f.value ? { initial_date: f.value } : {}),
        ...placeholder,
      }
    case 'files':
      return { type: 'file_input' as const, action_id: 'value', filetypes: [...f.types], max_files: f.max }
    case 'choice':
      return { type: 'static_select' as const, action_id: 'value', ...choice(f), ...placeholder }
    case 'checks':
      return { type: 'checkboxes' as const, action_id: 'value', ...checks(f) }
  }
}

function checks(f: Extract<Field, { kind: 'checks' }>) {
  const options = f.options.slice(0, max.checkboxes).map((o) => ({
    text: plain(o.label, max.optionLabel),
    value: o.value,
    ...(o.note ? { description: plain(o.note, max.optionLabel) } : {}),
  }))
  const ticked = options.filter((o) => f.values.includes(o.value))
  return { options, ...(ticked.length > 0 ? { initial_options: ticked } : {}) }
}

function choice(f: Extract<Field, { kind: 'choice' }>) {
  const option = (o: { value: string; label: string }) => ({ text: plain(o.label, max.optionLabel), value: o.value })
  const groups = f.groups.slice(0, max.options).map((g) => ({
    label: plain(g.label, max.optionLabel),
    options: g.options.slice(0, max.options).map(option),
  }))
  const chosen = f.groups.flatMap((g) => g.options).find((o) => o.value === f.value)
  const initial = chosen ? { initial_option: option(chosen) } : {}
  return groups.length === 1 && groups[0]
    ? { options: groups[0].options, ...initial }
    : { option_groups: groups, ...initial }
}
