/** response_url: five uses within thirty minutes. https://docs.slack.dev/interactivity/handling-user-interaction */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isMember } from '../state/channels.js'
import { isPictureIn } from '../state/files.js'
import { change, find, post, remove } from '../state/messages.js'
import type { ResponseUrl, World } from '../state/workspace.js'
import { underway } from '../state/workspace.js'
import { refuseMessageAnswer } from '../validate/answer.js'
import { isObj, type Obj } from '../validate/check.js'
import { parseJson, readBody, send } from './http.js'

const MAX_USES = 5
const LIFETIME_MS = 30 * 60_000

export function newResponseUrl(world: World, baseUrl: string, at: Omit<ResponseUrl, 'uses' | 'issued'>): string {
  const token = `${world.newId('R')}${world.newHash().split('.')[1]}`
  world.responseUrls.set(token, { ...at, uses: 0, issued: world.now().getTime() })
  return `${baseUrl}/respond/${token}`
}

/** Says what the bot answered into the conversation: an ephemeral message unless it says otherwise. */
export function sayAnswer(world: World, where: { channel: string; userId: string }, body: Obj) {
  const open = body.response_type === 'in_channel' && isMember(world, where.channel, where.userId)
  const { text, blocks, thread_ts: threadTs } = body
  const draft = { channel: where.channel, user: world.botUserId, text, blocks, threadTs }
  return post(world, { ...draft, ...(open ? {} : { onlyFor: where.userId }) })
}

function use(world: World, target: ResponseUrl, body: Obj): { status: number; body: unknown } {
  const original = find(world, target.channel, target.messageTs)
  if (body.delete_original === true) {
    if (original) remove(world, original)
  } else if (body.replace_original === true && original) change(world, original, body)
  else {
    const said = sayAnswer(world, target, body)
    if (!target.messageTs) target.messageTs = said.ts
  }
  return { status: 200, body: 'ok' }
}

function refuse(
  world: World,
  target: ResponseUrl | undefined,
  body: unknown,
): { status: number; body: unknown } | undefined {
  if (!target) return { status: 404, body: { ok: false, error: 'invalid_url' } }
  const late = world.now().getTime() - target.issued > LIFETIME_MS
  const refusal = isObj(body)
    ? refuseMessageAnswer(body, isPictureIn(world))
    : { error: 'invalid_payload', messages: [] }
  const error = late ? 'expired_url' : ++target.uses > MAX_USES ? 'used_url' : refusal?.error
  if (!error) return undefined
  world.violations.push({ where: 'response_url', error, messages: refusal?.messages ?? [], payload: body })
  return { status: late || target.uses > MAX_USES ? 404 : 400, body: { ok: false, error } }
}

export async function serveResponseUrl(world: World, request: IncomingMessage, response: ServerResponse, path: string) {
  const body = parseJson((await readBody(request)).toString('utf8'))
  await underway(world, async () => {
    const target = world.responseUrls.get(path.replace(/^\/respond\//, ''))
    const result = refuse(world, target, body) ?? use(world, target as ResponseUrl, body as Obj)
    world.calls.push({
      method: 'response_url',
      args: isObj(body) ? body : {},
      at: world.now(),
      result: { ok: result.status === 200 },
    })
    send(response, result.status, result.body)
  })
}
