/** response_url: five uses within thirty minutes. https://docs.slack.dev/interactivity/handling-user-interaction */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isJsonObject, type JsonObject, parseJson } from '../json.js'
import { isPictureIn } from '../state/files.js'
import { change, find, remove } from '../state/messages.js'
import { LIFETIME_MS, sayAnswer } from '../state/response-urls.js'
import type { ResponseUrl, Workspace } from '../state/workspace.js'
import { trackActivity } from '../state/workspace.js'
import { refuseMessageAnswer } from '../validate/answer.js'
import { readBody, send } from './http.js'

const MAX_USES = 5
function use(workspace: Workspace, target: ResponseUrl, body: JsonObject): { status: number; body: unknown } {
  const original = find(workspace, target.channel, target.messageTs)
  if (body.delete_original === true) {
    if (original) remove(workspace, original)
  } else if (body.replace_original === true && original) change(workspace, original, body)
  else {
    const said = sayAnswer(workspace, target, body)
    if (!target.messageTs) target.messageTs = said.ts
  }
  return { status: 200, body: 'ok' }
}

function refuse(
  workspace: Workspace,
  target: ResponseUrl | undefined,
  body: unknown,
): { status: number; body: unknown } | undefined {
  if (!target) return { status: 404, body: { ok: false, error: 'invalid_url' } }
  const late = workspace.now().getTime() - target.issued > LIFETIME_MS
  const refusal = isJsonObject(body)
    ? refuseMessageAnswer(body, isPictureIn(workspace))
    : { error: 'invalid_payload', messages: [] }
  const error = late ? 'expired_url' : ++target.uses > MAX_USES ? 'used_url' : refusal?.error
  if (!error) return undefined
  workspace.violations.push({ where: 'response_url', error, messages: refusal?.messages ?? [], payload: body })
  return { status: late || target.uses > MAX_USES ? 404 : 400, body: { ok: false, error } }
}

export async function serveResponseUrl(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) {
  const body = parseJson((await readBody(request)).toString('utf8'))
  await trackActivity(workspace, async () => {
    const target = workspace.responseUrls.get(path.replace(/^\/respond\//, ''))
    const result = refuse(workspace, target, body) ?? use(workspace, target as ResponseUrl, body as JsonObject)
    workspace.calls.push({
      method: 'response_url',
      args: isJsonObject(body) ? body : {},
      at: workspace.now(),
      result: { ok: result.status === 200 },
    })
    send(response, result.status, result.body)
  })
}
