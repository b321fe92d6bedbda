import { type FieldFault, FormError } from './errors.js'
import { foldSeen } from './secrecy-fold.js'

/** What may stand between the letters of a stamp: `M Ậ T`, `M.Ậ.T`, one letter a line. */
const S = /[^\p{L}\p{N}]{0,5}/u.source
const spaced = (...letters: readonly RegExp[]): string => letters.map((l) => l.source).join(S)

/**
 * Capitals, as on a stamp; an accented vowel also in lower case, as some keyboards leave it (`MậT`). The other forms are
 * those of texts pasted from the old fonts VNI (`MAÄT`) and TCVN3 (`MËT`).
 */
const mat = [/M/u, /(?:[Ậậ]|A[Ää]|[Ëë])/u, /T/u]
const MAT = `(?:${mat.map((l) => l.source).join('')}|(?<!\\p{L})${spaced(...mat)}(?!\\p{L}))`
const TOI = spaced(/T/u, /(?:[Ốố]|O[Áá]|[Èè])/u, /I/u)
const TUYET = spaced(/T/u, /U/u, /Y/u, /(?:[Ệệ]|E[Ää]|[Öö])/u, /T/u)
const BI = spaced(/B/u, /[Íí]/u)
const NHA = spaced(/N/u, /H/u, /[Àà]/u)
const NUOC = spaced(/N/u, /[Ưư]/u, /[Ớớ]/u, /C/u)

const titled = /(?<!\p{L})(?<titled>Tuyệt|Tối)[\s_-]+(?<mat>Mật)(?!\p{L})/u.source
const stamp = new RegExp(`(?:(?<toi>${TOI})${S}|(?<tuyet>${TUYET})${S})?(?<MAT>${MAT})|${titled}`, 'gu')

/** The same without accents. *MAT* alone is far more often *mặt*, *mắt*, *mất* or *mát*. */
const unaccented =
  /(?<!\p{L})(?:(?:TUYET|TOI)\s*MAT(?!\p{L})|(?<!(?:BAO VE|GIU|GIU GIN|LO|LOT|VE|LUAT)\s+)BI\s*MAT\s*NHA\s*NUOC(?!\p{L}))/u

/** Words that end in *mật* and are no stamp: bảo mật, bí mật, thân mật, giải mật; bee-keeping and medicine; Thị Mật. */
const before =
  /(?:BẢO|BÍ|THÂN|GIẢI|TRĂNG|ONG|RỈ|HÚT|LẤY|QUAY|TÚI|SỎI|ỐNG|DỊCH|GAN|ĐƯỜNG|(?<!CHỈ[\s_\-.+]{0,3})THỊ)[\s_\-.+]{0,3}$/iu

/** Words that begin with *mật* and are no stamp: mật độ, mật khẩu, mật thiết, mật ong, … Not *ĐỘ KHẨN* after a stamp. */
const after =
  /^[^\S\n\r]{0,2}[_\-.+]?(?:ĐỘ(?!\s+(?:KHẨN|MẬT))|KHẨU|THIẾT|ONG|MÃ|THƯ|VỤ|THÁM|NGỌT|HOA|GẤU|MÍA|RỈ|NGỮ|DANH|LỆNH|HIỆU|ƯỚC|ĐÀM|TÔNG|NGHỊ|BÁO)(?!\p{L})/iu

/** *BÍ MẬT NHÀ NƯỚC* is a stamp's text, but not in the name of the law and of the work that protect it. */
const stateSecret = new RegExp(`^${S}(?<nha>${NHA})${S}(?<nuoc>${NUOC})(?!\\p{L})`, 'u')
const secretBefore = new RegExp(`(?<bi>${BI})${S}$`, 'u')
const protection = /(?:BẢO\s+VỆ|GIỮ|GIỮ\s+GÌN|LỘ|LỌT|VỀ|LUẬT|CÔNG\s+TÁC)\s+$/iu

/** How far before a stamp a word may begin that makes it none. */
const REACH = 40

/**
 * The state-secrecy stamp in a text as a person sees it, however its letters are written: `MẬT`, `TỐI MẬT`, `TUYỆT MẬT`
 * or `BÍ MẬT NHÀ NƯỚC`; null for none. Lower case is no stamp, nor are capitals of ordinary words (*MẬT ĐỘ CÂY TRỒNG*,
 * *BẢO MẬT*). A backstop only: the notice before typing is what keeps secrets out (Law 117/2025/QH15, Art. 5).
 */
export function secrecyMark(text: string): string | null {
  return markIn(foldSeen(text))
}

function markIn(seen: string): string | null {
  for (const { index, 0: whole, groups = {} } of seen.matchAll(stamp)) {
    const end = index + whole.length
    const [left, right] = [seen.slice(Math.max(0, index - REACH), index), seen.slice(end, end + REACH)]
    const { toi, tuyet, titled, mat, MAT } = groups
    const degree = toi ?? tuyet ?? titled
    if (degree) {
      // "A dark evening; the density …" in a title.
      if (tuyet || !after.test(right)) return named(degree, MAT ?? mat)
      continue
    }
    const state = stateSecret.exec(right)?.groups
    const secret = state && secretBefore.exec(left)
    if (secret) {
      if (!protection.test(left.slice(0, secret.index))) return named(secret.groups?.bi, MAT, state.nha, state.nuoc)
    } else if (!before.test(left) && !after.test(right) && !/^\p{L}/u.test(right)) return named(MAT)
  }
  return unaccented.exec(seen)?.[0].replace(/\s+/g, ' ') ?? null
}

/** The words of a stamp in capitals, without what stood between their letters. */
const named = (...words: readonly (string | undefined)[]): string =>
  words.map((word = '') => word.replace(/[^\p{L}]/gu, '').toUpperCase()).join(' ')

/** The two higher degrees as people write them in file names; each word with all its accents or none. */
const degree = /(?<![\p{L}\p{N}])(?:tuyệt|tuyet|tối|toi)\s*(?:mật|mat)(?!\p{L})/iu

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
  const words = foldSeen(percentDecoded(name)).replace(/[\s_\-.+]+/g, ' ')
  return markIn(words) ?? degree.exec(words)?.[0] ?? null
}

/** The secrecy stamp in links as a person reads them, or null: browsers copy Vietnamese letters as %XX. */
export const secrecyMarkInLinks = (links: string): string | null => secrecyMark(percentDecoded(links))

/** Decodes each run of %XX that is UTF-8, and leaves the others. */
const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })

type Texts = Readonly<Record<string, string | null | undefined>>

/** The secrecy stamp in each text that has one, by its field; links and file names are read as such too. */
export function secrecyMarks(fields: Texts): Map<string, string> {
  const marks = new Map<string, string>()
  for (const [field, text] of Object.entries(fields)) {
    const mark = secrecyMarkInLinks(text ?? '')
    if (mark) marks.set(field, mark)
  }
  return marks
}

/** The faults of texts with a secrecy stamp, each at its field. */
export const secrecyFaults = (fields: Texts): FieldFault[] =>
  [...secrecyMarks(fields)].map(([field, mark]) => ({ field, key: 'submission.secret', params: { mark } }))

/**
 * Refuses free text with a secrecy stamp, each fault at its field; call before anything is stored. Throws FormError
 * with `submission.secret`, whose sentence explains the procedure on paper.
 */
export function rejectSecrecyStamps(fields: Texts): void {
  const faults = secrecyFaults(fields)
  if (faults.length > 0) throw new FormError(faults)
}
