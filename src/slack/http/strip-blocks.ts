/** A block as far as anybody reads on in it. */
interface BlockHead {
  type?: string
  block_id?: string
}

/** Within a string a quote has a backslash before it, so that this can only be a key. */
const KEY = Buffer.from('"blocks":[')
const [QUOTE, BACKSLASH, COLON, SPACE] = [0x22, 0x5c, 0x3a, 0x20]
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * Slack echoes what the bot itself drew: the whole form, the whole message under a button. Nobody reads more of it than
 * which fields a form has, and it is most of what comes in: of the blocks in a JSON text, types and ids alone are kept.
 * Text that is no JSON stays none.
 */
export function lightened(json: Buffer): string {
  let out = ''
  let from = 0
  for (let at = json.indexOf(KEY); at >= 0; at = json.indexOf(KEY, from)) {
    const { heads, end } = headsOf(json, at + KEY.length)
    out += json.toString('utf8', from, at + KEY.length) + JSON.stringify(heads).slice(1)
    from = end
  }
  return out + json.toString('utf8', from)
}

/** The blocks of a list from behind its bracket on, and where it ends. */
function headsOf(json: Buffer, from: number): { heads: BlockHead[]; end: number } {
  const heads: BlockHead[] = []
  let head: BlockHead = {}
  let key: string | undefined
  let depth = 0
  for (let at = from; at < json.length; at++) {
    const byte = json[at]
    if (byte === QUOTE) {
      const start = at + 1
      at = endOfString(json, start)
      if (depth !== 1) continue
      if (isKey(json, at + 1)) key = json.toString('latin1', start, at)
      else if (key === 'type' || key === 'block_id') head[key] = JSON.parse(json.toString('utf8', start - 1, at + 1))
    } else if (byte === OPEN || byte === OPEN_LIST) {
      key = undefined
      if (depth++ > 0) continue
      head = {}
      heads.push(head)
    } else if (byte === CLOSE || byte === CLOSE_LIST) {
      if (depth-- === 0) return { heads, end: at + 1 }
    }
  }
  throw new SyntaxError('the list has no end')
}

/** Whether a colon follows. */
function isKey(json: Buffer, from: number): boolean {
  let at = from
  while ((json[at] as number) <= SPACE) at++
  return json[at] === COLON
}

/** Where the quote is that ends a string. */
function endOfString(json: Buffer, from: number): number {
  let at = from
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at
}
