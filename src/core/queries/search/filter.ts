import { foldWords } from '../../fold.js'
import type { SubmissionState } from '../../submission/state.js'

/** What a search is narrowed down to besides its words. */
export interface SearchFilter {
  states: readonly SubmissionState[]
  /** Days of the work, yyyy-mm-dd, both included. */
  done: { from: string; to: string } | null
}

export const noFilter: SearchFilter = { states: [], done: null }
export const isFiltered = ({ states, done }: SearchFilter): boolean => states.length > 0 || done !== null

/** Words for states, as people say them, folded; longer ones before those that they contain. */
const stateWords: readonly (readonly [string, SubmissionState])[] = [
  ['da duoc duyet', 'accepted'],
  ['da duyet', 'accepted'],
  ['cho ban chi huy duyet', 'confirmed'],
  ['cho duyet', 'confirmed'],
  ['chua duyet', 'confirmed'],
  ['da duoc xac nhan', 'confirmed'],
  ['da xac nhan', 'confirmed'],
  ['cho truong don vi xac nhan', 'submitted'],
  ['cho xac nhan', 'submitted'],
  ['chua xac nhan', 'submitted'],
  ['bi tra lai', 'returned'],
  ['da tra lai', 'returned'],
  ['duoc tra lai', 'returned'],
  ['tra lai', 'returned'],
  ['da rut', 'withdrawn'],
]

const pad = (n: string | number): string => String(n).padStart(2, '0')
const monthOf = (year: string, month: string) => {
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return { from: `${year}-${pad(month)}-01`, to: `${year}-${pad(month)}-${pad(last)}` }
}

/**
 * Separates words for states and days (`đã duyệt`, `17/05/2024`, `tháng 5`) from the other words of a search, with or without
 * accents. `year`: of dates that name none.
 */
export function takeFilter(typed: string, year: number): { filter: SearchFilter; rest: string } {
  let done: SearchFilter['done'] = null
  const undated = typed.replace(
    /(?<![\p{L}\p{N}/.-])(?:ngày\s+|ngay\s+)?(\d{1,2})(?:[/.-](\d{1,2})[/.-](\d{4})|\/(\d{1,2}))(?![\p{L}\p{N}/-])|(?<!\p{L})th[áa]ng\s+(\d{1,2})(?:\s*[/-]\s*(\d{4})|\s+n[ăa]m\s+(\d{4}))?(?![\p{L}\p{N}/])/giu,
    (whole, day?: string, month?: string, of?: string, undatedMonth?: string, ...rest: (string | undefined)[]) => {
      const [alone, ofMonth, ofYear] = rest
      if (alone !== undefined) {
        if (Number(alone) < 1 || Number(alone) > 12) return whole
        done = monthOf(ofMonth ?? ofYear ?? String(year), alone)
        return ' '
      }
      const date = `${of ?? year}-${pad(month ?? undatedMonth ?? '')}-${pad(day ?? '')}`
      const at = new Date(`${date}T00:00:00Z`)
      if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date)) return whole
      done = { from: date, to: date }
      return ' '
    },
  )
  let words = ` ${foldWords(undated)} `
  const states = new Set<SubmissionState>()
  for (const [said, state] of stateWords)
    if (words.includes(` ${said} `)) {
      states.add(state)
      words = words.replace(` ${said} `, ' ')
    }
  return { filter: { states: [...states], done }, rest: words.trim() }
}
