import type { MessageState } from '../../../core/outbox/outbox.js'

/** The sentences of `outbox`. A line names a message's recipient and kind, never its content. */
export const outboxCli = {
  workspace: (id: string) => `Workspace ${id}:`,
  state: {
    waiting: 'chờ gửi',
    sending: 'đang gửi',
    stale: 'chờ cập nhật',
    sent: 'đã gửi',
    dropped: 'không cần gửi nữa',
    failed: 'không gửi được',
    unreachable: 'không liên lạc được',
  } satisfies Record<MessageState, string>,
  empty: 'Hộp gửi chưa có tin nào.',
  counts: (parts: readonly string[]) => `Hộp gửi: ${parts.join(' · ')}`,
  waiting: 'Đang chờ, mới nhất trước:',
  failed: 'Không gửi được, mới nhất trước:',
  more: (n: number) => `  … và ${n} tin nữa (thêm --all để xem hết)`,
  line: (to: string | null, kind: string, key: string) => `  ${to ?? '(đã xóa tên)'} – ${kind} [${key}]`,
  since: (at: string) => `      từ ${at}`,
  next: (at: string) => `lần tới ${at}`,
  tries: (n: number) => `đã thử ${n} lần`,
  endedAt: (at: string) => `dừng lúc ${at}`,
  uncertain: 'có thể đã tới nơi, sẽ tìm trong Slack trước',
  onlyUpdate: 'tin đã tới nơi, chỉ còn phần cập nhật',
  why: (why: string) => `      lý do: ${why}`,
  hint: 'Gửi lại: npm run thidua -- outbox retry MÃ (mã trong ngoặc vuông) hoặc --all',
  noKey: (key: string) => `Hộp gửi không có tin “${key}”. Xem các mã bằng: npm run thidua -- outbox`,
  needKey: 'Xin ghi mã tin (trong ngoặc vuông khi xem “outbox”), hoặc --all để gửi lại tất cả.',
  requeued: (n: number) =>
    `${n} tin được xếp gửi lại. Thi đua đang chạy sẽ gửi trong vài giây; nếu Thi đua đang tắt, tin được gửi khi Thi đua khởi động. ` +
    'Tin có thể đã tới nơi được tìm trong Slack trước, nên không ai nhận hai lần; nguyên nhân chưa được sửa thì tin sẽ lại dừng.',
  nothing: 'Không có tin nào cần gửi lại.',
  notAgain: {
    sent: 'Tin này đã gửi; không gửi lại để người nhận không nhận hai lần.',
    sending: 'Tin này đang được gửi.',
    waiting: 'Tin này đang chờ đến lượt, Thi đua sẽ tự gửi.',
    stale: 'Tin này đã tới nơi và đang chờ cập nhật, Thi đua sẽ tự làm.',
    dropped: 'Tin này không còn ai cần khi đến lượt, nên không gửi.',
    failed: '',
    unreachable: '',
  } satisfies Record<MessageState, string>,
  show: (name: string, value: string) => `  ${`${name}:`.padEnd(12)} ${value}`,
  names: {
    key: 'mã',
    to: 'người nhận',
    kind: 'loại',
    state: 'trạng thái',
    createdAt: 'có từ',
    dueAt: 'đến lượt',
    attempts: 'số lần thử',
    triedSince: 'thử từ',
    doneAt: 'xong lúc',
    error: 'lý do',
    note: 'ghi chú',
  },
  doctorGood: 'hộp gửi: không có tin nào hỏng hoặc chờ quá một giờ',
  doctorBad: (failed: number, late: number, why: string | null) =>
    `hộp gửi: ${[failed > 0 ? `${failed} tin không gửi được` : '', late > 0 ? `${late} tin chờ quá một giờ` : '']
      .filter(Boolean)
      .join(', ')}${why ? ` – ${why}` : ''}; chi tiết: npm run thidua -- outbox`,
}
