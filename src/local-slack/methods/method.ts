/** One method of the Web API: arguments in, the body of the answer out. */

import type { World } from '../state/workspace.js'
import type { Obj } from '../validate/check.js'
import type { Refusal } from '../validate/view.js'

export type Method = (world: World, args: Obj) => Obj

export const no = (error: string, messages: string[] = []): Obj => ({
  ok: false,
  error,
  ...(messages.length > 0
    ? { errors: messages.map((one) => one.replace('[ERROR] ', '')), response_metadata: { messages } }
    : {}),
})

export const refused = ({ error, messages }: Refusal): Obj => no(error, messages)
export const yes = (rest: Obj = {}): Obj => ({ ok: true, ...rest })

export const missing = (name: string): Obj =>
  no('invalid_arguments', [`[ERROR] missing required field: ${name} [json-pointer:/]`])
