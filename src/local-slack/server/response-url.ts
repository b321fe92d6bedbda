/** The endpoint behind a response_url. https://docs.slack.dev/interactivity/handling-user-interaction */
import { isJsonObject, type JsonObject, parseJson } from '../json.js'
import { pictureCheck } from '../state/files.js'
import { editMessage, findMessage, removeMessage } from '../state/messages.js'
import { MAX_RESPONSE_URL_USES, postAnswer, RESPONSE_URL_LIFETIME_MS } from '../state/response-urls.js'
import type { ResponseUrl, Workspace } from '../state/workspace.js'
import { trackActivity } from '../state/workspace.js'
import { refuseMessageAnswer } from '../validate/answer.js'
import { type Handler, readBody, send } from './http.js'

interface Reply {
  status: number
  body: unknown
}

function applyToConversation(workspace: Workspace, target: ResponseUrl, body: JsonObject): void {
  const original = findMessage(workspace, target.channel, target.messageTs)
  if (body.delete_original === true) {
    if (original) removeMessage(workspace, original)
  } else if (body.replace_original === true && original) editMessage(workspace, original, body)
  else {
    const posted = postAnswer(workspace, target, body)
    target.messageTs ||= posted.ts
  }
}

/** Handles one use of the URL; what Slack would refuse is recorded as a violation. */
function respond(workspace: Workspace, target: ResponseUrl | undefined, body: unknown): Reply {
  if (!target) return { status: 404, body: { ok: false, error: 'invalid_url' } }
  const isExpired = workspace.now().getTime() - target.issued > RESPONSE_URL_LIFETIME_MS
  const isUsedUp = !isExpired && ++target.uses > MAX_RESPONSE_URL_USES
  const refusal = isJsonObject(body)
    ? refuseMessageAnswer(body, pictureCheck(workspace))
    : { error: 'invalid_payload', messages: [] }
  const error = isExpired ? 'expired_url' : isUsedUp ? 'used_url' : refusal?.error
  if (error) {
    workspace.violations.push({ where: 'response_url', error, messages: refusal?.messages ?? [], payload: body })
    return { status: isExpired || isUsedUp ? 404 : 400, body: { ok: false, error } }
  }
  if (isJsonObject(body)) applyToConversation(workspace, target, body)
  return { status: 200, body: 'ok' }
}

export const createResponseUrls =
  (workspace: Workspace): Handler =>
  async (request, response, path) => {
    const body = parseJson((await readBody(request)).toString('utf8'))
    await trackActivity(workspace, async () => {
      const target = workspace.responseUrls.get(path.replace(/^\/respond\//, ''))
      const reply = respond(workspace, target, body)
      workspace.calls.push({
        method: 'response_url',
        args: isJsonObject(body) ? body : {},
        at: workspace.now(),
        result: { ok: reply.status === 200 },
      })
      send(response, reply.status, reply.body)
    })
  }
