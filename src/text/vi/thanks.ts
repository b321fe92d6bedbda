import type { ReviewKind } from '../../core/review.js'
import { bold, type Rich } from '../rich.js'
import { common } from './common.js'
import { unitNames } from './digest.js'

/** A line of thanks at the month's end. */
export const thanks = {
  unit: (name: string, isReportSent: boolean): string => (isReportSent ? `${name} (đã gửi báo cáo)` : name),
  /** `areAllSent`: every one of these units has sent its report, and `names` say nothing of it. */
  line: (kind: ReviewKind, criteria: number, names: readonly string[], more: number, areAllSent: boolean): Rich => [
    '✅ ',
    bold(`Đủ ${criteria}/${criteria} tiêu chí`),
    ` cho ${common.reviewKind[kind]}${areAllSent ? ' và đã gửi báo cáo' : ''}: ${unitNames(names, more)}. Cảm ơn Thầy/Cô!`,
  ],
}
