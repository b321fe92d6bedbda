/** Block elements: https://docs.slack.dev/reference/block-kit/block-elements */

import type { JsonObject } from '../json.js'
import {
  addError,
  all,
  boolean,
  byType,
  type Check,
  type CheckContext,
  integer,
  list,
  matching,
  number,
  object,
  oneOf,
  optional,
  required,
  string,
} from './check.js'
import {
  confirm,
  dispatchConfig,
  filter,
  imageUrl,
  initialAmongOptions,
  option,
  optionGroup,
  plain,
  slackFile,
  text,
  url,
} from './objects.js'
import { richText } from './rich-text.js'

const id = optional(string(255))
const focus = optional(boolean)
const placeholder = optional(plain(150))
const confirmation = optional(confirm)
const date = matching(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as YYYY-MM-DD')
const time = matching(/^\d{2}:\d{2}$/, 'must be a time as HH:mm')
const names = list(string(255), 1, 100)
const common = { action_id: id, focus_on_load: focus, placeholder }
const choice = { ...common, confirm: confirmation }
const many = { ...choice, max_selected_items: optional(integer(1)) }
const typed = { ...common, dispatch_action_config: optional(dispatchConfig) }

const exactlyOneList = (element: JsonObject, at: string, context: CheckContext) => {
  if ((element.options === undefined) === (element.option_groups === undefined))
    addError(context, at, 'must define either options or option_groups')
  initialAmongOptions(element, at, context)
}

const lists = { options: optional(list(option('plain'), 1, 100)), option_groups: optional(list(optionGroup, 1, 100)) }
const initialOption = { initial_option: optional(option('plain')) }
const initialOptions = { initial_options: optional(list(option('plain'), 1, 100)) }

const choices = (max: number, initial: object) =>
  object(
    {
      action_id: id,
      focus_on_load: focus,
      confirm: confirmation,
      options: required(list(option('any'), 1, max)),
      ...initial,
    },
    initialAmongOptions,
  )

export const image = object(
  { alt_text: required(string(2000)), image_url: optional(imageUrl), slack_file: optional(slackFile) },
  (value, at, context) => {
    if ((value.image_url === undefined) === (value.slack_file === undefined))
      addError(context, at, 'must define either image_url or slack_file')
  },
)

const button = object({
  action_id: id,
  text: required(plain(75)),
  value: optional(string(2000)),
  url: optional(url()),
  style: optional(oneOf('primary', 'danger')),
  accessibility_label: optional(string(75)),
  confirm: confirmation,
})

const lengths = (value: JsonObject, at: string, context: CheckContext) => {
  const { min_length: least, max_length: most, initial_value: initial } = value
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    addError(context, at, 'min_length must not exceed max_length')
  if (typeof most === 'number' && typeof initial === 'string' && initial.length > most)
    addError(context, `${at}/initial_value`, `must be less than ${most + 1} characters`)
}

export const ELEMENTS: Record<string, Check> = {
  button,
  image,
  checkboxes: choices(10, { initial_options: optional(list(option('any'), 1, 10)) }),
  radio_buttons: choices(10, { initial_option: optional(option('any')) }),
  overflow: object({ action_id: id, confirm: confirmation, options: required(list(option('plain', 'url'), 1, 5)) }),
  datepicker: object({ ...choice, initial_date: optional(date) }),
  timepicker: object({ ...choice, initial_time: optional(time), timezone: optional(string(255)) }),
  datetimepicker: object({
    action_id: id,
    focus_on_load: focus,
    confirm: confirmation,
    initial_date_time: optional(number(1e9, 1e10)),
  }),
  static_select: object({ ...choice, ...lists, ...initialOption }, exactlyOneList),
  multi_static_select: object({ ...many, ...lists, ...initialOptions }, exactlyOneList),
  external_select: object({ ...choice, ...initialOption, min_query_length: optional(number(0)) }),
  multi_external_select: object({ ...many, ...initialOptions, min_query_length: optional(number(0)) }),
  users_select: object({ ...choice, initial_user: optional(string(255)) }),
  multi_users_select: object({ ...many, initial_users: optional(names) }),
  channels_select: object({
    ...choice,
    initial_channel: optional(string(255)),
    response_url_enabled: optional(boolean),
  }),
  multi_channels_select: object({ ...many, initial_channels: optional(names) }),
  conversations_select: object({
    ...choice,
    initial_conversation: optional(string(255)),
    default_to_current_conversation: optional(boolean),
    response_url_enabled: optional(boolean),
    filter: optional(filter),
  }),
  multi_conversations_select: object({
    ...many,
    initial_conversations: optional(names),
    default_to_current_conversation: optional(boolean),
    filter: optional(filter),
  }),
  plain_text_input: object(
    {
      ...typed,
      initial_value: optional(string(3000, 0)),
      multiline: optional(boolean),
      min_length: optional(integer(0, 3000)),
      max_length: optional(integer(1, 3000)),
    },
    lengths,
  ),
  email_text_input: object({ ...typed, initial_value: optional(string(3000, 0)) }),
  url_text_input: object({ ...typed, initial_value: optional(string(3000, 0)) }),
  number_input: object({
    ...typed,
    is_decimal_allowed: required(boolean),
    initial_value: optional(string(3000, 0)),
    min_value: optional(string(255)),
    max_value: optional(string(255)),
  }),
  rich_text_input: object({ ...typed, initial_value: optional(richText) }),
  file_input: object({
    action_id: id,
    filetypes: optional(list(string(32), 1, 100)),
    max_files: optional(integer(1, 10)),
  }),
}

const PICKS = [
  ...['static', 'external', 'users', 'conversations', 'channels'].flatMap((one) => [
    `${one}_select`,
    `multi_${one}_select`,
  ]),
  ...['checkboxes', 'radio_buttons', 'datepicker', 'timepicker'],
]

const MODAL_ONLY = ['file_input', 'number_input', 'email_text_input', 'url_text_input']
const ACTIONS = [...PICKS, 'button', 'overflow', 'datetimepicker', 'rich_text_input']
const ACCESSORIES = [...PICKS, 'button', 'overflow', 'image']
const INPUTS = [...PICKS, 'datetimepicker', 'plain_text_input', 'rich_text_input']

const inputElement = byType(
  ELEMENTS,
  ({ surface }) => (surface === 'modal' ? [...INPUTS, ...MODAL_ONLY] : INPUTS),
  'element of input',
)

export const actionElement = byType(ELEMENTS, () => ACTIONS, 'element of actions')
export const accessory = byType(ELEMENTS, () => ACCESSORIES, 'accessory of section')
export const input = all(inputElement)
export const contextElement = byType(
  { image, plain_text: text(3000), mrkdwn: text(3000) },
  () => ['image', 'plain_text', 'mrkdwn'],
  'element of context',
)
