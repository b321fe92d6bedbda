import type { Role } from '../../../core/people/person.js'
import type { UnitKind } from '../../../core/people/unit.js'
import type { RosterFaultKey, RosterFaultParams } from '../../../core/setup/roster.js'

export type RosterSentenceParams = RosterFaultParams & { suggestion?: string }
export type RosterFileKey =
  | 'file.not_utf8'
  | 'file.old_excel'
  | 'file.unreadable'
  | 'file.no_header'
  | 'file.quote_open'

const quote = (value: string | number | undefined): string => `“${value ?? ''}”`
const choice = (what: string) => (p: RosterSentenceParams) =>
  `${quote(p.value)} không phải ${what}${p.suggestion ? `; có phải ${quote(p.suggestion)}?` : '.'} Chỉ nhận: ${(p.allowed ?? []).join(', ')}.`

const faults: Record<RosterFaultKey, (p: RosterSentenceParams) => string> = {
  'roster.empty': () => 'danh sách chưa có dòng nào dưới dòng tiêu đề.',
  'roster.column_missing': () => 'thiếu cột này trong dòng tiêu đề.',
  'roster.cell_empty': () => 'ô còn trống.',
  'roster.too_long': (p) => `dài ${p.length} ký tự, tối đa ${p.max}.`,
  'roster.code_invalid': (p) => `mã đơn vị ${quote(p.value)} chỉ gồm chữ, số, dấu chấm và gạch nối, không có dấu cách.`,
  'roster.email_invalid': (p) => `${quote(p.value)} không phải địa chỉ e-mail.`,
  'roster.kind_unknown': choice('loại đơn vị'),
  'roster.role_unknown': choice('vai trò'),
  'roster.unit_name_differs': (p) =>
    `đơn vị ${p.unitCode} ở đây tên ${quote(p.value)}, nhưng ở dòng ${p.firstLine} tên ${quote(p.first)}.`,
  'roster.unit_kind_differs': (p) =>
    `đơn vị ${p.unitCode} ở đây thuộc loại ${quote(p.value)}, nhưng ở dòng ${p.firstLine} thuộc loại ${quote(p.first)}.`,
  'roster.person_name_differs': (p) =>
    `${p.email} ở đây là ${quote(p.value)}, nhưng ở dòng ${p.firstLine} là ${quote(p.first)}.`,
}

const file: Record<RosterFileKey, string> = {
  'file.not_utf8':
    'tệp không phải UTF-8 nên tiếng Việt sẽ sai. Trong Excel: Lưu thành → “CSV UTF-8”, hoặc lưu thành .xlsx.',
  'file.old_excel': 'tệp Excel kiểu cũ (.xls). Hãy lưu thành .xlsx hoặc “CSV UTF-8”.',
  'file.unreadable': 'không mở được tệp Excel này; có thể tệp hỏng hoặc có mật khẩu. Hãy lưu lại thành .xlsx.',
  'file.no_header':
    'không tìm thấy dòng tiêu đề. Cần các cột: unit_code, unit_name, unit_kind, full_name, email, role.',
  'file.quote_open': 'dấu ngoặc kép mở ở dòng này không được đóng.',
}

/** Vietnamese words for a role or a kind of unit, folded (see `fold`), by which a valid value is suggested. */
const roleWords: Record<string, Role> = {
  truong: 'head',
  truongphong: 'head',
  truongkhoa: 'head',
  truongdonvi: 'head',
  giamdoc: 'head',
  chutich: 'head',
  bithu: 'head',
  pho: 'deputy',
  phophong: 'deputy',
  photruongphong: 'deputy',
  phokhoa: 'deputy',
  photruongkhoa: 'deputy',
  cappho: 'deputy',
  phochutich: 'deputy',
  phobithu: 'deputy',
  vienchuc: 'member',
  nhanvien: 'member',
  chuyenvien: 'member',
  giangvien: 'member',
  giaovien: 'member',
  nguoilaodong: 'member',
  banchihuy: 'command_board',
  banchihuyquansu: 'command_board',
  tochuchanhchinh: 'org_office',
  hoidong: 'council',
  bangiamhieu: 'school_board',
  hieutruong: 'school_board',
  phohieutruong: 'school_board',
  quantri: 'admin',
}

const kindWords: Record<string, UnitKind> = {
  phong: 'office',
  khoa: 'faculty',
  trungtam: 'centre',
  congdoan: 'union',
  doan: 'youth',
  doanthanhnien: 'youth',
  ban: 'board',
  hoidong: 'board',
}

/** The sentences about faults of a roster file. */
export const rosterText = {
  faults,
  file,
  roleWords,
  kindWords,
  /** For example `Dòng 7, cột role: …`. */
  at: (line: number, column: string | undefined, sentence: string): string =>
    `Dòng ${line}${column ? `, cột ${column}` : ''}: ${sentence}`,
  /** A fault of the whole file: `ds.csv: …`. */
  ofFile: (fileName: string, sentence: string): string => `${fileName}: ${sentence}`,
}
