import type { NoticeKind, WorkKind } from '../../../core/outbox/outbox.js'
import type { SendFailure, SendFailureReason } from '../../../core/outbox/send-failure.js'
import { showDate } from '../../index.js'
import { bold, type Inline, type Rich } from '../../rich.js'

const reasons: Record<SendFailureReason, string> = {
  no_account: 'chưa có tài khoản Slack với e-mail này',
  account_closed: 'tài khoản Slack đã bị khóa',
  rate_limited: 'Slack yêu cầu gửi chậm lại',
  missing_permission:
    'ứng dụng Slack thiếu quyền (im:history, im:write, chat:write); xin cài lại theo manifests/slack.json',
  bad_credentials: 'Slack không nhận mã truy cập (token) của Thi đua',
  unreadable_payload: 'nội dung trong hộp gửi không đọc được',
  arrival_unknown: 'chưa kiểm tra được tin đã tới nơi hay chưa',
  chat_fault: 'Slack gặp lỗi',
  no_connection: 'không kết nối được với Slack',
  refused: 'Slack từ chối',
}

/** About messages that wait or were given up. */
export const outbox = {
  kind: {
    'submission.receipt': 'biên nhận minh chứng',
    'submission.request': 'minh chứng chờ xác nhận',
    'submission.outcome': 'kết quả minh chứng',
    'submission.board_returned': 'minh chứng được trả lại',
    'attachment.failed': 'tệp không lưu được',
    'files.unsent': 'tệp không gửi được',
    'drop.card': 'ảnh, tệp vừa gửi cho Thi đua',
    'unitReport.offer': 'mời gửi báo cáo đơn vị',
    'unitReport.request': 'báo cáo đơn vị chờ duyệt',
    'unitReport.outcome': 'kết quả duyệt báo cáo',
    'review.closed': 'kết quả sơ kết, tổng kết đã chốt',
    reminder: 'lời nhắc',
    'late.digest': 'danh sách đơn vị trễ hạn',
    'eve.digest': 'tình hình trước ngày họp',
    'digest.weekly': 'bản tin tuần',
    thanks: 'lời cảm ơn cuối tháng',
    holidays: 'bảng ngày nghỉ',
    stranger: 'người chưa có trong danh sách',
    unreachable: 'người không liên lạc được',
    headless: 'đơn vị chưa có trưởng đơn vị',
    'account.refused': 'tài khoản không được gắn',
    'erasure.request': 'đề nghị xóa dữ liệu cá nhân',
    'erasure.outcome': 'kết quả xóa dữ liệu cá nhân',
    'absence.stand_in': 'nhận nhắc thay người vắng',
    'absence.by_other': 'lịch vắng do người khác ghi',
    undelivered: 'báo tin không gửi được',
    'attachment.fetch': 'tải tệp về kho',
    'calendar.file': 'tệp lịch',
    'attachment.show': 'gửi tệp cho người xem',
  } satisfies Record<NoticeKind | WorkKind, string>,
  /** The words of the chat stay beside the reason, because they can be looked up in its documentation. */
  why: (failure: SendFailure | null): string =>
    failure?.words ? `${reasons[failure.reason]} (${failure.words})` : 'không rõ lý do',
  undelivered: (n: number, on: string): Rich => [
    bold(`${n} tin không gửi được`),
    ` ngày ${showDate(on)}, sau khi đã thử nhiều lần. Người nhận chưa biết; xin báo giúp nếu gấp:`,
  ],
  sentAfterAll: (on: string) => `✅ Các tin không gửi được ngày ${showDate(on)} đã được xếp gửi lại.`,
  undeliveredLine: (to: string | null, what: string, why: string): readonly Inline[] => [
    '• ',
    bold(to ?? '(đã xóa tên)'),
    ` – ${what}: ${why}`,
  ],
  /** `number`: of the submission; null for a calendar file. */
  filesUnsent: (number: string | null): Rich =>
    number
      ? [
          'Chưa gửi được ảnh, tệp của ',
          bold(number),
          ' vào đây: Slack không nhận. Các tệp vẫn còn nguyên; người quản trị đã được báo.',
        ]
      : 'Chưa gửi được tệp lịch vào đây: Slack không nhận. Lịch vẫn còn nguyên, xem bằng /thidua lich; người quản trị đã được báo.',
  filesSentAfterAll: (number: string | null): Rich =>
    number ? ['✅ Đã gửi lại ảnh, tệp của ', bold(number), '.'] : '✅ Đã gửi lại tệp lịch.',
  filesAgain: 'Gửi lại',
  more: (n: number): readonly Inline[] => [`… và ${n} tin nữa`],
  undeliveredHint: 'Các tin này vẫn còn trong hộp gửi. Người quản trị xem và gửi lại bằng: npm run thidua -- outbox',
}
