import type { ReviewKind } from '../../core/campaign/review.js'
import type { Role } from '../../core/people/person.js'
import type { CellState } from '../../core/progress/progress.js'
import type { OwingCounts } from '../../core/report/rows.js'
import type { SubmissionState } from '../../core/submission/state.js'
import { bold, type Rich } from '../rich.js'

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
  /** What units owe for a review; `missing`: the number of criteria, over all of them. Empty where nothing is owed. */
  owing: ({ criteria, reportOnly }: OwingCounts, missing?: number): string =>
    [
      ...(criteria > 0
        ? [
            missing === undefined
              ? `${criteria} đơn vị thiếu tiêu chí`
              : `${criteria} đơn vị còn thiếu ${missing} tiêu chí`,
          ]
        : []),
      ...(reportOnly > 0 ? [`${reportOnly} đơn vị chỉ còn báo cáo`] : []),
    ].join(', '),
  /** How many units have every criterion, and what the others owe. */
  unitTotals: (complete: number, units: number, missing: number, counts: OwingCounts): Rich => {
    const owed = common.owing(counts, missing)
    return [
      owed === '' ? '✅ ' : '',
      bold(`${complete}/${units} đơn vị đã đủ tiêu chí`),
      owed === '' ? '' : ` · ${owed}`,
    ]
  },
  yes: 'Đồng ý',
  cut: '… còn nữa; xin mở từng mục để xem tiếp.',
  criterion: (code: string, short: string) => `${code} · ${short}`,
}
