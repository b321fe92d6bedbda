/**
 * "Đã nhận bản giấy": paper that the Command Board received where nothing may be typed (Law 117/2025/QH15, Art. 5). It
 * tells which cell it is for and when it came; there is no place for a content or a number.
 */
export interface PaperReceipt {
  unitId: string
  criterion: string
  /** yyyy-mm-dd. */
  receivedOn: string
}
export type RecordedPaper = PaperReceipt & { byId: string; byName: string; at: Date }
export interface PaperReceipts {
  /** By criterion, then by date. */
  ofUnit(campaignId: string, unitId: string): Promise<RecordedPaper[]>
  /** False when the same was recorded before. */
  add(workspaceId: string, campaignId: string, receipt: PaperReceipt, by: string, now: Date): Promise<boolean>
  /** False when there was none. */
  remove(campaignId: string, receipt: PaperReceipt): Promise<boolean>
}
