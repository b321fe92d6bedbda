import { showDate } from '../index.js'
import { bold, type Rich } from '../rich.js'

/** `từ 10/06/2024 đến 14/06/2024`; one day alone is `ngày 10/06/2024`. */
export const span = (from: string, until: string): string =>
  from === until ? `ngày ${showDate(from)}` : `từ ${showDate(from)} đến ${showDate(until)}`

export const absence = {
  span,
  summary: 'Báo vắng',

  standIn: (name: string, units: readonly string[], from: string, until: string): Rich => [
    bold(name),
    ` vắng ${span(from, until)}: nhắc việc của `,
    bold(units.join(', ')),
    ' trong những ngày này sẽ gửi cho Thầy/Cô.',
  ],
  standInSummary: (name: string, from: string, until: string) => `${name} vắng ${span(from, until)}`,
  standInNote: 'Thầy/Cô không cần làm gì thêm; khi có việc, bot sẽ nhắc kèm nút để làm ngay.',
  standInCancelled: (name: string, from: string, until: string): Rich => [
    '⬜ ',
    bold('Đã hủy'),
    `: ${name} không vắng ${span(from, until)} nữa, nhắc việc vẫn gửi cho ${name}.`,
  ],
  standInNoMore: (name: string, from: string, until: string): Rich =>
    `⬜ ${name} vắng ${span(from, until)}: nhắc việc của đơn vị không còn gửi cho Thầy/Cô.`,
  merged: (name: string, from: string, until: string): Rich =>
    `⬜ ${name} vắng ${span(from, until)}: đã gộp vào một đợt dài hơn.`,
  erased: 'Đợt vắng này đã được xóa khỏi bot.',

  toldByOther: (by: string, from: string, until: string): Rich => [
    bold(by),
    ' đã báo giúp: Thầy/Cô vắng ',
    bold(span(from, until)),
    '.',
  ],
  toldByOtherSummary: (by: string, from: string, until: string) =>
    `${by} đã báo giúp: Thầy/Cô vắng ${span(from, until)}`,
  toldNote: 'Nếu chưa đúng, xin gõ /thidua vang để hủy hoặc báo lại.',
  cancelledByOther: (by: string, from: string, until: string): Rich => [
    '⬜ ',
    bold(by),
    ' đã hủy đợt vắng ',
    bold(span(from, until)),
    ' của Thầy/Cô; tin nhắc lại gửi cho Thầy/Cô như thường.',
  ],
  cancelledByOtherSummary: (by: string, from: string, until: string) => `${by} đã hủy đợt vắng ${span(from, until)}`,
  isCancelled: '⬜ Đã hủy.',
}
