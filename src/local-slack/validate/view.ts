/** Views: https://docs.slack.dev/reference/views */
import { blockFaults } from './blocks.js'
import {
  boolean,
  type Check,
  type Context,
  fault,
  type IsPicture,
  isObj,
  may,
  need,
  oneOf,
  shape,
  string,
} from './check.js'
import { plain } from './objects.js'

export const MAX_VIEW_BYTES = 250_000

const anything: Check = () => {}

const shared = {
  type: need(oneOf('modal', 'home')),
  blocks: need(anything),
  private_metadata: may(string(3000, 0)),
  callback_id: may(string(255, 0)),
  external_id: may(string(255, 0)),
}

const home = shape(shared)
const modal = shape({
  ...shared,
  title: need(plain(24)),
  submit: may(plain(24)),
  close: may(plain(24)),
  clear_on_close: may(boolean),
  notify_on_close: may(boolean),
  submit_disabled: may(boolean),
})

export interface Refusal {
  error: string
  messages: string[]
}

/** Why Slack would refuse this view; undefined when it would take it. */
export function refuseView(view: unknown, kind: 'modal' | 'home', isPicture?: IsPicture): Refusal | undefined {
  if (!isObj(view)) return { error: 'invalid_arguments', messages: ['[ERROR] missing required field: view'] }
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES) return { error: 'view_too_large', messages: [] }
  const context: Context = { surface: kind, faults: [] }
  if (view.type !== kind) fault(context, '/view/type', `must be ${kind}`)
  ;(kind === 'home' ? home : modal)(view, '/view', context)
  const { blocks, submit } = view
  const inputs = Array.isArray(blocks) && blocks.some((one) => isObj(one) && one.type === 'input')
  if (kind === 'modal' && inputs && submit === undefined)
    fault(context, '/view', 'missing required field: submit, as there is an input block')
  if (blocks !== undefined) context.faults.push(...blockFaults(blocks, kind, '/view/blocks', isPicture))
  return context.faults.length > 0 ? { error: 'invalid_arguments', messages: context.faults } : undefined
}
