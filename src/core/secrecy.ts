import { type FieldFault, FormError } from './errors.js'

/** Words in capitals with *mật* in them that are no stamp: *bảo mật*, *bí mật*, *thân mật*; *mật độ*, *mật khẩu*, *mật thiết*. */
const stamp =
  /(?<![\p{L}\p{N}])(?:(?:TUYỆT|TỐI)\s+|(?<!(?:BẢO|BÍ|THÂN)\s+))MẬT(?!\s+(?:ĐỘ|KHẨU|THIẾT)(?!\p{L}))(?![\p{L}\p{N}])/u

/** Found many times faster than whether it is a stamp. */
const word = /MẬT/u

/**
 * The mark of a state secret that stands in a text as a whole word in capitals, as a stamp does; null when none does.
 * A backstop only: the notice before typing is what keeps secrets out (Law 117/2025/QH15, Art. 5).
 */
export function secrecyMark(text: string): string | null {
  const whole = text.normalize('NFC')
  const found = word.test(whole) ? stamp.exec(whole) : null
  return found?.[0].replace(/\s+/g, ' ') ?? null
}

/** The two higher degrees as people write them in file names; each word with all its accents or with none. */
const degree = /(?<![\p{L}\p{N}])(?:tuyệt|tuyet|tối|toi)\s*(?:mật|mat)(?![\p{L}\p{N}])/iu

/**
 * The mark of a state secret that stands in a file's name; null when none does. A name is no text: its words are parted
 * by `_`, `-` and `.`, it is seldom written in capitals, and often without accents. So:
 *
 * - *MẬT* in capitals is refused as in a text, between any of these signs.
 * - *tối mật* and *tuyệt mật* are refused in any case, without accents, and as one word (`TuyetMat`): as two words side by
 *   side they hardly ever mean anything else. A word with other accents is another word: *tối mặt*, *tôi mất*.
 * - *mật* and *mat* alone are not: *mật* in small letters stands in *bí mật* and *mật ong*, and *mat* is *mặt*, *mắt*,
 *   *mất* or *mát* far more often. Refusing `anh-be-mat-san.jpg` would teach people to rename files until they pass.
 */
export function secrecyMarkInFileName(name: string): string | null {
  // What cannot be seen parts no words: a zero-width space within MẬT, a mark that turns the direction.
  const words = name
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s_\-.+]+/g, ' ')
  return secrecyMark(words) ?? degree.exec(words)?.[0] ?? null
}

/**
 * Refuses free text that bears the mark of a state secret, each fault at its field; nothing may have been stored before.
 * Throws FormError with `submission.secret`, whose sentence says what to do on paper.
 */
export function mustBearNoSecret(fields: Readonly<Record<string, string | null | undefined>>): void {
  const faults = Object.entries(fields).flatMap(([field, text]): FieldFault[] => {
    const mark = secrecyMark(text ?? '')
    return mark ? [{ field, key: 'submission.secret', params: { mark } }] : []
  })
  if (faults.length > 0) throw new FormError(faults)
}
