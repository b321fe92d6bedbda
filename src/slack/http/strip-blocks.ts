/** The only members of a block that anything reads. */
interface BlockHead {
  type?: string
  block_id?: string
}

const KEY = Buffer.from('"blocks":[')
const [QUOTE, BACKSLASH, COLON, SPACE] = [0x22, 0x5c, 0x3a, 0x20]
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * Removes everything of the blocks in a JSON text except their types and ids. Slack echoes what the bot rendered (the
 * whole form, the whole message under a button), which is most of a request, and only the ids of a form's fields are
 * read. The removed parts are not validated; any other fault of the JSON stays in the result. Throws SyntaxError when a
 * list has no end.
 *
 * Measured: without it forms are 5 to 8 % slower. With a form of ours, the main thread parses the rest in 17 µs, the
 * whole in 52 µs; the worker thread spends 33 µs on the removal.
 */
export function stripBlocks(json: Buffer): string {
  let out = ''
  let from = 0
  for (let at = json.indexOf(KEY); at >= 0; at = json.indexOf(KEY, at + 1)) {
    // Within a string every quote has a backslash before it. It can be the last one of a key, as in `"\"blocks":[`.
    if (json[at - 1] === BACKSLASH) continue
    const { heads, end } = headsOf(json, at + KEY.length)
    out += json.toString('utf8', from, at + KEY.length) + JSON.stringify(heads).slice(1)
    from = end
    at = end - 1
  }
  return out + json.toString('utf8', from)
}

/** Reads a list of blocks whose bracket is right before `from`; `end` is the index after its closing bracket. */
function headsOf(json: Buffer, from: number): { heads: BlockHead[]; end: number } {
  const heads: BlockHead[] = []
  let head: BlockHead = {}
  let key: string | undefined
  let depth = 0
  for (let at = from; at < json.length; at++) {
    const byte = json[at]
    if (byte === QUOTE) {
      const start = at
      at = endOfString(json, at + 1)
      if (depth !== 1) continue
      if (isKey(json, at + 1)) {
        key = keyOf(json, start, at)
        // Of several members with one name `JSON.parse` takes the last, also one of another type.
        if (key === 'type' || key === 'block_id') delete head[key]
      } else if (key === 'type' || key === 'block_id') head[key] = JSON.parse(json.toString('utf8', start, at + 1))
    } else if (byte === OPEN || byte === OPEN_LIST) {
      key = undefined
      if (depth++ > 0) continue
      head = {}
      heads.push(head)
    } else if (byte === CLOSE || byte === CLOSE_LIST) {
      if (depth-- === 0) return { heads, end: at + 1 }
    }
  }
  throw new SyntaxError('the list of blocks has no end')
}

/** Whether the next character that is not white space is a colon. */
function isKey(json: Buffer, from: number): boolean {
  let at = from
  while ((json[at] as number) <= SPACE) at++
  return json[at] === COLON
}

/** The text of a key between two quotes. */
function keyOf(json: Buffer, quote: number, end: number): string {
  const raw = json.toString('latin1', quote + 1, end)
  return raw.includes('\\') ? (JSON.parse(json.toString('utf8', quote, end + 1)) as string) : raw
}

/** The index of the quote that ends a string. */
function endOfString(json: Buffer, from: number): number {
  let at = from
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at
}
