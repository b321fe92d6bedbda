import type { Role } from '../../../core/people/person.js'
import type { UnitKind } from '../../../core/people/unit.js'
import type { RosterColumn, RosterFaultKey, RosterFaultParams } from '../../../core/setup/roster.js'

export type RosterSentenceParams = RosterFaultParams & { suggestion?: string }
const quote = (value: string | number | undefined): string => `“${value ?? ''}”`
const choice = (what: string) => (p: RosterSentenceParams) =>
  `${quote(p.value)} không phải ${what}${p.suggestion ? `; có phải ${quote(p.suggestion)}?` : '.'} Chỉ nhận: ${(p.allowed ?? []).join(', ')}.`

const faults: Record<RosterFaultKey, (p: RosterSentenceParams) => string> = {
  'roster.empty': () => 'danh sách chưa có dòng nào dưới dòng tiêu đề.',
  'roster.column_missing': () => 'thiếu cột này trong dòng tiêu đề.',
  'roster.cell_empty': () => 'ô còn trống.',
  'roster.too_long': (p) => `dài ${p.length} ký tự, tối đa ${p.max}.`,
  'roster.code_invalid': (p) => `mã đơn vị ${quote(p.value)} chỉ gồm chữ, số, dấu chấm và gạch nối, không có dấu cách.`,
  'roster.code_changed': (p) =>
    `mã đơn vị ${quote(p.value)} do Excel tự đổi thành ngày hoặc số. Hãy định dạng cột là Văn bản (Text) rồi gõ lại mã.`,
  'roster.name_invalid': (p) => `${quote(p.value)} không phải họ và tên; xin kiểm tra xem các cột có bị lệch không.`,
  'roster.letters_lost': (p) =>
    `${quote(p.value)} đã mất chữ có dấu khi lưu tệp. Hãy lưu lại từ tệp gốc thành .xlsx hoặc “CSV UTF-8”.`,
  'roster.email_letters': (p) =>
    `${quote(p.value)} có ${p.letters?.trim() ? `chữ ${quote(p.letters)} (có dấu, hoặc trông giống chữ Latinh nhưng không phải)` : 'dấu cách'}; xin gõ lại địa chỉ.`,
  'roster.email_several': (p) => `${quote(p.value)} có nhiều địa chỉ; chỉ giữ địa chỉ của tài khoản Slack.`,
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

/** Names of columns as offices write them, folded (see `fold`); where several stand in one table, the first listed counts. */
const columnWords: Record<RosterColumn, string[]> = {
  unit_code: ['unitcode', 'madonvi', 'madv', 'makhoaphong', 'makhoa', 'maphong', 'mabophan', 'kyhieudonvi'],
  unit_name: [
    'unitname',
    'tendonvi',
    'tendv',
    'donvi',
    'donvicongtac',
    'noicongtac',
    'tenphongkhoa',
    'phongkhoa',
    'khoaphong',
    'phongban',
    'phongkhoatrungtam',
    'bophan',
  ],
  unit_kind: ['unitkind', 'loaidonvi', 'loaidv', 'loaihinhdonvi', 'khoidonvi'],
  full_name: [
    'fullname',
    'hovaten',
    'hoten',
    'hovatencanbo',
    'hotencanbo',
    'hovatenvienchuc',
    'hotenvienchuc',
    'hotenvienchucnguoilaodong',
    'hotennguoilaodong',
    'hovatencbvc',
    'hotencbvc',
    'tencanbo',
    'tenvienchuc',
  ],
  email: [
    'email',
    'emailcongvu',
    'emailcoquan',
    'emailslack',
    'thudientucongvu',
    'thudientu',
    'diachiemail',
    'diachithudientu',
    'diachimail',
    'hopthu',
    'mail',
    'gmail',
  ],
  role: ['role', 'vaitro', 'chucvu', 'chucvuvaitro', 'chucdanhchucvu', 'chucvuchucdanh', 'chucdanh'],
}
/** Names of the two columns of a name that is split, folded. */
const nameParts = {
  family: ['hodem', 'hovatendem', 'hotendem', 'hovadem', 'holot', 'hovatenlot', 'hotenlot', 'hochulot', 'ho'],
  given: ['ten', 'tengoi'],
}

const few = (lines: readonly number[]): string =>
  `${lines.slice(0, 8).join(', ')}${lines.length > 8 ? ` và ${lines.length - 8} dòng khác` : ''}`

/** The sentences about faults of a roster file. */
export const rosterText = {
  faults,
  columnWords,
  nameParts,
  roleWords,
  kindWords,
  /** For example `Dòng 7, cột role: …`, `Dòng 7 và 21 dòng khác, cột role: …`. */
  at: (line: number, column: string | undefined, sentence: string, others = 0): string =>
    `Dòng ${line}${others > 0 ? ` và ${others} dòng khác` : ''}${column ? `, cột ${column}` : ''}: ${sentence}`,
  /** For example `Dòng 9, 10, 12, cột email: còn 3 ô nữa có lỗi như trên.` */
  more: (lines: readonly number[], column: string | undefined): string =>
    `Dòng ${few(lines)}${column ? `, cột ${column}` : ''}: còn ${lines.length} ô nữa có lỗi như trên.`,
  /** A fault of the whole file: `ds.csv: …`. */
  ofFile: (fileName: string, sentence: string): string => `${fileName}: ${sentence}`,
  notes: {
    sheet: (name: string): string => `Đã đọc trang “${name}”.`,
    converted: (fileName: string, written: string): string =>
      `${fileName}: tiếng Việt trong tệp ${written}, được chuyển sang Unicode như sau:`,
    change: (before: string, after: string): string => `  ${before} → ${after}`,
    moreChanges: (n: number): string => `  … và ${n} ô khác`,
    askConverted:
      'Chưa nạp gì cả. Nếu các tên trên đã đúng, xin chạy lại lệnh và thêm --yes; nếu chưa đúng, xin lưu tệp bằng Unicode (UTF-8) rồi nạp lại.',
    skipped: (lines: readonly number[]): string =>
      `Bỏ qua ${lines.length} dòng không phải của người nào (tiêu đề nhóm, tổng cộng, chữ ký): dòng ${few(lines)}.`,
    unitsFromAbove: (lines: readonly number[]): string =>
      `${lines.length} dòng để trống đơn vị, lấy theo dòng trên: dòng ${few(lines)}.`,
    sameNames: (names: readonly string[]): string =>
      `Cùng họ tên, cùng đơn vị mà hai địa chỉ e-mail, xin kiểm tra xem có phải một người: ${names.join('; ')}.`,
  },
}
