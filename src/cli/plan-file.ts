import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { type Plan, type PlanFaultKey, planFaultKeys, planSchema } from '../core/campaign/plan.js'
import { hasLostLetters } from '../core/setup/roster-cell.js'
import { tableText } from '../text/vi/cli/table.js'
import { type PlanFaultParams, planText } from '../text/vi/setup/plan.js'
import { nearest } from './nearest.js'
import { decode } from './table/csv.js'
import { recode } from './table/recode.js'

export interface PlanFault {
  /** From 1; the column counts UTF-16 units. */
  line: number
  column: number
  /** For example `groups[0].criteria[2].short`; empty for the whole file and for syntax faults. */
  path: string
  /** A `PlanFaultKey`, `plan.not_utf8`, `plan.letters_lost`, `plan.old_encoding`, or `yaml.` and the YAML parser's error code. */
  key: string
  params: PlanFaultParams
  /** The Vietnamese sentence, with the fault's place. */
  sentence: string
}

type Path = readonly PropertyKey[]
type Found = { offset: number; path: Path; key: string; params: PlanFaultParams; sentence: string }

/**
 * Parses and validates the bytes of a plan file: UTF-8, or UTF-16 with a byte order mark. Any other encoding is one fault, and so
 * is Vietnamese that was written in an encoding older than Unicode: a plan is the words of a signed document, which are not guessed.
 */
export function readPlanFile(bytes: Uint8Array, fileName: string): { plan: Plan } | { faults: PlanFault[] } {
  const text = decode(bytes)
  if (text === undefined) return { faults: [faultOfText(fileName, 1, 'plan.not_utf8', planText.notUtf8)] }
  const lines = text.split(/\r?\n/)
  const lost = lines.findIndex((line) => hasLostLetters(line) && !line.includes('://'))
  if (lost >= 0) {
    const sentence = tableText.lettersLost(excerpt(lines[lost] ?? ''))
    return { faults: [faultOfText(fileName, lost + 1, 'plan.letters_lost', sentence)] }
  }
  const { texts, encoding } = recode(lines.map((line) => ({ text: line })))
  const at = texts.findIndex((line, i) => line !== lines[i]?.normalize('NFC'))
  if (encoding === undefined || at < 0) return readPlan(text, fileName)
  const [before, after] = [lines, texts].map((all) => excerpt(all[at] ?? ''))
  const sentence = tableText.oldEncoding(encoding, before ?? '', after ?? '')
  return { faults: [faultOfText(fileName, at + 1, 'plan.old_encoding', sentence)] }
}

const faultOfText = (fileName: string, line: number, key: string, sentence: string): PlanFault => ({
  line,
  column: 1,
  path: '',
  key,
  params: {},
  sentence: planText.at(fileName, line, 1, '', sentence),
})

const excerpt = (line: string): string => (line.trim().length > 60 ? `${line.trim().slice(0, 60)}\u2026` : line.trim())

/**
 * Parses and validates a plan in YAML. Returns the plan, or every fault in the order of the file, each with its place. A file
 * with syntax faults is not validated further, except for duplicate keys.
 */
export function readPlan(text: string, fileName: string): { plan: Plan } | { faults: PlanFault[] } {
  const lines = new LineCounter()
  const doc = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false })
  const found = syntaxFaults(doc)
  // Of a duplicate key the first value counts, so the rest can be validated.
  const isBroken = found.some((f) => f.key !== 'yaml.DUPLICATE_KEY')
  const parsed = isBroken ? undefined : planSchema.safeParse(doc.toJS())
  if (parsed?.success && found.length === 0) return { plan: parsed.data }
  if (parsed && !parsed.success) found.push(...parsed.error.issues.flatMap((issue) => contentFaults(doc, issue)))
  const faults = found
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, path, key, params, sentence }) => {
      const { line, col } = lines.linePos(offset)
      const [l, c, shown] = [Math.max(1, line), Math.max(1, col), showPath(path)]
      return { line: l, column: c, path: shown, key, params, sentence: planText.at(fileName, l, c, shown, sentence) }
    })
  return { faults }
}

function syntaxFaults(doc: Document): Found[] {
  const found = [...doc.errors, ...doc.warnings].map((e) => syntaxFault(e.code, e.pos[0]))
  visit(doc, {
    Node(_, node) {
      if (isAlias(node) || node.anchor) found.push(syntaxFault('ALIAS', node.range?.[0] ?? 0))
    },
  })
  return found
}

const syntaxFault = (code: string, offset: number): Found => ({
  offset,
  path: [],
  key: `yaml.${code}`,
  params: {},
  sentence: planText.syntax(code),
})

function contentFaults(doc: Document, issue: z.core.$ZodIssue): Found[] {
  const key = planFaultKeys.find((k) => k === issue.message)
  if (!key) throw new Error(`plan schema: no key for the issue “${issue.message}” at ${showPath(issue.path)}`)
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path)
    return issue.keys.map((name) =>
      fault(doc, [...issue.path, name], key, { key: name, suggestion: nearest(name, known) }),
    )
  }
  const value = doc.getIn(issue.path)
  const params: PlanFaultParams = { key: String(issue.path.at(-1) ?? ''), ...extra(issue) }
  if (value !== undefined && !isNode(value)) {
    params.value = String(value ?? '')
    params.length = params.value.normalize('NFC').trim().length
    if (params.allowed) params.suggestion = nearest(params.value, params.allowed)
  }
  return [fault(doc, issue.path, key, params)]
}

const fault = (doc: Document, path: Path, key: PlanFaultKey, params: PlanFaultParams): Found => ({
  offset: offsetOf(doc, path, key === 'plan.unknown_key'),
  path,
  key,
  params,
  sentence: planText.faults[key](params),
})

function extra(issue: z.core.$ZodIssue): PlanFaultParams {
  if (issue.code === 'too_big') return { max: Number(issue.maximum) }
  if (issue.code === 'invalid_value') return { allowed: issue.values.map(String) }
  return issue.code === 'custom' ? (issue.params as PlanFaultParams) : {}
}

/** The offset of the value at a path, or of its key with `ofKey`; for a missing value, that of the nearest parent. */
function offsetOf(doc: Document, path: Path, ofKey: boolean): number {
  const node = doc.getIn(path, true)
  const key = keyNode(doc, path)
  if (key?.range && (ofKey || !isScalar(node))) return key.range[0]
  if (isNode(node) && node.range) return node.range[0]
  return path.length === 0 ? 0 : offsetOf(doc, path.slice(0, -1), ofKey)
}

function keyNode(doc: Document, path: Path): Node | undefined {
  const parent = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true)
  if (path.length === 0 || !isMap(parent)) return undefined
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(path.at(-1)))
  return isNode(pair?.key) ? pair.key : undefined
}

/** The keys that the schema allows at a path. */
function keysAt(path: Path): string[] {
  let at: z.core.$ZodType | undefined = planSchema
  for (const step of path) {
    if (at instanceof z.ZodArray) at = at.element
    else at = at instanceof z.ZodObject ? at.shape[String(step)] : undefined
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

const showPath = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${String(step)}`)).join('')
