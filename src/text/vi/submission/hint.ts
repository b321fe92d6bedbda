import type { Hint } from '../../../core/submission/hint.js'
import { bold, type Rich } from '../../rich.js'

const hints: Record<Hint, string> = {
  sentence:
    'Thầy/Cô ghi thêm một câu ở ô “Kết quả”: làm gì, bao nhiêu người tham gia, đạt mức nào. Ví dụ: Huấn luyện 25/25 người, 2 buổi, 100% đạt yêu cầu.',
  figure:
    'Minh chứng có số liệu sẽ thuyết phục hơn: bao nhiêu người, bao nhiêu buổi, đạt bao nhiêu %. Xin ghi vào ô “Số liệu” hoặc ngay trong “Kết quả”.',
  result: 'Thầy/Cô ghi thêm kết quả ở ô “Kết quả”: việc này đạt mức nào, thay đổi được gì.',
}

export const hint = {
  title: 'Xem gợi ý rồi nộp',
  note: (hint: Hint): Rich => [bold('Gợi ý: '), hints[hint], bold(' Nếu đã đủ, bấm “Nộp” lần nữa là xong.')],
}
