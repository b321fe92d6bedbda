import type { NoticeKind, WorkKind } from '../../../core/outbox/outbox.js'
import { showDate } from '../../index.js'
import { bold, type Inline, type Rich } from '../../rich.js'

/** Why a message did not go out; what stands before a colon is the act at which it was. */
const whys: readonly [pattern: RegExp, words: string][] = [
  [/^no account/, 'chưa có tài khoản Slack với e-mail này'],
  [/account_inactive|user_disabled/, 'tài khoản Slack đã bị khóa'],
  [/ratelimited/, 'Slack yêu cầu gửi chậm lại'],
  [
    /missing_scope/,
    'ứng dụng Slack thiếu quyền (im:history, im:write, chat:write); xin cài lại theo manifests/slack.json',
  ],
  [/not_authed|invalid_auth|token_|not installed/, 'Slack không nhận token của bot'],
  [/^payload /, 'nội dung trong hộp gửi không đọc được'],
  [/^history: /, 'chưa kiểm tra được tin đã tới nơi hay chưa'],
  [/^http 5|internal_error|fatal_error|service_unavailable|no answer of Slack/, 'Slack gặp lỗi'],
  [/timeout|fetch failed|ECONN|ENOTFOUND|EAI_AGAIN|socket|terminated|request_timeout/i, 'không kết nối được với Slack'],
]

/** What is said of messages that wait or were given up. */
export const outbox = {
  kind: {
    'submission.receipt': 'biên nhận minh chứng',
    'submission.request': 'minh chứng chờ xác nhận',
    'submission.outcome': 'kết quả minh chứng',
    'submission.board_returned': 'minh chứng bị trả lại',
    'attachment.failed': 'tệp không lưu được',
    'drop.card': 'ảnh, tệp vừa gửi cho bot',
    'unitReport.offer': 'mời gửi báo cáo đơn vị',
    'unitReport.request': 'báo cáo đơn vị chờ duyệt',
    'unitReport.outcome': 'kết quả duyệt báo cáo',
    reminder: 'lời nhắc',
    'late.digest': 'danh sách đơn vị trễ hạn',
    'eve.digest': 'tình hình trước ngày họp',
    'digest.weekly': 'bản tin tuần',
    thanks: 'lời cảm ơn cuối tháng',
    holidays: 'bảng ngày nghỉ',
    stranger: 'người chưa có trong danh sách',
    unreachable: 'người không liên lạc được',
    headless: 'đơn vị chưa có trưởng đơn vị',
    'erasure.request': 'yêu cầu xóa dữ liệu cá nhân',
    'erasure.outcome': 'kết quả xóa dữ liệu cá nhân',
    'absence.stand_in': 'nhận nhắc thay người vắng',
    'absence.by_other': 'lịch vắng do người khác ghi',
    undelivered: 'báo tin không gửi được',
    'attachment.fetch': 'tải tệp về kho',
    'calendar.file': 'tệp lịch',
    'attachment.show': 'gửi tệp cho người xem',
  } satisfies Record<NoticeKind | WorkKind, string>,
  why(error: string | null): string {
    if (!error) return 'không rõ lý do'
    const known = whys.find(([pattern]) => pattern.test(error))
    // Slack's own word stays beside ours: it is what one looks for in its documentation.
    return known ? `${known[1]} (${error})` : `Slack từ chối (${error})`
  },
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
  more: (n: number): readonly Inline[] => [`… và ${n} tin nữa`],
  undeliveredHint: 'Các tin này vẫn còn trong hộp gửi. Người quản trị xem và gửi lại bằng: npm run thidua -- outbox',
}
