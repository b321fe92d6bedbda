import { bold, type Rich } from '../../rich.js'

export const waiting = {
  title: 'Chờ xác nhận',
  open: 'Xem và xác nhận',
  done: (number: string) => `✅ Đã xác nhận ${number}.`,
  item: (author: string, criterion: string, number: string, day: string): Rich => [
    bold(author),
    ` · ${criterion}\n${number} – nộp ${day}`,
  ],
}
