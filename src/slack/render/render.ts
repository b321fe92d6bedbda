import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import type { Card, Field, Form, Page } from '../../commands/ui.js'
import { vi } from '../../text/vi.js'
import { slackLimits as max } from '../limits.js'
import { actions, plain, slackBlocks } from './blocks.js'
import { escapeText, mrkdwn } from './mrkdwn.js'

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
    it = { text: escapeText(card.summary), blocks: slackBlocks(card.blocks, 'message') }
    drawn.set(card, it)
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
 * Slack keeps what was typed wherever a new view has a block of the same id, whatever that block proposes
 * (docs.slack.dev, views.update, "Preserving input entry"). So a form that stands in for itself keeps its mark, and one
 * that takes another's place has another.
 */
export type Mark = '' | '~'
export const withoutMark = (blockId: string): string => (blockId.endsWith('~') ? blockId.slice(0, -1) : blockId)

/** A form as a modal: the field's id is its block's, so that faults find their way back. */
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
  if (f.kind === 'note') return [{ type: 'section', text: { type: 'mrkdwn', text: mrkdwn(f.text), verbatim: true } }]
  if (f.kind === 'buttons') return actions(f.buttons)
  const input: KnownBlock = {
    type: 'input',
    block_id: `${f.id}${mark}`,
    label: plain(f.label, max.inputLabel),
    optional: f.optional ?? false,
    ...(f.hint ? { hint: plain(f.hint, max.inputLabel) } : {}),
    // A field for files tells nothing while it is filled in.
    ...(autosave && f.kind !== 'files' ? { dispatch_action: true } : {}),
    element: element(f, autosave),
  }
  return [input]
}

/** Without it a text is told when the enter key is pressed. */
const atEachSign = { dispatch_action_config: { trigger_actions_on: ['on_character_entered' as const] } }

function element(f: Exclude<Field, { kind: 'note' | 'buttons' }>, autosave: boolean) {
  const told = autosave ? atEachSign : {}
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
        ...told,
      }
    case 'number':
      return {
        type: 'number_input' as const,
        action_id: 'value',
        is_decimal_allowed: true,
        min_value: '0',
        ...(f.value ? { initial_value: f.value } : {}),
        ...placeholder,
        ...told,
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
