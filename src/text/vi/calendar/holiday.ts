import type { HolidayName, HolidayReason, HolidayRun } from '../../../core/calendar/holiday.js'
import type { HolidayLineFault } from '../../../core/calendar/holiday-lines.js'
import { clip, showDate, showWeekday } from '../../index.js'
import { bold, type Rich } from '../../rich.js'

/** dd/MM; the year is in the title. */
const day = (date: string): string => showDate(date).slice(0, 5)
const span = (from: string, to: string): string => (from === to ? day(from) : `${day(from)}–${day(to)}`)

const names: Record<HolidayName, string> = {
  newYear: 'Tết Dương lịch',
  tet: 'Tết Nguyên đán',
  hungKings: 'Giỗ Tổ Hùng Vương',
  reunification: 'Ngày Giải phóng miền Nam',
  labour: 'Ngày Quốc tế Lao động',
  national: 'Quốc khánh',
}

/** The number of days off, and of weekend days worked in exchange. */
export interface HolidayCounts {
  off: number
  work: number
}

const counted = ({ off, work }: HolidayCounts): string =>
  work > 0 ? `${off} ngày nghỉ, ${work} ngày làm bù` : `${off} ngày nghỉ`

type Sentences = { [K in HolidayLineFault['what']]: (fault: Extract<HolidayLineFault, { what: K }>) => string }
const wrong: Sentences = {
  noDate: ({ word }) => `chưa thấy ngày trong “${clip(word, 40)}”; xin ghi dạng 08/02 hoặc 08/02-14/02`,
  date: ({ word }) => `“${clip(word, 30)}” không phải ngày có thật`,
  kind: ({ word }) => `“${clip(word, 30)}” chưa rõ; xin ghi off (nghỉ) hoặc work (làm bù)`,
  order: () => 'ngày đầu đứng sau ngày cuối',
  long: ({ days, max }) => `khoảng ${days} ngày, quá ${max} ngày`,
  year: ({ date, year }) => `${showDate(date)} không thuộc năm ${year}`,
  twice: ({ date, first }) => `${day(date)} đã có ở dòng ${first}`,
  works: ({ date }) => `${day(date)} là ${showWeekday(date)}; làm bù chỉ ghi cho thứ Bảy, Chủ nhật, mỗi dòng một ngày`,
  name: () => 'chưa ghi tên, ví dụ: 24/11 Ngày Văn hóa Việt Nam',
  nameLong: ({ max }) => `tên dài quá ${max} ký tự`,
}

const FAULTS = 6

const lineFault = (fault: HolidayLineFault): string =>
  `Dòng ${fault.line}: ${(wrong[fault.what] as (f: HolidayLineFault) => string)(fault)}.`

export const holiday = {
  day,
  span,
  /** The name of a proposed day, also after the table is saved. */
  name: (reason: HolidayReason, kind: 'off' | 'work'): string => {
    if (reason.why === 'holiday') return names[reason.holiday]
    if (reason.why === 'swap')
      return kind === 'off' ? `Nghỉ hoán đổi, làm bù ${day(reason.of)}` : `Làm bù cho ${day(reason.of)}`
    // All days of Tết are called so, also those that make up for a weekend.
    return reason.holiday === 'tet' ? names.tet : `Nghỉ bù ${names[reason.holiday]} ${day(reason.of)}`
  },
  title: (year: number) => `Ngày nghỉ năm ${year}`,
  summary: (year: number, counts: HolidayCounts) => `Năm ${year}: ${counted(counts)}`,
  proposed: (counts: HolidayCounts): Rich => [
    '🕓 ',
    bold(`Bảng Thi đua đề xuất: ${counted(counts)}`),
    ', tính theo Bộ luật Lao động và âm lịch. Chưa ai xác nhận; Thi đua đang tính ngày làm việc theo bảng này.',
  ],
  saved: (counts: HolidayCounts, by: string, at: string): Rich => [
    '✅ ',
    bold(`Đã xác nhận: ${counted(counts)}`),
    ` · ${by}, lúc ${at}`,
  ],
  byCli: 'nạp từ dòng lệnh',
  /** `rest`: the whole period off, given for its last run when weekends make it longer. */
  run: ({ from, to, name }: HolidayRun, rest: HolidayRun['rest'] | undefined): Rich[] => [
    '• ',
    bold(from === to ? `${day(from)}, ${showWeekday(from)}` : span(from, to)),
    ` · ${name}`,
    rest ? ` · nghỉ liền ${rest.days} ngày, ${span(rest.from, rest.to)}` : '',
  ],
  worked: 'Đi làm bù',
  none: 'Không có ngày nghỉ nào.',
  noSwaps: (year: number) =>
    `Ngày nghỉ hoán đổi và ngày làm bù năm ${year} chưa có trong bảng; khi Nhà nước công bố, xin bấm “Sửa” để thêm.`,
  cultureDay:
    '24/11 (Ngày Văn hóa Việt Nam) mới là chủ trương nên Thi đua chưa đề xuất; khi được nghỉ, xin bấm “Sửa” để thêm một dòng.',
  use: 'Dùng bảng này',
  edit: 'Sửa',
  again: 'Dùng lại bảng đề xuất',
  askTitle: 'Dùng lại bảng đề xuất',
  ask: (year: number) => `Bảng năm ${year} đã lưu sẽ được thay bằng bảng Thi đua đề xuất.`,
  before: (year: number) => `‹ ${year}`,
  after: (year: number) => `${year} ›`,
  usage: 'Phòng Tổ chức – Hành chính và người quản trị sửa được bảng này.',
  usedNote: '✅ Đã xác nhận bảng này.',
  editedNote: '✅ Đã lưu bảng mới.',
  againNote: '✅ Đã dùng lại bảng Thi đua đề xuất.',
  unchanged: 'Bảng không thay đổi.',
  moved: 'Lịch nhắc thay đổi:',
  notMoved: 'Các lần nhắc sắp tới không đổi ngày.',
  movedTo: (was: string, on: string) => `${day(was)} → ${showWeekday(on)} ${showDate(on)}`,
  ofCampaign: (number: string) => ` (Kế hoạch ${number})`,
  andMore: (n: number) => `• … và ${n} lần nữa: /thidua lich`,
  formTitle: (year: number) => `Ngày nghỉ năm ${year}`,
  formSubmit: 'Lưu',
  formLabel: 'Mỗi dòng một ngày hoặc một khoảng ngày',
  formHint:
    'Ví dụ: “08/02-14/02 Tết Nguyên đán”. Thứ Bảy đi làm: “làm bù 04/05 Làm bù cho 29/04”. Bảng này thay cả bảng của năm.',
  line: (from: string, to: string, kind: 'off' | 'work', name: string): string =>
    `${kind === 'work' ? 'làm bù ' : ''}${from === to ? day(from) : `${day(from)}-${day(to)}`} ${name}`,
  tooLong: (year: number) =>
    `Bảng năm ${year} dài quá nên không sửa được trong Slack. Chưa có gì thay đổi; xin sửa bằng tệp: npm run thidua -- holidays import TỆP.`,
  lineFault,
  lineFaults: (faults: readonly HolidayLineFault[]): string =>
    [
      ...faults.slice(0, FAULTS).map(lineFault),
      ...(faults.length > FAULTS ? [`Còn ${faults.length - FAULTS} dòng nữa chưa đúng.`] : []),
      'Chưa lưu gì; nội dung vẫn còn nguyên.',
    ].join('\n'),
  notice: (year: number, counts: HolidayCounts): Rich => [
    bold(`Bảng ngày nghỉ năm ${year} Thi đua đề xuất: ${counted(counts)}`),
    '\nXin xem, sửa nếu cần rồi xác nhận. Khi chưa ai xác nhận, Thi đua vẫn tính ngày làm việc theo bảng này.',
  ],
  noticeSummary: (year: number) => `Bảng ngày nghỉ năm ${year} Thi đua đề xuất`,
  noticeDone: (year: number, by: string, at: string): Rich => [
    '✅ ',
    bold(`Bảng ngày nghỉ năm ${year}`),
    ` đã được xác nhận · ${by}, lúc ${at}`,
  ],
  cli: {
    imported: (year: number, counts: HolidayCounts) => `Đã nạp bảng ngày nghỉ năm ${year}: ${counted(counts)}.`,
    rowFault: (fault: HolidayLineFault) => lineFault(fault),
    empty: (file: string) => `${file}: chưa có dòng nào dưới dòng tiêu đề date,kind,name.`,
    noHeader: (file: string) => `${file}: thiếu dòng tiêu đề date,kind,name.`,
    notCsv: (file: string) => `${file}: không đọc được; xin lưu dạng CSV (UTF-8) với các cột date,kind,name.`,
    quote: (line: number) => `Dòng ${line}: dấu ngoặc kép chưa đóng.`,
    badYear: (word: string, from: number, to: number) => `“${word}” không phải năm từ ${from} đến ${to}.`,
    title: (year: number, by: string | undefined, at: string) =>
      by === undefined ? `Ngày nghỉ năm ${year} – Thi đua đề xuất` : `Ngày nghỉ năm ${year} – ${by}, lúc ${at}`,
    run: ({ from, to, kind, name }: HolidayRun) =>
      `  ${span(from, to).padEnd(11)}  ${kind === 'work' ? 'làm bù' : 'nghỉ  '}  ${name}`,
  },
}
