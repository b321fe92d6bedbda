import { Worker } from 'node:worker_threads'
import type { CellType, CellValue, MergeRange } from 'hucre'

/** What we use of a sheet as the library reads it. */
export interface RawSheet {
  name: string
  isHidden: boolean
  rows: (CellValue[] | undefined)[]
  /** By `row,column` from 0; only cells that are more than their value. */
  cells: Map<string, RawCell>
  merges: MergeRange[]
}

export interface RawCell {
  type: CellType
  hasFormula: boolean
  format?: string
  font?: string
  /** The target of a link. */
  link?: string
}

export interface ThreadLimits {
  milliseconds: number
  megabytes: number
}

/**
 * Reads in the thread. It is a text, since a file would be TypeScript in the tests and JavaScript when built. Only what we use
 * is sent back: styles would be copied for each cell. The library takes charts and dialogs that are sheets of their own for
 * worksheets without a file, and they are left out.
 */
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads')
const cellOf = ({ type, formula, style, richText, hyperlink }) => ({
  type,
  hasFormula: formula !== undefined,
  format: style?.numFmt,
  font: richText?.find((run) => run.font?.name)?.font.name ?? style?.font?.name,
  link: hyperlink?.target,
})
const sheetOf = ({ name, hidden, veryHidden, rows, cells, merges }) => ({
  name,
  isHidden: hidden === true || veryHidden === true,
  rows,
  cells: new Map([...(cells ?? [])].map(([place, cell]) => [place, cellOf(cell)])),
  merges: merges ?? [],
})
const read = async ({ readXlsx }) => {
  const { bytes, range } = workerData
  const others = new Set()
  for (;;) {
    try {
      return await readXlsx(bytes, { readStyles: true, range, sheets: ({ name }) => !others.has(name) })
    } catch (error) {
      const [, name] = /missing worksheet file for sheet "([^]*)"$/.exec(error.message) ?? []
      if (name === undefined || others.has(name)) throw error
      others.add(name)
    }
  }
}
import(workerData.library)
  .then(read)
  .then(({ sheets }) => parentPort.postMessage(sheets.map(sheetOf)), () => parentPort.postMessage(undefined))
`

/**
 * Reads the cells of a range on all sheets of an .xlsx workbook in a thread of its own, so that no file can hold the process or
 * take its memory. `unreadable` is a broken file, `too_large` one that took more than the limits. Never rejects.
 */
export function readInThread(
  bytes: Uint8Array,
  range: string,
  limits: ThreadLimits,
): Promise<RawSheet[] | 'unreadable' | 'too_large'> {
  return new Promise((resolve) => {
    const thread = new Worker(SOURCE, {
      eval: true,
      workerData: { bytes, range, library: import.meta.resolve('hucre/xlsx') },
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    })
    const end = (result: RawSheet[] | 'unreadable' | 'too_large') => {
      clearTimeout(deadline)
      resolve(result)
      void thread.terminate()
    }
    const deadline = setTimeout(() => end('too_large'), limits.milliseconds)
    thread.on('message', (sheets: RawSheet[] | undefined) => end(sheets ?? 'unreadable'))
    thread.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_large' : 'unreadable'),
    )
  })
}
