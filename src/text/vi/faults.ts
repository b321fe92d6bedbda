import type { FaultKey, Faults } from '../../core/errors.js'
import type { UnitReportState } from '../../core/report/state.js'
import { showDate, showInstant } from '../index.js'
import { holiday } from './calendar/holiday.js'
import { common } from './common.js'
import { erasure } from './privacy/erasure.js'
import { unitReportState } from './report/report.js'

type Say = { [K in FaultKey]: (params: Faults[K], timeZone: string) => string }

const need: Record<Faults['access.denied']['need'], string> = {
  tonghop: 'Bảng tổng hợp dành cho Ban Chỉ huy quân sự, Phòng Tổ chức – Hành chính và Ban Giám hiệu.',
  dates: 'Ngày sơ kết, tổng kết do Ban Chỉ huy quân sự hoặc Phòng Tổ chức – Hành chính đặt.',
  confirm: 'Chỉ trưởng đơn vị hoặc cấp phó của đơn vị này mới xác nhận hoặc trả lại được.',
  submit: 'Thầy/Cô chỉ nộp được cho đơn vị của mình.',
  see: 'Nội dung này của đơn vị khác nên không xem được.',
  nil: 'Chỉ trưởng đơn vị hoặc cấp phó mới báo “Không phát sinh” được.',
  draft: 'Bản nháp này của người khác nên không mở được.',
  report: 'Chỉ trưởng đơn vị hoặc cấp phó của đơn vị này mới viết và gửi báo cáo được.',
  report_decide: 'Chỉ Ban Chỉ huy quân sự mới duyệt hoặc trả lại báo cáo được.',
  author: 'Chỉ người đã nộp mới sửa hoặc rút được minh chứng này.',
  accept: 'Chỉ Ban Chỉ huy quân sự mới duyệt minh chứng.',
  settings: 'Cài đặt do Phòng Tổ chức – Hành chính hoặc người quản trị thay đổi.',
  holidays: 'Bảng ngày nghỉ do Phòng Tổ chức – Hành chính hoặc người quản trị sửa.',
  log: 'Phần nhật ký này không dành cho vai trò của Thầy/Cô.',
  paper: 'Chỉ Ban Chỉ huy quân sự mới ghi nhận hoặc bỏ ghi nhận bản giấy.',
  erasure: 'Đề nghị xóa dữ liệu do Phòng Tổ chức – Hành chính xem xét, không phải chính người gửi.',
  absence: 'Báo vắng cho người khác do Phòng Tổ chức – Hành chính làm; Thầy/Cô báo vắng cho mình: /thidua vang.',
  close: 'Chốt sơ kết, tổng kết do Ban Chỉ huy quân sự làm.',
  reopen: 'Mở lại đợt đã chốt do Phòng Tổ chức – Hành chính làm.',
  nudge: 'Nhắc đơn vị do Ban Chỉ huy quân sự hoặc Phòng Tổ chức – Hành chính làm.',
  handover: 'Chỉ trưởng đơn vị hoặc cấp phó mới giao việc này cho người khác trong đơn vị được.',
  account: 'Chuyển tài khoản do người khác ở Phòng Tổ chức – Hành chính hoặc người quản trị làm.',
  wish: 'Cách nhắc chỉ dành cho trưởng đơn vị và cấp phó; người khác không nhận tin nhắc.',
}

/** Needs of what changes something; for the others people merely opened something, or asked for it. */
const acts: readonly Faults['access.denied']['need'][] = [
  'confirm',
  'submit',
  'nil',
  'report_decide',
  'author',
  'accept',
  'paper',
  'erasure',
  'handover',
  'account',
]

/** Shows a yyyy-mm-dd date, also one that does not exist, as dd/MM/yyyy; other text as typed. */
const showTyped = (word: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(word) ? showDate(word) : word)

/** The sentences of each fault: what happened, that nothing was lost, what to do next. */
export const faults: Say = {
  'access.denied': ({ need: n }) => (acts.includes(n) ? `${need[n]} Không có gì thay đổi.` : need[n]),
  'campaign.none': () =>
    'Chưa có kế hoạch thi đua nào được nạp vào. Xin nhờ người quản trị nạp kế hoạch rồi Thầy/Cô gõ lại lệnh này.',
  'campaign.other': () =>
    'Minh chứng này thuộc phong trào thi đua khác. Không có gì thay đổi; xin mở lại minh chứng rồi bấm ở đó.',
  'person.unknown': ({ orgOffice }) =>
    `Chào Thầy/Cô! Tài khoản này chưa có trong danh sách của trường nên chưa dùng được. ${
      orgOffice.length > 0
        ? `Xin liên hệ ${orgOffice.join(' hoặc ')} (Phòng Tổ chức – Hành chính); Phòng đã được báo.`
        : 'Xin liên hệ Phòng Tổ chức – Hành chính để được thêm vào danh sách.'
    }`,
  'account.refused': ({ why, orgOffice }) =>
    `Chào Thầy/Cô! ${
      why === 'taken' || why === 'held' || why === 'gone'
        ? 'E-mail này đang gắn với một tài khoản Slack khác'
        : 'Tài khoản này không phải thành viên chính thức của Slack nhà trường (tài khoản khách, của nơi khác hoặc đã đóng)'
    } nên chưa dùng được Thi đua. Nếu Thầy/Cô vừa đổi tài khoản, xin liên hệ ${
      orgOffice.length > 0 ? `${orgOffice.join(' hoặc ')} (Phòng Tổ chức – Hành chính)` : 'Phòng Tổ chức – Hành chính'
    }; Phòng đã được báo.`,
  'person.no_unit': () =>
    'Thầy/Cô chưa thuộc đơn vị nào phải nộp minh chứng. Nếu chưa đúng, xin báo Phòng Tổ chức – Hành chính sửa danh sách.',
  'unit.not_found': ({ word }) => `Không tìm thấy đơn vị “${word}”. Xin gõ mã hoặc tên đơn vị, ví dụ: Khoa Cơ khí.`,
  'criterion.not_found': ({ word }) => `Không có tiêu chí “${word}”. Gõ /thidua tieuchi để xem các mã tiêu chí.`,
  'submission.not_found': () => 'Không tìm thấy minh chứng này. Xin kiểm tra lại số.',
  'attachment.none': () => 'Xin chọn ít nhất một ảnh hoặc tệp.',
  'attachment.too_many': ({ max, have }) =>
    `Mỗi minh chứng tối đa ${max} tệp${have > 0 ? ` (đã có ${have})` : ''}; xin bớt tệp, nội dung vẫn còn nguyên.`,
  'attachment.secret': ({ mark }) =>
    `Tên tệp có chữ “${mark}”: tài liệu mật không được gửi qua mạng. Không lưu gì cả; xin xóa tệp đó khỏi Slack và nộp bản giấy cho Ban Chỉ huy quân sự.`,
  'attachment.gone': () => 'Không tìm thấy tệp này; có thể tệp đã được gỡ.',
  'attachment.nothing_stored': () => 'Chưa có tệp nào lưu xong. Xin xem lại sau ít phút.',
  'drop.gone': () =>
    'Các tệp này đã được nộp hoặc đã quá 30 ngày nên không còn. Không có gì thay đổi; xin gửi lại ảnh vào đây nếu cần.',
  'submission.text_empty': () => 'Xin ghi kết quả đã làm được.',
  'submission.text_too_long': ({ max }) => `Phần kết quả dài quá ${max} ký tự; xin rút gọn, nội dung vẫn còn nguyên.`,
  'submission.secret': ({ mark }) =>
    `Có chữ “${mark}”: tài liệu mật không được gửi qua mạng. Không lưu gì của phần này, cả phần đã tự lưu trước đó; xin bỏ nội dung mật và nộp bản giấy cho Ban Chỉ huy quân sự.`,
  'submission.criterion_missing': () => 'Xin chọn tiêu chí.',
  'submission.unit_missing': () => 'Xin chọn đơn vị.',
  'submission.date_missing': () => 'Xin chọn ngày thực hiện.',
  'submission.date_invalid': () => 'Ngày chưa đúng; xin chọn lại trên lịch.',
  'submission.date_future': ({ today }) =>
    `Ngày thực hiện chưa đến (hôm nay là ${showDate(today)}); xin chọn ngày đã làm.`,
  'submission.date_outside': ({ from, to }) =>
    `Phong trào tính từ ${showDate(from)} đến ${showDate(to)}; xin chọn ngày trong thời gian này.`,
  'submission.figure_invalid': () => 'Xin ghi một con số, ví dụ 25 hoặc 12,5.',
  'submission.figure_unit_missing': () => 'Xin ghi đơn vị tính của số liệu, ví dụ: người, buổi, %.',
  'submission.figure_missing': () => 'Có đơn vị tính nhưng chưa có số; xin ghi số liệu hoặc xóa đơn vị tính.',
  'submission.figure_unit_too_long': ({ max }) => `Đơn vị tính tối đa ${max} ký tự.`,
  'submission.link_invalid': ({ link }) =>
    `“${link.slice(0, 60)}” không phải liên kết; xin dán địa chỉ bắt đầu bằng http:// hoặc https://, mỗi dòng một liên kết.`,
  'submission.links_too_many': ({ max }) => `Tối đa ${max} liên kết.`,
  'submission.state_changed': ({ number, state, by, at }, timeZone) =>
    `${number} ${common.state[state as keyof typeof common.state]}${by ? ` – ${by}` : ''}, lúc ${showInstant(at, timeZone)}. Lần bấm này không thay đổi gì.`,
  'submission.head_first': ({ number }) =>
    `${number} còn chờ trưởng đơn vị xác nhận nên Ban Chỉ huy chưa duyệt được; xin chờ hoặc nhắc đơn vị. Không có gì thay đổi.`,
  'submission.rewritten': ({ number, by, at }, timeZone) =>
    `${number} vừa được ${by} sửa lúc ${showInstant(at, timeZone)}, sau khi Thầy/Cô mở xem. Không có gì thay đổi; xin xem nội dung mới rồi quyết định.`,
  'return.reason_empty': () => 'Xin ghi lý do trả lại để người nộp biết cần bổ sung gì.',
  'review.date_invalid': ({ word }) => `“${word}” không phải ngày. Xin ghi dạng ngày/tháng/năm, ví dụ 28/06/2024.`,
  'review.date_outside': ({ from, to }) => `Ngày phải nằm trong khoảng ${showDate(from)} – ${showDate(to)}.`,
  'review.order': () => 'Ngày sơ kết phải trước ngày tổng kết. Các ngày cũ vẫn giữ nguyên.',
  'review.closed': ({ kind, by, at }, timeZone) =>
    `${kind === 'preliminary' ? 'Sơ kết' : 'Tổng kết'} đã được ${by} chốt lúc ${showInstant(at, timeZone)} nên không thay đổi được nữa. Không có gì thay đổi; khi cần sửa, xin nhờ Phòng Tổ chức – Hành chính mở lại.`,
  'review.not_closed': ({ kind }) =>
    `${kind === 'preliminary' ? 'Sơ kết' : 'Tổng kết'} chưa chốt, hoặc vừa được mở lại. Không có gì thay đổi.`,
  'review.too_early': ({ kind, date }) =>
    `Chưa đến ngày ${common.reviewKind[kind]} (${showDate(date)}) nên chưa chốt được. Không có gì thay đổi.`,
  'review.later_closed': ({ kind }) =>
    `${kind === 'preliminary' ? 'Sơ kết' : 'Tổng kết'} sau đó đã chốt nên đợt này không thay đổi được. Không có gì thay đổi; xin mở lại đợt sau trước.`,
  'review.earlier_open': ({ kind, date }) =>
    `${kind === 'preliminary' ? 'Sơ kết' : 'Tổng kết'} ${showDate(date)} chưa chốt. Không có gì thay đổi; xin chốt đợt đó trước.`,
  'review.reason_empty': () => 'Xin ghi lý do mở lại.',
  'holiday.year': ({ word, from, to }) =>
    `Chưa có bảng ngày nghỉ cho “${word}”. Xin ghi năm từ ${from} đến ${to}, ví dụ: /thidua ngaynghi 2025.`,
  'holiday.changed': ({ by, at }, timeZone) =>
    `${by || 'Dòng lệnh'} vừa đổi bảng này lúc ${showInstant(at, timeZone)}, sau khi Thầy/Cô mở. Chưa ghi đè gì cả; xin mở lại /thidua ngaynghi rồi sửa tiếp.`,
  'holiday.reset': () =>
    'Bảng này vừa được thay bằng bảng Thi đua đề xuất, sau khi Thầy/Cô mở. Chưa ghi gì cả; xin mở lại /thidua ngaynghi rồi sửa tiếp.',
  'holiday.lines': ({ faults }) => holiday.lineFaults(faults),
  'nil.has_evidence': ({ criterion }) =>
    `Tiêu chí ${criterion} đã có minh chứng nên không cần báo “Không phát sinh”. Không có gì thay đổi.`,
  'nil.reason_empty': () => 'Xin ghi lý do, một câu ngắn là đủ.',
  'nil.reason_too_long': ({ max }) => `Lý do dài quá ${max} ký tự; xin rút gọn, nội dung vẫn còn nguyên.`,
  'nil.nothing_left': () => 'Các tiêu chí này vừa có minh chứng hoặc đã ghi nhận cả rồi. Không có gì thay đổi.',
  'unitReport.no_date': ({ kind }) =>
    `Chưa đặt ngày ${common.reviewKind[kind]} nên chưa gửi được báo cáo (/thidua lich). Nội dung vẫn còn nguyên.`,
  'unitReport.state_changed': ({ unit, kind, state, by, at }, timeZone) =>
    `Báo cáo ${common.reviewKind[kind]} của ${unit} ${unitReportState[state as UnitReportState]}${by ? ` – ${by}` : ''}${at ? `, lúc ${showInstant(at, timeZone)}` : ''}. Lần bấm này không thay đổi gì.`,
  'unitReport.text_too_long': ({ max }) => `Phần này dài quá ${max} ký tự; xin rút gọn, nội dung vẫn còn nguyên.`,
  'unitReport.texts_changed': ({ by, at }, timeZone) =>
    `${by} vừa sửa phần này lúc ${showInstant(at, timeZone)}, sau khi Thầy/Cô mở. Chưa ghi đè gì cả; xin chép lại lời của mình, đóng và mở lại để ghép vào.`,
  'unitReport.reason_empty': () => 'Xin ghi lý do trả lại để đơn vị biết cần bổ sung gì.',
  'draft.gone': () => 'Bản nháp này đã nộp hoặc không còn. Xin bấm “Nộp minh chứng” để viết mới.',
  'log.number': ({ word }) =>
    `“${word}” không phải số minh chứng, cũng không phải tên đơn vị. Xin gõ, ví dụ: /thidua nhatky TĐ-2024-000123 hoặc /thidua nhatky Khoa Cơ khí.`,
  'paper.date_outside': ({ from, to }) => `Ngày nhận phải từ ${showDate(from)} đến hôm nay (${showDate(to)}).`,
  'erasure.waiting': ({ at }, timeZone) =>
    `Đề nghị xóa gửi lúc ${showInstant(at, timeZone)} vẫn đang chờ xem xét. Muốn đổi: /thidua dulieu, rút đề nghị cũ rồi gửi lại.`,
  'erasure.nobody': () =>
    'Chưa có ai khác ở Phòng Tổ chức – Hành chính trong danh sách để xem xét. Chưa gửi gì; xin báo người quản trị bổ sung danh sách.',
  'erasure.gone': () => 'Không tìm thấy đề nghị xóa này.',
  'erasure.decided': ({ state, by, at }, timeZone) =>
    `${erasure.decided[state]}${by ? ` – ${by}` : ''}, lúc ${showInstant(at, timeZone)}. Lần bấm này không thay đổi gì.`,
  'erasure.reason_empty': () => 'Xin ghi lý do từ chối để người gửi biết.',
  'erasure.reason_too_long': ({ max }) => `Lý do dài quá ${max} ký tự; xin rút gọn.`,
  'erasure.what_missing': () => 'Xin chọn phần muốn xóa.',
  'nudge.no_review': ({ kind }) =>
    `Chưa đặt ngày ${kind ? common.reviewKind[kind] : 'sơ kết, tổng kết'} nên chưa có gì để nhắc. Đặt ngày: /thidua lich.`,
  'absence.date_invalid': ({ word }) =>
    word === ''
      ? 'Xin chọn ngày.'
      : `“${showTyped(word)}” không phải ngày. Xin ghi dạng ngày/tháng/năm, ví dụ 10/06/2024.`,
  'absence.order': ({ from, until }) =>
    `Ngày cuối (${showDate(until)}) đang trước ngày đầu (${showDate(from)}); xin chọn lại. Chưa lưu gì.`,
  'absence.past': ({ until, today }) =>
    `Ngày cuối (${showDate(until)}) đã qua, hôm nay là ${showDate(today)}; xin chọn lại. Chưa lưu gì.`,
  'absence.too_long': () => 'Mỗi đợt vắng tối đa một năm; xin chọn ngày cuối sớm hơn. Chưa lưu gì.',
  'absence.too_far': ({ from }) =>
    `Ngày đầu (${showDate(from)}) còn hơn một năm nữa mới đến; xin chọn lại. Chưa lưu gì.`,
  'absence.unclear': ({ word }) =>
    `Chưa hiểu “${word}”. Chưa lưu gì; xin ghi ngày, ví dụ: /thidua vang từ 10/06 đến 14/06, hoặc chỉ gõ /thidua vang rồi chọn.`,
  'absence.nobody': ({ word }) =>
    `Không tìm thấy “${word}” trong danh sách. Chưa lưu gì; xin kiểm tra họ tên, ví dụ: /thidua vang Nguyễn Văn An từ 10/06 đến 14/06.`,
  'absence.gone': () => 'Đợt vắng này đã qua hoặc đã gộp vào đợt khác. Không có gì thay đổi; xem lại: /thidua vang.',
  'handover.nobody': () => 'Người này không có trong danh sách của đơn vị nên chưa giao được. Xin chọn người khác.',
  'handover.unclear': ({ word, names }) =>
    names.length > 0
      ? `Có nhiều người tên “${word}”: ${names.join(', ')}. Chưa giao cho ai; xin gõ đủ họ tên.`
      : `Không tìm thấy “${word}” trong đơn vị. Chưa giao cho ai; xin gõ lại họ tên.`,
  'rehearsal.unclear': ({ word }) =>
    `Chưa hiểu ngày giờ “${word}”. Xin gõ như: /thidua thunhac 14/06/2024 10:00. Chưa gửi gì.`,
  'rehearsal.past': ({ today }) =>
    `Ngày này đã qua, hôm nay là ${showDate(today)}; xin chọn ngày từ hôm nay. Chưa gửi gì.`,
  'rehearsal.too_far': () => 'Chỉ xem trước được trong vòng một năm tới; xin chọn ngày gần hơn. Chưa gửi gì.',
  'wish.hour_invalid': ({ from, until }) => `Xin chọn một giờ từ ${from} đến trước ${until}.`,
  'request.stale': () => 'Nút này đã cũ. Không có gì thay đổi; xin gõ lại /thidua để tiếp tục.',
  'chat.slow': () => 'Slack đang phản hồi chậm. Chưa có gì thay đổi; xin gõ lại lệnh sau ít phút.',
}
