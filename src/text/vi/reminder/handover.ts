import type { ReviewKind } from '../../../core/campaign/review.js'
import { bold, type Rich } from '../../rich.js'
import { common } from '../common.js'

export const handover = {
  title: 'Giao cho…',
  submit: 'Giao',
  handOver: 'Giao cho…',
  person: 'Giao cho ai',
  choose: 'Chọn người trong đơn vị',
  name: 'Họ tên người nhận',
  nameHint: 'Gõ họ tên, có dấu hay không dấu đều được.',
  what: (unit: string, kind: ReviewKind): Rich => [
    'Trong giờ làm việc, người được chọn nhận ngay danh sách còn thiếu của ',
    bold(unit),
    ` cho kỳ ${common.reviewKind[kind]} và được nhắc cùng Thầy/Cô.`,
  ],
  whichUnit: 'Thầy/Cô muốn giao phần việc nào?',
  part: (unit: string, kind: ReviewKind, missing: number): Rich => [
    bold(unit),
    ` · ${common.reviewKind[kind]} · còn thiếu ${missing} tiêu chí`,
  ],
  nobody: (unit: string) => `${unit} không còn ai khác trong danh sách để giao.`,
  nothingLeft: 'Không còn tiêu chí nào thiếu nên không cần giao nữa.',
  held: (parts: readonly string[]) => `Việc được giao: ${parts.join('; ')}`,
  heldPart: (unit: string, kind: ReviewKind, plan?: { number: string; title: string }) =>
    `${unit} (${common.reviewKind[kind]}${plan ? `, Kế hoạch ${plan.number}` : ''})`,
}
