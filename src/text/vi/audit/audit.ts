import type { FailureReason } from '../../../core/attachment/attachment.js'
import type { AuditAction } from '../../../core/audit/audit.js'
import type { AuditScope } from '../../../core/queries/desk/history.js'
import { showDate } from '../../index.js'
import { bold, type Rich } from '../../rich.js'
import { reasons } from '../attachment/attachment.js'
import { type SettingText, setting } from '../campaign/setting.js'
import { common } from '../common.js'

type Data = Readonly<Record<string, unknown>>
const word = (data: Data, key: string): string => (data[key] === undefined ? '' : String(data[key]))
const date = (data: Data, key: string): string => (word(data, key) ? showDate(word(data, key)) : '')
const lookUp = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key
const list = (data: Data, key: string): string[] => {
  const value = data[key]
  return Array.isArray(value) ? value.map(String) : []
}

/** `head KDDT` → `Trưởng đơn vị KDDT`. */
const role = (code: string): string => {
  const [name = '', unit = ''] = code.split(' ')
  return `${lookUp(common.role, name)} ${unit}`.trim()
}

const roles = (data: Data, key: string): string => list(data, key).map(role).join(', ') || 'không có vai trò'

const actions: Record<AuditAction, string> = {
  'submission.submitted': 'nộp',
  'submission.revised': 'sửa',
  'submission.confirmed': 'xác nhận',
  'submission.unconfirmed': 'bỏ xác nhận',
  'submission.accepted': 'duyệt',
  'submission.returned': 'trả lại, đề nghị bổ sung',
  'submission.withdrawn': 'rút',
  'attachment.added': 'thêm tệp',
  'attachment.removed': 'gỡ tệp',
  'attachment.stored': 'lưu xong một tệp',
  'attachment.failed': 'không lưu được một tệp',
  'nil.said': 'báo không phát sinh',
  'nil.taken_back': 'bỏ “Không phát sinh”',
  'review.date_set': 'đặt ngày',
  'review.closed': 'chốt',
  'review.reopened': 'mở lại',
  'unitReport.sent': 'gửi báo cáo',
  'unitReport.approved': 'duyệt báo cáo',
  'unitReport.rejected': 'trả lại báo cáo, đề nghị bổ sung',
  'unitReport.taken_back': 'rút báo cáo',
  'reminder.nudged': 'nhắc đơn vị',
  'setting.changed': 'đổi cài đặt',
  'holiday.changed': 'đổi bảng ngày nghỉ',
  'plan.imported': 'nạp kế hoạch',
  'plan.changed': 'cập nhật kế hoạch',
  'unit.added': 'thêm đơn vị',
  'unit.changed': 'sửa đơn vị',
  'person.roles_changed': 'đổi vai trò',
  'person.retired': 'ra khỏi danh sách',
  'account.bound': 'gắn tài khoản',
  'account.released': 'bỏ gắn tài khoản',
  'account.moved': 'chuyển sang tài khoản khác',
  'paper.recorded': 'nhận bản giấy',
  'paper.taken_back': 'bỏ ghi nhận bản giấy',
  'erasure.asked': 'đề nghị xóa dữ liệu cá nhân',
  'erasure.taken_back': 'rút đề nghị xóa dữ liệu',
  'erasure.agreed': 'đồng ý xóa dữ liệu cá nhân',
  'erasure.refused': 'từ chối xóa dữ liệu cá nhân',
  'absence.told': 'báo vắng',
  'absence.changed': 'đổi đợt vắng',
  'absence.cancelled': 'hủy đợt vắng',
  'wish.set': 'đổi cách nhắc',
  'outbox.retried': 'gửi lại tin chưa gửi được',
  'reminder.snoozed': 'xin nhắc lại sau',
  'reminder.snooze_taken_back': 'thôi xin nhắc lại',
  'handover.given': 'giao việc cho người khác trong đơn vị',
  'handover.taken_back': 'thôi giao việc',
}

const report = (data: Data) =>
  `${lookUp(common.reviewKind, word(data, 'reviewKind'))}${Number(data.round) > 1 ? `, lần ${word(data, 'round')}` : ''}`
const settings: Readonly<Record<string, SettingText>> = setting.all
const erasure = (data: Data) => lookUp({ drafts: 'bản nháp', name: 'tên', all: 'tất cả' }, word(data, 'what'))

/** The details of a row, shown after its subject and action. */
const details: Partial<Record<AuditAction, (data: Data) => string>> = {
  'attachment.added': (d) => `${list(d, 'attachments').length} tệp`,
  'outbox.retried': (d) => `${word(d, 'count')} tin`,
  'attachment.failed': (d) => reasons[word(d, 'reason') as FailureReason] ?? '',
  'nil.said': (d) => `${word(d, 'criterion')}, ${lookUp(common.reviewKind, word(d, 'reviewKind'))}`,
  'nil.taken_back': (d) => `${word(d, 'criterion')}, ${lookUp(common.reviewKind, word(d, 'reviewKind'))}`,
  'review.date_set': (d) => `${lookUp(common.reviewKind, word(d, 'kind'))} ${date(d, 'date')}`,
  'review.closed': (d) => `${lookUp(common.reviewKind, word(d, 'kind'))} ${date(d, 'date')}`,
  'review.reopened': (d) => `${lookUp(common.reviewKind, word(d, 'kind'))} ${date(d, 'date')}`,
  'unitReport.sent': report,
  'unitReport.approved': report,
  'unitReport.rejected': report,
  'unitReport.taken_back': report,
  'reminder.nudged': (d) => `${lookUp(common.reviewKind, word(d, 'reviewKind'))}, ${list(d, 'units').length} đơn vị`,
  'setting.changed': (d) => settings[word(d, 'name')]?.make(d.to === true) ?? word(d, 'name'),
  'holiday.changed': (d) =>
    d.to === 'proposal'
      ? `năm ${word(d, 'year')}, dùng lại bảng Thi đua đề xuất`
      : `năm ${word(d, 'year')}, ${word(d, 'off')} ngày nghỉ, ${word(d, 'work')} ngày làm bù`,
  'plan.imported': (d) => word(d, 'code'),
  'plan.changed': (d) => word(d, 'code'),
  'person.roles_changed': (d) => `${roles(d, 'before')} → ${roles(d, 'after')}`,
  'person.retired': (d) => roles(d, 'before'),
  'paper.recorded': (d) => `${word(d, 'criterion')}, nhận ngày ${date(d, 'receivedOn')}`,
  'paper.taken_back': (d) => `${word(d, 'criterion')}, nhận ngày ${date(d, 'receivedOn')}`,
  'erasure.asked': erasure,
  'erasure.taken_back': erasure,
  'erasure.agreed': erasure,
  'erasure.refused': erasure,
  'handover.given': (d) => lookUp(common.reviewKind, word(d, 'kind')),
  'handover.taken_back': (d) => lookUp(common.reviewKind, word(d, 'kind')),
  'wish.set': (d) => `${word(d, 'at')}, ${d.early === true ? 'mọi lần nhắc' : 'bớt các lần nhắc sớm'}`,
}

export const audit = {
  actions,
  detail: (action: AuditAction, data: Data): string => details[action]?.(data) ?? '',
  title: {
    all: 'Nhật ký toàn trường',
    units: 'Nhật ký đơn vị',
    own: 'Nhật ký minh chứng của tôi',
    workspace: 'Nhật ký thiết lập và danh sách',
  } satisfies Record<AuditScope, string>,
  scope: {
    all: 'Toàn trường',
    units: 'Đơn vị tôi phụ trách',
    own: 'Của tôi',
    workspace: 'Thiết lập, danh sách',
  } satisfies Record<AuditScope, string>,
  titleOf: (unit: string) => `Nhật ký · ${unit}`,
  none: 'Chưa có thay đổi nào.',
  noMore: 'Không còn thay đổi nào cũ hơn.',
  newestFirst: 'Mới nhất đứng trước. Xem một minh chứng: /thidua nhatky 123; một đơn vị: /thidua nhatky Khoa Cơ khí',
  older: 'Cũ hơn ›',
  newer: '‹ Mới hơn',
  history: 'Lịch sử',
  historyTitle: (number: string) => `Lịch sử ${number}`,
  back: 'Về minh chứng',
  /** The subject, action and detail of a row; `by` and `reason` follow it. */
  line: (subject: string, what: string, detail: string): Rich => [
    ...(subject ? [bold(subject), ' – '] : []),
    detail ? `${what}: ${detail}` : what,
  ],
  by: (name: string, at: string) => `${name}, ${at}`,
  reason: (reason: string) => `Lý do: ${reason}`,
  step: (sign: string, what: string, by: string): Rich => [`${sign} `, bold(what), ` – ${by}`],
  byCli: 'dòng lệnh',
  byBot: 'Thi đua',
}
