import { bold, type Rich } from '../../rich.js'

export const draft = {
  /** `what`: the criterion's code and the first words; empty when there are neither. */
  open: (what: string) => (what ? `Viết tiếp bản nháp (${what})` : 'Viết tiếp bản nháp'),
  takenUp: (at: string): Rich => [bold(`Tiếp tục bản nháp lúc ${at}.`), ' Bấm “Nộp” khi đã viết xong.'],
  fresh: 'Viết mới',
  drop: 'Bỏ bản nháp',
  dropTitle: 'Bỏ bản nháp',
  dropAsk: 'Bỏ bản nháp này? Những gì đã viết trong đó sẽ mất.',
  dropYes: 'Bỏ',
}
