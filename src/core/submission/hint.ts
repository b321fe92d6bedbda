import type { SubmissionContent } from './content.js'

/** What a hint asks for: a whole sentence, a figure, or the result. */
export type Hint = 'sentence' | 'figure' | 'result'

/** The field of the form that a hint is about. */
export type HintField = 'text' | 'figure'
export const hintField: Readonly<Record<Hint, HintField>> = { sentence: 'text', figure: 'figure', result: 'text' }

/** A text with fewer letters or words is hardly a sentence. */
const SENTENCE_LETTERS = 30
const SENTENCE_WORDS = 6

/** A text of this many words is assumed to state the result. */
const TELLING_WORDS = 12

/** A text of this many words gets no hint. */
const LONG_WORDS = 80

// Vietnamese letters are listed explicitly: `\p{L}` in a lookbehind searches hundreds of ranges, which took 4 % of the
// main thread under load.

/** Numbers that are not figures: a date, a holiday, a year, an ordinal, a document number. */
const notFigures =
  /(?<![a-zà-öø-ÿăđĩũơưạ-ỹ])(?:lễ|dịp|niệm)\s+\d{1,2}[/.-]\d{1,2}(?:(?:,|\s+và)\s*\d{1,2}[/.-]\d{1,2})*|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|(?<![a-zà-öø-ÿăđĩũơưạ-ỹ])(?:ngày|mùng|tháng|quý|năm|năm học|khóa|khoá|kỳ|đợt|lần|lớp|tiết|thứ|(?<!(?:quân|sĩ|tổng|con)\s+)số)(?:\s+thứ)?\s+\d+(?:[/.-][a-zà-öø-ÿăđĩũơưạ-ỹ\d-]+)*/giu
const digits = /(?<![a-zà-öø-ÿăđĩũơưạ-ỹ\d])\d/u

/** Numbers written in words before something counted. */
const counted =
  /(?<![a-zà-öø-ÿăđĩũơưạ-ỹ])(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|chục)\s+(?:người|em|đồng chí|học sinh|sinh viên|viên chức|đoàn viên|đảng viên|buổi|lượt|lần|lớp|tiết|giờ|ngày|bài|tin|gia đình|suất|phần|giải|hội|cuộc|đợt|mô hình|triệu|đồng)(?![a-zà-öø-ÿăđĩũơưạ-ỹ])/iu
const outcome =
  /%|(?<!\d)\d+\s*\/\s*\d+(?!\s*\/)|(?<![a-zà-öø-ÿăđĩũơưạ-ỹ])(?:đạt|hoàn thành|kết quả|kết nạp|được|trao|tặng|khen|giải|xếp loại|tốt|khá|giỏi|xuất sắc|nâng|tăng|giảm|vượt|đủ|bảo đảm|đảm bảo|thành công|an toàn|không (?:để )?xảy ra)(?![a-zà-öø-ÿăđĩũơưạ-ỹ])/iu

/**
 * The most helpful hint for a submission with too little detail, or null. A figure together with a result is enough,
 * however short. The hint is only advice and can be ignored.
 */
export function hintFor({ text, figure }: Pick<SubmissionContent, 'text' | 'figure'>): Hint | null {
  const words = text.match(/\S+/g)?.length ?? 0
  if (words >= LONG_WORDS) return null
  const telling = text.replace(notFigures, ' ')
  const hasFigure = figure !== null || digits.test(telling) || counted.test(telling)
  const hasResult = outcome.test(telling)
  if (hasFigure && hasResult) return null
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters < SENTENCE_LETTERS || words < SENTENCE_WORDS) return 'sentence'
  if (!hasFigure) return 'figure'
  return words < TELLING_WORDS ? 'result' : null
}
