/**
 * "Đã nhận bản giấy": a paper that the Command Board received where nothing may be typed (Law 117/2025/QH15, Art. 5).
 * Only its cell and date are recorded, no content and no number.
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
  /** Returns false when it is recorded already. */
  add(workspaceId: string, campaignId: string, receipt: PaperReceipt, by: string, now: Date): Promise<boolean>
  /** Returns false when there was none. */
  remove(campaignId: string, receipt: PaperReceipt): Promise<boolean>
}
