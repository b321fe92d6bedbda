import type { PlanFaultKey } from '../../../core/campaign/plan.js'

/** The facts that a fault's sentence may use; absent when they do not apply. */
export interface PlanFaultParams {
  /** As written in the file. */
  value?: string
  key?: string
  suggestion?: string
  allowed?: readonly string[]
  max?: number
  length?: number
  before?: number
  first?: string
  group?: string
}

const quote = (value: string | undefined): string => `“${value ?? ''}”`
const perhaps = (suggestion: string | undefined): string => (suggestion ? `; có phải ${quote(suggestion)}?` : '.')
const oneOf = (p: PlanFaultParams): string =>
  `${p.suggestion ? '' : ' '}${p.allowed ? `${p.suggestion ? ' ' : ''}Chỉ nhận: ${p.allowed.join(', ')}.` : ''}`

const faults: Record<PlanFaultKey, (p: PlanFaultParams) => string> = {
  'plan.missing': (p) => `thiếu mục ${quote(p.key)}.`,
  'plan.not_text': () => 'phải là một đoạn chữ (nếu là số hoặc có dấu hai chấm, hãy đặt trong dấu ngoặc kép).',
  'plan.not_number': (p) => `${quote(p.value)} phải là số nguyên.`,
  'plan.not_yes_no': (p) => `${quote(p.value)} phải là true hoặc false.`,
  'plan.not_map': () => 'phải là một nhóm các mục “tên: giá trị”.',
  'plan.not_list': () => 'phải là một danh sách.',
  'plan.text_empty': () => 'chưa có nội dung.',
  'plan.list_empty': () => 'danh sách cần ít nhất một mục.',
  'plan.list_too_long': (p) => `danh sách có quá nhiều mục, tối đa ${p.max}.`,
  'plan.short_too_long': (p) => `tên ngắn dài ${p.length} ký tự, tối đa ${p.max}.`,
  'plan.text_too_long': (p) => `dài ${p.length} ký tự, tối đa ${p.max}.`,
  'plan.unknown_key': (p) => `không có mục nào tên ${quote(p.key)}${perhaps(p.suggestion)}`,
  'plan.code_invalid': (p) => `mã ${quote(p.value)} chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ qptd-2024.`,
  'plan.prefix_invalid': (p) => `${quote(p.value)} phải là chữ in hoa, gạch nối và năm, ví dụ TĐ-2024.`,
  'plan.date_invalid': (p) => `${quote(p.value)} không phải ngày có thật dạng năm-tháng-ngày, ví dụ 2024-03-11.`,
  'plan.time_invalid': (p) => `${quote(p.value)} không phải giờ dạng "08:00".`,
  'plan.group_code_invalid': (p) => `mã nhóm ${quote(p.value)} phải là một chữ cái thường: a, b, c…`,
  'plan.criterion_code_invalid': (p) => `mã tiêu chí ${quote(p.value)} phải là chữ của nhóm và số thứ tự, ví dụ a1.`,
  'plan.criterion_outside_group': (p) => `tiêu chí ${quote(p.value)} nằm trong nhóm ${quote(p.group)}: mã không khớp.`,
  'plan.code_twice': (p) => `mã ${quote(p.value)} đã dùng ở trên.`,
  'plan.period_reversed': (p) => `ngày kết thúc ${p.value} trước ngày bắt đầu ${p.first}.`,
  'plan.award_kind_unknown': (p) => `${quote(p.value)} không phải loại khen thưởng${perhaps(p.suggestion)}${oneOf(p)}`,
  'plan.unit_kind_unknown': (p) =>
    `${quote(p.value)} không phải loại đơn vị báo cáo${perhaps(p.suggestion)}${oneOf(p)}`,
  'plan.days_invalid': (p) => `số ngày ${quote(p.value)} phải là số nguyên từ 1 đến 250.`,
  'plan.ladder_not_descending': (p) => `${p.value} đứng sau ${p.before}: số ngày phải giảm dần, không lặp lại.`,
  'plan.ladder_not_ascending': (p) => `${p.value} đứng sau ${p.before}: số ngày phải tăng dần, không lặp lại.`,
  'plan.hours_reversed': (p) => `giờ cuối ${p.value} phải sau giờ đầu ${p.first}.`,
}

/** Sentences by error code of the `yaml` package; other codes get the general sentence. */
const syntax: Record<string, string> = {
  DUPLICATE_KEY: 'mục này đã có ở trên trong cùng một nhóm.',
  BAD_INDENT: 'thụt đầu dòng không khớp với các dòng cùng nhóm.',
  TAB_AS_INDENT: 'thụt đầu dòng bằng phím Tab; YAML chỉ nhận dấu cách.',
  MISSING_CHAR: 'thiếu một dấu: ngoặc đóng, dấu ngoặc kép đóng, dấu phẩy hoặc dấu hai chấm.',
  MULTILINE_IMPLICIT_KEY: 'tên mục bị ngắt sang dòng khác, hoặc thiếu dấu hai chấm sau tên mục.',
  BLOCK_AS_IMPLICIT_KEY: 'có dấu hai chấm thừa trong dòng; đặt cả đoạn chữ trong dấu ngoặc kép.',
  BAD_SCALAR_START: 'đoạn chữ bắt đầu bằng dấu mà YAML giữ riêng; đặt cả đoạn trong dấu ngoặc kép.',
  BAD_DQ_ESCAPE: 'dấu gạch chéo ngược trong ngoặc kép không đúng.',
  MULTIPLE_DOCS: 'tệp chứa nhiều kế hoạch (dòng “---”); mỗi tệp chỉ một kế hoạch.',
  TAG_RESOLVE_FAILED: 'dấu “!” ở đầu giá trị không được dùng ở đây; đặt giá trị trong dấu ngoặc kép.',
  ALIAS: 'dấu “*” hoặc “&” ở đầu giá trị không được dùng ở đây; đặt giá trị trong dấu ngoặc kép.',
}

/** The sentences about faults of a plan file. */
export const planText = {
  faults,
  notUtf8: 'tệp không phải UTF-8 nên tiếng Việt sẽ sai. Trong Notepad: Tệp → Lưu thành → Mã hóa: UTF-8, rồi nạp lại.',
  syntax: (code: string): string => syntax[code] ?? `không đúng cú pháp YAML (${code}).`,
  /** For example `qptd-2024.yaml, dòng 7, cột 12, groups[0].criteria[2].short: …`. */
  at: (fileName: string, line: number, column: number, path: string, sentence: string): string =>
    `${fileName}, dòng ${line}, cột ${column}${path ? `, ${path}` : ''}: ${sentence}`,
}
