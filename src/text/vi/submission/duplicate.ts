/** Evidence that may have been handed in before; nothing is refused for it. */
export const duplicate = {
  text: (number: string) => `⚠️ Gần giống ${number} (cùng đơn vị, tiêu chí, ngày). Xin xem có nộp trùng không.`,
  file: (number: string, unit: string | undefined) =>
    `⚠️ Có ảnh, tệp trùng với ${number}${unit ? ` của ${unit}` : ''}. Xin xem có nộp trùng không.`,
  open: (number: string) => `Xem ${number}`,
}
