import { fold } from './fold.js'

/**
 * Fields of opened forms in which a secrecy stamp was typed, each as `<form> <field> <marks>`. What a person leaves of such
 * a text when they remove its stamp is still the rest of that text, and the chat may report earlier input later: it is not
 * stored as it is typed, until the field is emptied or filled with another text. `marks` recognise the rest by its beginning and its
 * end, of which they keep eight bits each.
 */
export type Withheld = readonly string[]

/**
 * The time of the input of a form that was refused, in place of microseconds: it empties and withholds fields, and stores
 * nothing.
 */
export const WHEN_REFUSED = -1

/** Fields that are remembered; the oldest are forgotten first. */
const MAX_WITHHELD = 40

/** Letters at the beginning and at the end of a text that stay the same while it is edited at one place. */
const EDGE = 4

export interface Withholding {
  /** Fields that are not stored: their texts have a stamp, or are the rest of such a text. */
  fields: ReadonlySet<string>
  withheld: Withheld
}

/** What is withheld after an input. `secret`: the fields that have a stamp now. */
export function withhold(
  before: Withheld,
  form: string,
  typed: Readonly<Record<string, string | undefined>>,
  secret: readonly string[],
): Withholding {
  const fields = new Set(secret)
  let withheld = [...before]
  for (const [field, text] of Object.entries(typed)) {
    if (text === undefined) continue
    const known = before.find((entry) => entry.startsWith(`${form} ${field} `))
    const marks = marksOf(text)
    if (!secret.includes(field) && known && isRest(known.slice(-4), text, marks)) fields.add(field)
    if (!known && !fields.has(field)) continue
    withheld = withheld.filter((entry) => entry !== known)
    if (fields.has(field)) withheld.push(`${form} ${field} ${marks}`)
  }
  // A chat may leave out fields when a form is closed.
  for (const entry of before) {
    const [of, field = ''] = entry.split(' ')
    if (of === form && typed[field] === undefined) fields.add(field)
  }
  return { fields, withheld: withheld.slice(-MAX_WITHHELD) }
}

function isRest(known: string, text: string, marks: string): boolean {
  if (text.trim() === '') return false
  return fold(text).length < EDGE || known.slice(0, 2) === marks.slice(0, 2) || known.slice(2) === marks.slice(2)
}

function marksOf(text: string): string {
  const letters = fold(text)
  return byteOf(letters.slice(0, EDGE)) + byteOf(letters.slice(-EDGE))
}

const byteOf = (text: string): string =>
  [...text]
    .reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 251, 7)
    .toString(16)
    .padStart(2, '0')
