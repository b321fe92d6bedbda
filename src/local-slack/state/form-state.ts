/** The values of form fields: `state.values` as Slack sends it, starting from the initial values of the blocks. */

import { isJsonObject, type JsonObject } from '../json.js'
import { elementsOf } from '../validate/blocks.js'
import { optionsOf } from '../validate/objects.js'

export type StateValue = JsonObject & { type: string }

/** Entered values by `fieldKey`. */
export type Changes = Record<string, StateValue>

/** What a test or the page enters into a field: text, an option's text or value, or a list of these. */
export type FieldEntry = string | number | null | string[] | JsonObject[]

/** element type → [key in the state, key of the initial value in the block, value when nothing is entered] */
const KEYS: Record<string, [string, string, unknown]> = {
  plain_text_input: ['value', 'initial_value', null],
  email_text_input: ['value', 'initial_value', null],
  url_text_input: ['value', 'initial_value', null],
  number_input: ['value', 'initial_value', null],
  rich_text_input: ['rich_text_value', 'initial_value', undefined],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  users_select: ['selected_user', 'initial_user', null],
  multi_users_select: ['selected_users', 'initial_users', []],
  channels_select: ['selected_channel', 'initial_channel', null],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
  checkboxes: ['selected_options', 'initial_options', []],
  radio_buttons: ['selected_option', 'initial_option', null],
  file_input: ['files', 'initial_files', []],
}

export const keyOf = (element: JsonObject) => KEYS[String(element.type)]?.[0]
export const holdsValue = (element: JsonObject) => keyOf(element) !== undefined
export const fieldKey = (block: JsonObject, element: JsonObject) => `${block.block_id}\n${element.action_id}`

function initialValue(element: JsonObject): StateValue {
  const [key, initialKey, empty] = KEYS[String(element.type)] as [string, string, unknown]
  return { type: String(element.type), [key]: element[initialKey] ?? empty }
}

export const currentValue = (block: JsonObject, element: JsonObject, changes: Changes): StateValue =>
  changes[fieldKey(block, element)] ?? initialValue(element)

export function stateOf(blocks: JsonObject[], changes: Changes) {
  const values: Record<string, Record<string, StateValue>> = {}
  for (const block of blocks)
    for (const element of elementsOf(block).filter(holdsValue)) {
      const id = String(block.block_id)
      values[id] = { ...values[id], [String(element.action_id)]: currentValue(block, element, changes) }
    }
  return { values }
}

const optionText = (option: JsonObject) => (isJsonObject(option.text) ? option.text.text : undefined)

function matchingOption(element: JsonObject, entry: unknown): JsonObject {
  const offered = optionsOf(element)
  const found =
    offered.find((option) => option.value === entry) ??
    offered.find((option) => optionText(option) === entry) ??
    offered.find((option) => typeof entry === 'string' && String(optionText(option)).includes(entry))
  if (found) return found
  throw new Error(`No option "${String(entry)}". Offered: ${offered.map(optionText).join(' | ') || 'none'}`)
}

/** The state of an element after this entry. Throws when the element cannot hold it, e.g. an option it does not offer. */
export function valueAfterEntry(element: JsonObject, entry: FieldEntry): StateValue {
  const key = keyOf(element)
  if (!key) throw new Error(`Nothing can be entered into a ${String(element.type)}`)
  const type = String(element.type)
  const entries = Array.isArray(entry) ? entry : entry === null ? [] : [entry]
  const most = key === 'files' ? (element.max_files ?? 10) : element.max_selected_items
  if (typeof most === 'number' && entries.length > most) throw new Error(`No more than ${most} fit into this ${type}`)
  if (key === 'files') return { type, files: entries.filter(isJsonObject) }
  if (key === 'selected_options') return { type, [key]: entries.map((one) => matchingOption(element, one)) }
  if (key === 'selected_option') return { type, [key]: entry === null ? null : matchingOption(element, entries[0]) }
  if (key.endsWith('s')) return { type, [key]: entries }
  if (key === 'selected_date_time') return { type, [key]: entry === null ? null : Number(entry) }
  return { type, [key]: entry === null || entry === '' ? null : String(entry) }
}

const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input']

/**
 * Whether an entry sends block_actions at once. Outside of input blocks every choice does. In an input block only with
 * `dispatch_action`; typed text then follows `dispatch_action_config` (default: when Enter is pressed).
 */
export function dispatchesAction(block: JsonObject, element: JsonObject, how: 'typed' | 'enter' = 'typed'): boolean {
  if (block.type !== 'input') return true
  if (block.dispatch_action !== true || element.type === 'file_input') return false
  if (!TYPED.includes(String(element.type))) return true
  const config = isJsonObject(element.dispatch_action_config)
    ? element.dispatch_action_config.trigger_actions_on
    : undefined
  const on = Array.isArray(config) ? config : ['on_enter_pressed']
  return on.includes(how === 'enter' ? 'on_enter_pressed' : 'on_character_entered')
}

const isEmpty = (value: StateValue) =>
  Object.entries(value).every(
    ([key, one]) => key === 'type' || one === null || one === undefined || (Array.isArray(one) && one.length === 0),
  )

/** Why the Slack client would not submit this field; the codes are the local Slack's own. */
export type FieldError =
  | 'required'
  | 'too_short'
  | 'too_long'
  | 'not_an_email'
  | 'not_a_url'
  | 'not_a_number'
  | 'out_of_range'

function numberError(element: JsonObject, text: string): FieldError | undefined {
  const pattern = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/
  if (!pattern.test(text)) return 'not_a_number'
  const { min_value: min, max_value: max } = element
  const isOutside =
    (min !== undefined && Number(text) < Number(min)) || (max !== undefined && Number(text) > Number(max))
  return isOutside ? 'out_of_range' : undefined
}

function textError(element: JsonObject, text: string): FieldError | undefined {
  if (typeof element.min_length === 'number' && text.length < element.min_length) return 'too_short'
  if (text.length > (typeof element.max_length === 'number' ? element.max_length : 3000)) return 'too_long'
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text)) return 'not_an_email'
  if (element.type === 'url_text_input' && !/^https?:\/\/\S+$/.test(text)) return 'not_a_url'
  return element.type === 'number_input' ? numberError(element, text) : undefined
}

/** What the Slack client checks before it submits a form: block_id → error. */
export function findClientErrors(blocks: JsonObject[], changes: Changes): Record<string, FieldError> {
  const errors: Record<string, FieldError> = {}
  for (const block of blocks) {
    const { element } = block
    if (block.type !== 'input' || !isJsonObject(element)) continue
    const value = currentValue(block, element, changes)
    const empty = isEmpty(value)
    const missing = empty && block.optional !== true ? 'required' : undefined
    const invalid = typeof value.value === 'string' ? textError(element, value.value) : undefined
    const error = missing ?? invalid
    if (error) errors[String(block.block_id)] = error
  }
  return errors
}
