import { isDeepStrictEqual } from 'node:util'
import { jsonOf } from '../../../src/slack/http/request-body.js'
import type { Dice } from '../../chance.js'

/** Bodies as Slack sends them: the fields of a command, or the payload of an interaction. */
const commands: Record<string, string>[] = [
  {
    token: 'x',
    team_id: 'T1',
    user_id: 'U1',
    command: '/thidua',
    text: 'nộp a2 & "100 %" + 1',
    response_url: 'https://hooks.slack.com/commands/T1/1/x',
  },
  { command: '/thidua', text: '', trigger_id: '1.2.é🙂' },
  { ssl_check: '1', token: 'x' },
]
const label = { type: 'plain_text', text: 'Kết quả [1] {2} "3" \\ 🎖️', emoji: true }
const field = (block_id: string) => ({
  type: 'input',
  block_id,
  label,
  optional: false,
  element: { type: 'plain_text_input', action_id: 'value', multiline: true, initial_value: 'Điện – 25/25\n"đạt"' },
})
const blocks = [field('text'), { type: 'divider', block_id: 'xY=' }, field('figure~'), { type: 'section', text: label }]
const payloads = [
  { type: 'url_verification', challenge: 'x' },
  {
    type: 'view_submission',
    team: { id: 'T1', domain: 'trường' },
    user: { id: 'U1', username: 'an' },
    view: {
      id: 'V1',
      type: 'modal',
      private_metadata: '{"campaign":"c1","nonce":"\\"blocks\\":["}',
      callback_id: 'submission',
      blocks,
      state: {
        values: { text: { value: { type: 'plain_text_input', value: 'Tổ chức huấn luyện 22/25 đạt 🙂 \\ "' } } },
      },
      hash: '1.x',
      previous_view_id: null,
    },
    response_urls: [],
    is_enterprise_install: false,
  },
  {
    type: 'block_actions',
    container: { type: 'message', message_ts: '1.2', is_ephemeral: true },
    message: { ts: '1.2', text: '', blocks, attachments: [{ blocks: [{ type: 'actions' }] }] },
    actions: [{ type: 'button', action_id: 'desk.accept#1', block_id: 'b', value: '{"id":"s1"}', action_ts: '1.3' }],
    state: { values: {} },
  },
  { blocks: [], view: { blocks: [[], 1, null, 'type', { type: 5, block_id: { type: 'x' } }] } },
]

const jsonTokens = [
  ...['"blocks":[', '"blocks" : [ ', '"\\"blocks":[{"type":"x"}],', '"\\u0062locks":[', ',"type":5', ',"type":"y"'],
  ...['"\\u0074ype":"z",', '\\"', '\\\\', '\\', '"', '{', '}', '[', ']', ',', ':', '\\ud83d', '\\udc00', '\\u00e9'],
  ...[' ', '\n', '\t', '\u0000', '\ufeff', 'é', '🙂', '-0', '1e400', 'null', '"__proto__":{"a":1},', '"block_id":"b",'],
]
const bodyTokens = [
  ...['%', '%2', '%zz', '%00', '%C3', '%A9', '%ED%A0%80', '%F0%9F%99%82', '%EF%BB%BF', '%25', '%2B', '+', '&', '='],
  ...['&payload=', 'payload=', '&payload=%7B%7D', '&a=b&a=c', '%5C%22', '%22blocks%22%3A%5B', '%22', '%7D', ';', '&&'],
].map((token) => Buffer.from(token))
const rawTokens = [[0xc3], [0xa9], [0xff], [0xf0, 0x9f], [0xed, 0xa0, 0x80], [0], [0xef, 0xbb, 0xbf]].map((bytes) =>
  Buffer.from(bytes),
)

/** Makes a body out of the corpus, with some faults in its JSON and in its encoding. */
export function mutatedBody(dice: Dice): Buffer {
  let body: Buffer = dice.hit(0.15)
    ? Buffer.from(new URLSearchParams(dice.pick(commands)).toString())
    : Buffer.from(`payload=${encoded(mutatedJson(dice), dice)}`)
  const times = dice.hit(0.5) ? 0 : dice.between(1, 3)
  for (let i = 0; i < times; i++) body = mutated(body, dice)
  return body
}

function mutatedJson(dice: Dice): string {
  const payload = dice.pick(payloads)
  let json = dice.hit(0.1) ? JSON.stringify(payload, null, 2) : JSON.stringify(payload)
  if (dice.hit(0.002)) json = `{"huge":"${'Đ"\\'.replaceAll('"', '\\"').repeat(20_000)}"}`
  const times = dice.hit(0.4) ? 0 : dice.between(1, 3)
  for (let i = 0; i < times; i++) {
    const at = dice.between(0, json.length)
    const to = dice.hit(0.5) ? at : Math.min(json.length, at + dice.between(1, 30))
    // Between two members a token often leaves JSON that is still whole.
    const comma = dice.hit(0.4) ? json.indexOf(dice.pick([',', '{', '[']), at) + 1 : 0
    if (comma > 0) json = json.slice(0, comma) + dice.pick(jsonTokens) + json.slice(comma)
    else json = json.slice(0, at) + (dice.hit(0.7) ? dice.pick(jsonTokens) : '') + json.slice(to)
  }
  return json
}

/** As `URLSearchParams` encodes, as `encodeURIComponent` does, or as little as possible. */
function encoded(json: string, dice: Dice): string {
  const way = dice.between(0, 2)
  if (way === 0) return new URLSearchParams({ v: json }).toString().slice(2)
  if (way === 1) return encodeURIComponent(json.toWellFormed())
  return json.toWellFormed().replace(/[%&+]/g, encodeURIComponent)
}

function mutated(body: Buffer, dice: Dice): Buffer {
  const at = dice.between(0, body.length)
  const to = Math.min(body.length, at + dice.between(0, 20))
  const [before, after] = [body.subarray(0, at), body.subarray(to)]
  switch (dice.between(0, 5)) {
    case 0:
      return before
    case 1:
      return Buffer.concat([before, after])
    case 2:
      return Buffer.concat([body.subarray(0, to), body.subarray(at)])
    case 3:
      return Buffer.concat([before, dice.pick(bodyTokens), body.subarray(at)])
    case 4:
      return Buffer.concat([before, dice.pick(dice.hit(0.5) ? rawTokens : bodyTokens), after])
    default:
      return Buffer.concat([before, Buffer.from([dice.between(0, 255)]), body.subarray(at + 1)])
  }
}

/** What a body says; undefined when it cannot be read. */
type Read = { value: unknown } | undefined

/** Reads a body with `URLSearchParams` and `JSON.parse` alone. */
function readByPlatform(body: Buffer): Read {
  // The constructor takes text, in which bytes beyond ASCII must be escaped to remain the bytes that they are.
  const text = body.toString('latin1').replace(/[\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  const fields = Object.fromEntries(new URLSearchParams(text))
  return typeof fields.payload === 'string' ? parsed(fields.payload) : { value: fields }
}

function readByUs(body: Buffer): Read {
  const json = jsonOf(Buffer.from(body), true)
  return json === undefined ? undefined : parsed(json)
}

function parsed(json: string): Read {
  try {
    const value: unknown = JSON.parse(json)
    strip(value)
    return { value }
  } catch {
    return undefined
  }
}

/** Reduces every list of blocks to the types and ids of its blocks. */
function strip(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'blocks' || !Array.isArray(child)) strip(child)
    else (value as { blocks: unknown }).blocks = child.filter((b) => typeof b === 'object' && b !== null).map(headOf)
  }
}

const headOf = (block: object): object =>
  Object.fromEntries(
    Array.isArray(block)
      ? []
      : Object.entries(block).filter(([k, v]) => (k === 'type' || k === 'block_id') && typeof v === 'string'),
  )

/**
 * A difference between our decoders and the platform's for one body, if there is one. JSON that is broken within a list of
 * blocks is no difference: nobody reads that part, so it is not checked.
 */
export function difference(body: Buffer): { platform: Read; ours: Read } | undefined {
  const [platform, ours] = [readByPlatform(body), readByUs(body)]
  if (!platform && ours && /"blocks":\[/.test(decoded(body))) return undefined
  return isDeepStrictEqual(platform, ours) ? undefined : { platform, ours }
}

const decoded = (body: Buffer): string => new URLSearchParams(body.toString('latin1')).getAll('payload').join()
