/** Block elements: https://docs.slack.dev/reference/block-kit/block-elements */
import {
  all,
  boolean,
  byType,
  type Check,
  fault,
  integer,
  list,
  matching,
  may,
  need,
  number,
  type Obj,
  oneOf,
  shape,
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

const id = may(string(255))
const focus = may(boolean)
const placeholder = may(plain(150))
const ask = may(confirm)
const date = matching(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as YYYY-MM-DD')
const time = matching(/^\d{2}:\d{2}$/, 'must be a time as HH:mm')
const names = list(string(255), 1, 100)
const common = { action_id: id, focus_on_load: focus, placeholder }
const choice = { ...common, confirm: ask }
const many = { ...choice, max_selected_items: may(integer(1)) }
const typed = { ...common, dispatch_action_config: may(dispatchConfig) }

const exactlyOneList = (element: Obj, at: string, context: Parameters<Check>[2]) => {
  if ((element.options === undefined) === (element.option_groups === undefined))
    fault(context, at, 'must define either options or option_groups')
  initialAmongOptions(element, at, context)
}

const lists = { options: may(list(option('plain'), 1, 100)), option_groups: may(list(optionGroup, 1, 100)) }
const initialOption = { initial_option: may(option('plain')) }
const initialOptions = { initial_options: may(list(option('plain'), 1, 100)) }

const choices = (max: number, initial: object) =>
  shape(
    { action_id: id, focus_on_load: focus, confirm: ask, options: need(list(option('any'), 1, max)), ...initial },
    initialAmongOptions,
  )

export const image = shape(
  { alt_text: need(string(2000)), image_url: may(imageUrl), slack_file: may(slackFile) },
  (value, at, context) => {
    if ((value.image_url === undefined) === (value.slack_file === undefined))
      fault(context, at, 'must define either image_url or slack_file')
  },
)

const button = shape({
  action_id: id,
  text: need(plain(75)),
  value: may(string(2000)),
  url: may(url()),
  style: may(oneOf('primary', 'danger')),
  accessibility_label: may(string(75)),
  confirm: ask,
})

const lengths = (value: Obj, at: string, context: Parameters<Check>[2]) => {
  const { min_length: least, max_length: most, initial_value: initial } = value
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    fault(context, at, 'min_length must not exceed max_length')
  if (typeof most === 'number' && typeof initial === 'string' && initial.length > most)
    fault(context, `${at}/initial_value`, `must be less than ${most + 1} characters`)
}

export const ELEMENTS: Record<string, Check> = {
  button,
  image,
  checkboxes: choices(10, { initial_options: may(list(option('any'), 1, 10)) }),
  radio_buttons: choices(10, { initial_option: may(option('any')) }),
  overflow: shape({ action_id: id, confirm: ask, options: need(list(option('plain', 'url'), 1, 5)) }),
  datepicker: shape({ ...choice, initial_date: may(date) }),
  timepicker: shape({ ...choice, initial_time: may(time), timezone: may(string(255)) }),
  datetimepicker: shape({
    action_id: id,
    focus_on_load: focus,
    confirm: ask,
    initial_date_time: may(number(1e9, 1e10)),
  }),
  static_select: shape({ ...choice, ...lists, ...initialOption }, exactlyOneList),
  multi_static_select: shape({ ...many, ...lists, ...initialOptions }, exactlyOneList),
  external_select: shape({ ...choice, ...initialOption, min_query_length: may(number(0)) }),
  multi_external_select: shape({ ...many, ...initialOptions, min_query_length: may(number(0)) }),
  users_select: shape({ ...choice, initial_user: may(string(255)) }),
  multi_users_select: shape({ ...many, initial_users: may(names) }),
  channels_select: shape({ ...choice, initial_channel: may(string(255)), response_url_enabled: may(boolean) }),
  multi_channels_select: shape({ ...many, initial_channels: may(names) }),
  conversations_select: shape({
    ...choice,
    initial_conversation: may(string(255)),
    default_to_current_conversation: may(boolean),
    response_url_enabled: may(boolean),
    filter: may(filter),
  }),
  multi_conversations_select: shape({
    ...many,
    initial_conversations: may(names),
    default_to_current_conversation: may(boolean),
    filter: may(filter),
  }),
  plain_text_input: shape(
    {
      ...typed,
      initial_value: may(string(3000, 0)),
      multiline: may(boolean),
      min_length: may(integer(0, 3000)),
      max_length: may(integer(1, 3000)),
    },
    lengths,
  ),
  email_text_input: shape({ ...typed, initial_value: may(string(3000, 0)) }),
  url_text_input: shape({ ...typed, initial_value: may(string(3000, 0)) }),
  number_input: shape({
    ...typed,
    is_decimal_allowed: need(boolean),
    initial_value: may(string(3000, 0)),
    min_value: may(string(255)),
    max_value: may(string(255)),
  }),
  rich_text_input: shape({ ...typed, initial_value: may(richText) }),
  file_input: shape({ action_id: id, filetypes: may(list(string(32), 1, 100)), max_files: may(integer(1, 10)) }),
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
