import { promisify } from 'node:util'
import { constants, inflate } from 'node:zlib'
import { refused } from '../../core/attachment/attachment.js'
import type { Bytes } from '../strip/bytes.js'

/** A PDF may begin anywhere in its first bytes (ISO 32000-2, annex I; every reader looks that far). */
export const isPdf = (head: string): boolean => /%PDF-\d/.test(head)

const WINDOW = 64 * 1024
/** No name, and no dictionary before a stream's data that matters here, is longer. */
const OVERLAP = 4 * 1024
/** Object streams hold some hundred objects each. In bytes. */
const MAX_STREAM = 16 * 1024 * 1024
const MAX_UNPACKED = 64 * 1024 * 1024

/** A name (7.3.5), whose characters may be written as #4a; a string, a comment, or another word. */
const token =
  /\/([^\s()<>[\]{}/%]*)|%[^\r\n]*|\((?:\\[\s\S]|[^()\\]|\((?:\\[\s\S]|[^()\\]|\([^()]*\))*\))*\)|[^\s()<>[\]{}/%]+/g

/**
 * Refuses a PDF that runs JavaScript or starts programs when it is opened or touched (12.6.4.6, 12.6.4.17): FileFault
 * (`script`). Its objects are read where they lie, also in compressed object streams; encrypted ones cannot be looked into.
 */
export async function checkPdf(file: Bytes): Promise<void> {
  const budget = { left: MAX_UNPACKED }
  for (let at = 0; at < file.size; ) {
    const text = (await file.read(at, WINDOW)).toString('latin1')
    at = await checkWindow(file, at, text, budget)
  }
}

/** Checks a window that begins at `at`; returns where the next one begins. */
async function checkWindow(file: Bytes, at: number, text: string, budget: { left: number }): Promise<number> {
  const keyword = /(?<!end)stream(\r\n|\n|\r)/g
  for (let from = 0; ; ) {
    keyword.lastIndex = from
    const found = keyword.exec(text)
    const objects = text.slice(from, found?.index)
    checkObjects(objects)
    if (!found) return at + text.length === file.size ? file.size : at + Math.max(from, text.length - OVERLAP)
    const data = at + found.index + found[0].length
    const near = text.indexOf('endstream', data - at)
    const end = near === -1 ? await endOfStream(file, data) : at + near
    if (isObjectStream(objects)) await checkStream(file, data, end, objects, budget)
    if (end >= at + text.length) return end
    from = end - at
  }
}

/** Throws FileFault (`script`) when the text of objects names an action that runs something. */
function checkObjects(text: string): void {
  if (!/JavaScript|\/JS|Launch|#/.test(text)) return
  let previous = ''
  for (const [word, name] of text.matchAll(token)) {
    const plain = name === undefined ? undefined : unescaped(name)
    if (plain === 'JavaScript' || plain === 'JS') throw refused('script')
    // As the kind of an action, or as an object of its own to which the kind refers.
    if (plain === 'Launch' && (previous === '/S' || previous === 'obj')) throw refused('script')
    if (!word.startsWith('%')) previous = plain === undefined ? word : `/${plain}`
  }
}

/** Where a stream's data end: before the next `endstream`, or at the end of the file. */
async function endOfStream(file: Bytes, from: number): Promise<number> {
  for (let at = from; at < file.size; at += WINDOW) {
    const window = await file.read(at, WINDOW + 9)
    const found = window.indexOf('endstream')
    if (found !== -1) return at + found
  }
  return file.size
}

/** By the last dictionary before the data. */
const isObjectStream = (text: string): boolean =>
  /\/ObjStm\b/.test(
    unescaped(
      text
        .slice(-OVERLAP)
        .split(/\bobj\b/)
        .at(-1) ?? '',
    ),
  )

const unescaped = (text: string): string =>
  text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

async function checkStream(file: Bytes, from: number, to: number, dictionary: string, budget: { left: number }) {
  if (to - from > MAX_STREAM || budget.left <= 0) return
  const found = await decoded(await file.read(from, to - from), unescaped(dictionary.split(/\bobj\b/).at(-1) ?? ''))
  budget.left -= found.length
  checkObjects(found.toString('latin1'))
}

const inflated = promisify<Buffer, object, Buffer>(inflate)

/** Undoes the filters of a stream (7.4) as far as object streams use them; what cannot be read is empty. */
async function decoded(data: Buffer, dictionary: string): Promise<Buffer> {
  let found = data
  for (const [, name] of (/\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1] ?? '').matchAll(/\/(\w+)/g)) {
    if (name === 'ASCIIHexDecode' || name === 'AHx')
      found = Buffer.from(
        found
          .toString('latin1')
          .replace(/>[\s\S]*/, '')
          .replace(/\s/g, ''),
        'hex',
      )
    else if (name === 'FlateDecode' || name === 'Fl')
      found = await inflated(found, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_STREAM }).catch(() =>
        Buffer.alloc(0),
      )
    else return Buffer.alloc(0)
  }
  return found
}
