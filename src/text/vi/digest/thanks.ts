import type { ReviewKind } from '../../../core/campaign/review.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'
import { unitNames } from './digest.js'

/** The thanks at the end of a month. */
export const thanks = {
  unit: (name: string, isReportSent: boolean): string => (isReportSent ? `${name} (đã gửi báo cáo)` : name),
  /** `plan`: its number when several campaigns are running. `areAllSent`: all units have sent their reports, and `names` do not mention it. */
  line: (
    kind: ReviewKind,
    plan: string | null,
    criteria: number,
    names: readonly string[],
    more: number,
    areAllSent: boolean,
  ): Rich => {
    const review = common.reviewKind[kind] + (plan ? ` (Kế hoạch ${plan})` : '')
    return [
      '✅ ',
      bold(`Đủ ${criteria}/${criteria} tiêu chí`),
      ` cho ${review}${areAllSent ? ' và đã gửi báo cáo' : ''}: ${unitNames(names, more)}. Cảm ơn Thầy/Cô!`,
    ]
  },
}
