/** Views: https://docs.slack.dev/reference/views */

import { isJsonObject, objectsIn } from '../json.js'
import { blockErrors } from './blocks.js'
import {
  addError,
  boolean,
  type Check,
  type CheckContext,
  type IsPicture,
  object,
  oneOf,
  optional,
  required,
  string,
} from './check.js'
import { plain } from './objects.js'

const MAX_VIEW_BYTES = 250_000

const anything: Check = () => {}

const shared = {
  type: required(oneOf('modal', 'home')),
  blocks: required(anything),
  private_metadata: optional(string(3000, 0)),
  callback_id: optional(string(255, 0)),
  external_id: optional(string(255, 0)),
}

const home = object(shared)
const modal = object({
  ...shared,
  title: required(plain(24)),
  submit: optional(plain(24)),
  close: optional(plain(24)),
  clear_on_close: optional(boolean),
  notify_on_close: optional(boolean),
  submit_disabled: optional(boolean),
})

export interface Refusal {
  error: string
  messages: string[]
}

/** Why Slack would refuse this view; undefined when it would accept it. */
export function refuseView(view: unknown, kind: 'modal' | 'home', isPicture?: IsPicture): Refusal | undefined {
  if (!isJsonObject(view)) return { error: 'invalid_arguments', messages: ['[ERROR] missing required field: view'] }
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES) return { error: 'view_too_large', messages: [] }
  const context: CheckContext = { surface: kind, errors: [] }
  if (view.type !== kind) addError(context, '/view/type', `must be ${kind}`)
  ;(kind === 'home' ? home : modal)(view, '/view', context)
  const { blocks, submit } = view
  const hasInput = objectsIn(blocks).some((one) => one.type === 'input')
  if (kind === 'modal' && hasInput && submit === undefined)
    addError(context, '/view', 'missing required field: submit, as there is an input block')
  if (blocks !== undefined) context.errors.push(...blockErrors(blocks, kind, '/view/blocks', isPicture))
  return context.errors.length > 0 ? { error: 'invalid_arguments', messages: context.errors } : undefined
}
