/** A method of the Web API: from its arguments to the body of its response. */
import type { JsonObject } from '../json.js'
import type { Workspace } from '../state/workspace.js'
import type { Refusal } from '../validate/view.js'

export type Method = (workspace: Workspace, args: JsonObject) => JsonObject

export const failure = (error: string, messages: string[] = []): JsonObject => ({
  ok: false,
  error,
  ...(messages.length > 0
    ? { errors: messages.map((one) => one.replace('[ERROR] ', '')), response_metadata: { messages } }
    : {}),
})

export const refused = ({ error, messages }: Refusal): JsonObject => failure(error, messages)
export const ok = (rest: JsonObject = {}): JsonObject => ({ ok: true, ...rest })

export const missingArgument = (name: string): JsonObject =>
  failure('invalid_arguments', [`[ERROR] missing required field: ${name} [json-pointer:/]`])
