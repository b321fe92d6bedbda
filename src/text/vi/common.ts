import type { ReviewKind } from '../../core/campaign/review.js'
import type { Role } from '../../core/people/person.js'
import type { CellState } from '../../core/progress/progress.js'
import type { SubmissionState } from '../../core/submission/state.js'

export const common = {
  botName: 'Thi đua',
  reviewKind: { preliminary: 'sơ kết', final: 'tổng kết' } satisfies Record<ReviewKind, string>,
  state: {
    submitted: 'chờ xác nhận',
    confirmed: 'đã xác nhận',
    accepted: 'đã duyệt',
    returned: 'đã trả lại',
    withdrawn: 'đã rút',
  } satisfies Record<SubmissionState, string>,
  stateSign: {
    submitted: '🕓',
    confirmed: '✅',
    accepted: '✅',
    returned: '↩️',
    withdrawn: '⬜',
  } satisfies Record<SubmissionState, string>,
  cell: {
    confirmed: 'đã xác nhận',
    waiting: 'chờ xác nhận',
    nil: 'không phát sinh',
    returned: 'đã trả lại',
    missing: 'còn thiếu',
  } satisfies Record<CellState, string>,
  cellSign: {
    confirmed: '✅',
    waiting: '🕓',
    nil: '✅',
    returned: '↩️',
    missing: '⬜',
  } satisfies Record<CellState, string>,
  role: {
    member: 'Viên chức, người lao động',
    head: 'Trưởng đơn vị',
    deputy: 'Cấp phó',
    command_board: 'Ban Chỉ huy quân sự',
    org_office: 'Phòng Tổ chức – Hành chính',
    council: 'Hội đồng thi đua – khen thưởng',
    school_board: 'Ban Giám hiệu',
    admin: 'Quản trị',
  } satisfies Record<Role, string>,
  submit: 'Nộp',
  nil: 'Không phát sinh',
  open: 'Xem',
  close: 'Đóng',
  cancel: 'Thôi',
  next: 'Trang sau ›',
  previous: '‹ Trang trước',
  page: (n: number, of: number) => `Trang ${n}/${of}`,
  yes: 'Đồng ý',
  cut: '… còn nữa; xin mở từng mục để xem tiếp.',
  criterion: (code: string, short: string) => `${code} · ${short}`,
}
