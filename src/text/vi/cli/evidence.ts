/** The sentences of `evidence verify`. */
export const evidenceCli = {
  missing: (number: string, name: string) => `  ❌ ${number}: thiếu tệp “${name}” trong EVIDENCE_DIR`,
  altered: (number: string, name: string) => `  ❌ ${number}: tệp “${name}” đã bị thay đổi hoặc hỏng`,
  wrongSize: (number: string, name: string) => `  ❌ ${number}: tệp “${name}” không đúng kích thước đã ghi`,
  orphan: (sha256: string) => `  ❌ tệp ${sha256} không thuộc minh chứng nào`,
  orphanFresh: (n: number) => `  🕓 ${n} tệp vừa được ghi, chưa thuộc minh chứng nào; xin kiểm tra lại sau một giờ.`,
  stray: (file: string) => `  ❌ tệp lạ trong EVIDENCE_DIR: ${file}`,
  leftover: (n: number) =>
    `  ❌ ${n} tệp tạm bị bỏ dở khi Thi đua dừng đột ngột, có thể còn vị trí chụp; Thi đua tự xóa khi khởi động và mỗi phút khi đang chạy`,
  unfinished: (n: number) => `  🕓 ${n} tệp tạm đang được ghi, hoặc vừa bị bỏ dở; xin kiểm tra lại sau mười phút.`,
  sweptLeftover: (n: number) => `Đã xóa ${n} tệp tạm bị bỏ dở.`,
  swept: (n: number) => `Đã xóa ${n} tệp không còn thuộc minh chứng nào.`,
  sweepHint: 'Tệp bị bỏ dở hoặc không thuộc minh chứng nào có thể xóa bằng: npm run thidua -- evidence verify --sweep',
  good: (n: number) =>
    `✅ ${n} ảnh, tệp minh chứng: đủ và nguyên vẹn; mọi tệp trong EVIDENCE_DIR đều thuộc một minh chứng.`,
  bad: (faults: number, n: number) => `❌ ${faults} lỗi; đã đối chiếu ${n} ảnh, tệp minh chứng.`,
  counts: (waiting: number, failed: number) => `Đang chờ lưu: ${waiting}. Không lưu được: ${failed}.`,
  noSubmission: 'chưa nộp',
}
