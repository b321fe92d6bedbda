/** Why a file with a table cannot be read. */
export type TableFileKey =
  | 'file.not_utf8'
  | 'file.old_excel'
  | 'file.password'
  | 'file.other_format'
  | 'file.no_table'
  | 'file.too_large'
  | 'file.too_many_rows'
  | 'file.unreadable'
  | 'file.no_header'
  | 'file.no_sheet'
  | 'file.hidden_sheet'
  | 'file.several_sheets'
  | 'file.quote_open'
  | 'file.mixed_encodings'

/** Why a cell cannot be read: what stands in it is not what was typed. */
export type TableCellKey = 'cell.formula' | 'cell.date' | 'cell.number' | 'cell.error'

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

const file: Record<TableFileKey, (names: readonly string[]) => string> = {
  'file.not_utf8': () =>
    'tệp không phải UTF-8 nên tiếng Việt sẽ sai. Trong Excel: Lưu thành → “CSV UTF-8”, hoặc lưu thành .xlsx.',
  'file.old_excel': () => 'tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel rồi lưu thành .xlsx hoặc “CSV UTF-8”.',
  'file.password': () => 'tệp có mật khẩu nên không mở được. Hãy mở bằng Excel, bỏ mật khẩu, rồi lưu lại thành .xlsx.',
  'file.other_format': ([format]) =>
    `tệp ${format}, chưa đọc được. Hãy mở bằng chương trình đã tạo ra tệp (hoặc Excel) rồi lưu hay xuất thành .xlsx.`,
  'file.no_table': ([format]) => `tệp ${format} không phải bảng tính. Cần bảng tính Excel (.xlsx) hoặc “CSV UTF-8”.`,
  'file.too_large': () =>
    'tệp quá lớn so với một danh sách. Hãy chép riêng trang danh sách sang một tệp mới rồi lưu thành .xlsx.',
  'file.too_many_rows': (names) =>
    `trang ${quoted(names)} có quá nhiều dòng so với một danh sách. Hãy xóa các dòng thừa ở cuối trang rồi lưu lại.`,
  'file.unreadable': () => 'không mở được tệp Excel này; có thể tệp hỏng. Hãy mở bằng Excel rồi lưu lại thành .xlsx.',
  'file.no_header': (names) =>
    `không tìm thấy dòng tiêu đề${names.length > 0 ? ` (đã xem trang ${quoted(names)})` : ''}. Cần các cột: unit_code, unit_name, unit_kind, full_name, email, role.`,
  'file.no_sheet': ([name, ...names]) => `tệp không có trang tên “${name}”. Các trang trong tệp: ${quoted(names)}.`,
  'file.hidden_sheet': (names) =>
    `danh sách nằm ở trang ẩn ${quoted(names)}. Hãy bỏ ẩn trang này rồi lưu lại, hoặc thêm --sheet ${quoted(names.slice(0, 1))}.`,
  'file.several_sheets': (names) =>
    `tệp có danh sách ở ${names.length} trang: ${quoted(names)}. Hãy chọn một trang, ví dụ thêm --sheet ${quoted(names.slice(0, 1))}.`,
  'file.quote_open': () => 'dấu ngoặc kép mở ở dòng này không được đóng.',
  'file.mixed_encodings': ([encoding, text]) =>
    `tệp trộn Unicode với ${encoding}, không rõ ô “${text}” viết bằng bảng mã nào. Hãy chuyển cả tệp sang Unicode rồi lưu lại.`,
}

const cell: Record<TableCellKey, (shown: string) => string> = {
  'cell.formula': () =>
    'ô chứa công thức mà tệp không giữ kết quả. Hãy mở bằng Excel rồi lưu lại, hoặc thay công thức bằng giá trị.',
  'cell.date': (shown) =>
    `Excel đã đổi nội dung ô thành ngày ${shown}. Hãy định dạng cột là Văn bản (Text) rồi gõ lại.`,
  'cell.number': (shown) =>
    `Excel đã đổi nội dung ô thành số ${shown}. Hãy định dạng cột là Văn bản (Text) rồi gõ lại.`,
  'cell.error': (shown) => `ô báo lỗi ${shown} của Excel. Hãy sửa công thức hoặc gõ giá trị.`,
}

const encodings = {
  tcvn3: 'TCVN3 (ABC)',
  vni: 'VNI',
  viqr: 'VIQR',
  utf8: 'UTF-8 mã hóa hai lần',
  cp1258: 'Windows-1258',
}
/** What is wrong with a text, after “tiếng Việt trong tệp”. */
const written = (encoding: keyof typeof encodings): string =>
  encoding === 'utf8' ? 'bị mã hóa UTF-8 hai lần' : `viết bằng bảng mã cũ ${encodings[encoding]}`

/** The sentences about files with a table, whatever is in it. */
export const tableText = {
  file,
  cell,
  encodings,
  written,
  formats: { html: 'trang web (HTML)', xml: 'XML (Excel 2003)' },
  /** A program has written `?` for the letters that its encoding lacks. */
  lettersLost: (excerpt: string): string =>
    `“${excerpt}” đã mất chữ có dấu khi lưu tệp. Hãy lưu lại từ tệp gốc bằng UTF-8, rồi nạp lại.`,
  /** A text is in an old encoding, and the file is not converted here. */
  oldEncoding: (encoding: keyof typeof encodings, before: string, after: string): string =>
    `tiếng Việt trong tệp ${written(encoding)} (“${before}” lẽ ra là “${after}”). Hãy chuyển sang Unicode, lưu bằng UTF-8, rồi nạp lại.`,
}
