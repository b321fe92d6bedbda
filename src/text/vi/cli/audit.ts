import type { AuditBreak } from '../../../core/audit/chain.js'
import { audit } from '../audit/audit.js'

const row = (seq: number, at: string | null, action: string | null): string => {
  const what = action && (audit.actions as Readonly<Record<string, string>>)[action]
  return `dòng ${seq} (${at ?? '?'}, ${action ?? '?'}${what ? `: ${what}` : ''})`
}

/** The sentences of `audit verify`, also used by `doctor`. */
export const auditText = {
  workspace: (id: string) => `Workspace ${id}:`,
  good: (rows: number, hash: string) =>
    rows === 0
      ? 'Nhật ký chưa có dòng nào.'
      : `Nhật ký nguyên vẹn: ${rows} dòng, không có dòng nào bị sửa, bớt hoặc thêm. Mã dòng cuối (nên ghi ra sổ để đối chiếu sau này): ${hash}`,
  broken: {
    altered: (seq, at, action) =>
      `Nhật ký KHÔNG nguyên vẹn: ${row(seq, at, action)} đã bị sửa, bị đổi chỗ hoặc không nối tiếp dòng trước.`,
    gap: (seq, at, action) =>
      `Nhật ký KHÔNG nguyên vẹn: thiếu dòng ${seq}, đã bị xóa hoặc đổi số; dòng còn lại ngay sau có thời điểm ${at ?? '?'}, hành động ${action ?? '?'}.`,
    extra: (seq, at, action) => `Nhật ký KHÔNG nguyên vẹn: ${row(seq, at, action)} là dòng chèn thêm.`,
    tail: (seq) => `Nhật ký KHÔNG nguyên vẹn: từ dòng ${seq} trở đi đã bị xóa.`,
    head: (seq) =>
      `Nhật ký KHÔNG nguyên vẹn: dấu kết thúc bị xóa, bị sửa hoặc không khớp dòng cuối (dòng ${seq}); có thể đã bớt hoặc thêm dòng ở cuối.`,
  } satisfies Record<AuditBreak['why'], (seq: number, at: string | null, action: string | null) => string>,
  soundBefore: (rows: number) =>
    `${rows} dòng trước đó nguyên vẹn. Xin giữ nguyên tệp dữ liệu và đối chiếu với bản sao lưu.`,
}
