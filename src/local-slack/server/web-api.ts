/** The Web API over HTTP: checks the token, calls the method, injects faults, and records every call. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { JsonObject } from '../json.js'
import { METHODS } from '../methods/index.js'
import { failure, ok } from '../methods/method.js'
import { trackActivity, type Workspace } from '../state/workspace.js'
import type { CallFault, FaultInjection } from './fault-injection.js'
import { parseArgs, readBody, send } from './http.js'

/** Errors that only a bug in the bot can cause; each is recorded as a violation. */
const BOT_MISTAKES = new Set([
  'not_authed',
  'invalid_auth',
  'unknown_method',
  'invalid_json',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'missing_scope',
  'invalid_arguments',
  'invalid_blocks',
  'view_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_trigger_id',
  'exchanged_trigger_id',
  'expired_trigger_id',
  'push_limit_reached',
  'duplicate_external_ids',
])

function callMethod(
  workspace: Workspace,
  method: string,
  token: string | undefined,
  args: JsonObject,
  socketUrl: () => string,
): JsonObject {
  if (!token) return failure('not_authed')
  if (method === 'apps.connections.open')
    return token === workspace.appToken ? ok({ url: socketUrl() }) : failure('invalid_auth')
  if (token !== workspace.botToken) return failure('invalid_auth')
  const handle = METHODS[method]
  return handle ? handle(workspace, args) : failure('unknown_method')
}

function record(workspace: Workspace, method: string, args: JsonObject, result: JsonObject) {
  const { token: _, ...withoutToken } = args
  workspace.calls.push({ method, args: withoutToken, at: workspace.now(), result })
  const error = String(result.error)
  if (result.ok === true || !BOT_MISTAKES.has(error)) return
  const messages = (result.response_metadata as { messages?: string[] } | undefined)?.messages ?? []
  workspace.violations.push({ where: method, error, messages, payload: withoutToken })
}

/** Answers with the fault; false when the fault leaves the answer to the method. */
function answerWithFault(
  workspace: Workspace,
  method: string,
  args: JsonObject,
  fault: CallFault,
  response: ServerResponse,
): boolean {
  const answer = (status: number, body: unknown, headers?: Record<string, string>) => {
    workspace.calls.push({
      method,
      args,
      at: workspace.now(),
      result: { ok: false, fault: status, error: fault.error },
    })
    send(response, status, body, headers)
    return true
  }
  if (fault.retryAfter !== undefined)
    return answer(429, failure('ratelimited'), { 'retry-after': String(fault.retryAfter) })
  if (fault.status !== undefined) return answer(fault.status, 'fault')
  return fault.error !== undefined && answer(200, failure(fault.error))
}

export function createWebApi(workspace: Workspace, faults: FaultInjection, socketUrl: () => string) {
  return async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const method = path.replace(/^\/api\//, '')
    const body = (await readBody(request)).toString('utf8')
    const { args, error } = parseArgs(request.headers['content-type'] ?? '', body)
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://local').searchParams)
    const given = { ...query, ...args }
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const fault = faults.take(method, given)
    if (fault?.hang) return
    await fault?.after
    await trackActivity(workspace, async () => {
      if (fault?.delayMs) await wait(fault.delayMs)
      if (fault && answerWithFault(workspace, method, given, fault, response)) return
      const token = bearer ?? (typeof given.token === 'string' ? given.token : undefined)
      const result = error ? failure(error) : callMethod(workspace, method, token, given, socketUrl)
      record(workspace, method, given, result)
      if (fault?.dropAfter) return void request.socket.destroy()
      send(response, 200, result)
    })
  }
}
