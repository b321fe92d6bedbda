import { type FieldFault, FormError } from './errors.js'

/**
 * A stamp in capitals, but not capitalised ordinary words: *bảo mật*, *bí mật*, *thân mật*; *mật độ*, *mật khẩu*, *mật
 * thiết*.
 */
const stamp =
  /(?<![\p{L}\p{N}])(?:(?:TUYỆT|TỐI)\s+|(?<!(?:BẢO|BÍ|THÂN)\s+))MẬT(?!\s+(?:ĐỘ|KHẨU|THIẾT)(?!\p{L}))(?![\p{L}\p{N}])/u

/** Many times faster than the full pattern, which runs only after it. */
const word = /MẬT/u

/**
 * The state-secrecy stamp in a text: a whole word in capitals. Null for none. A backstop only: the notice before typing
 * is what keeps secrets out (Law 117/2025/QH15, Art. 5).
 */
export function secrecyMark(text: string): string | null {
  const whole = text.normalize('NFC')
  const found = word.test(whole) ? stamp.exec(whole) : null
  return found?.[0].replace(/\s+/g, ' ') ?? null
}

/** The two higher degrees as people write them in file names; each word with all its accents or none. */
const degree = /(?<![\p{L}\p{N}])(?:tuyệt|tuyet|tối|toi)\s*(?:mật|mat)(?![\p{L}\p{N}])/iu

/**
 * The secrecy stamp in a file's name, or null. Unlike in a text, words are separated by `_`, `-` and `.`, seldom
 * capitalised and often without accents. Therefore:
 *
 * - *MẬT* in capitals is refused as in a text, between any of these separators.
 * - *tối mật* and *tuyệt mật* are refused in any case, without accents, and as one word (`TuyetMat`): side by side they
 *   hardly ever mean anything else. Words with other accents are other words: *tối mặt*, *tôi mất*.
 * - *mật* and *mat* alone are accepted: lower-case *mật* is part of *bí mật* and *mật ong*, and *mat* is far more often
 *   *mặt*, *mắt*, *mất* or *mát*. Refusing `anh-be-mat-san.jpg` would teach people to rename files until they pass.
 */
export function secrecyMarkInFileName(name: string): string | null {
  // Invisible characters do not separate words: a zero-width space within MẬT, a direction mark.
  const words = name
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s_\-.+]+/g, ' ')
  return secrecyMark(words) ?? degree.exec(words)?.[0] ?? null
}

/**
 * Refuses free text with a secrecy stamp, each fault at its field; call before anything is stored. Throws FormError
 * with `submission.secret`, whose sentence explains the procedure on paper.
 */
export function rejectSecrecyStamps(fields: Readonly<Record<string, string | null | undefined>>): void {
  const faults = Object.entries(fields).flatMap(([field, text]): FieldFault[] => {
    const mark = secrecyMark(text ?? '')
    return mark ? [{ field, key: 'submission.secret', params: { mark } }] : []
  })
  if (faults.length > 0) throw new FormError(faults)
}
