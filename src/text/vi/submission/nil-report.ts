import type { ReviewKind } from '../../../core/campaign/review.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

const name = common.reviewKind

/** Nil reports, for one criterion or for all remaining ones. */
export const nilReport = {
  title: 'Không phát sinh',
  submit: 'Ghi nhận',
  all: 'Không phát sinh tất cả còn lại',
  one: (unit: string, criterion: string, kind: ReviewKind): Rich => [
    bold(criterion),
    `\n${unit}: không có gì phát sinh đến kỳ ${name[kind]}.`,
  ],
  many: (unit: string, kind: ReviewKind, n: number): Rich => [
    bold(unit),
    `: ${n} tiêu chí sau không có gì phát sinh đến kỳ ${name[kind]}.`,
  ],
  listed: (criterion: string, returned: boolean) => `• ${criterion}${returned ? ' – ↩️ đã trả lại' : ''}`,
  reason: 'Lý do',
  reasonHint: 'Lý do hiện ở trạng thái của đơn vị.',
  reasonHintAll: 'Dùng chung cho các tiêu chí trên; hiện ở trạng thái của đơn vị.',
  reasonPlaceholder: 'Ví dụ: kỳ này không có đợt tuyển quân',
  said: (codes: readonly string[]) => `✅ Đã ghi nhận không phát sinh: ${codes.join(', ')}.`,
  skipped: (codes: readonly string[]) => `Bỏ qua ${codes.join(', ')} vì vừa có minh chứng hoặc đã ghi nhận.`,
  addReason: 'Ghi lý do',
  undo: 'Bỏ “Không phát sinh”',
  because: (reason: string) => `không phát sinh: ${reason}`,
}
