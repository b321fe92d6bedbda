/** The names of the laws in force on a day. */

type Dated = readonly { from: string; name: string }[]

const personalData: Dated = [
  { from: '2023-07-01', name: 'Nghị định 13/2023/NĐ-CP' },
  { from: '2026-01-01', name: 'Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 và Nghị định 356/2025/NĐ-CP' },
]

const emulation: Dated = [{ from: '2024-01-01', name: 'Luật Thi đua, khen thưởng 06/2022/QH15' }]

const on = (laws: Dated, date: string): string => laws.findLast((l) => l.from <= date)?.name ?? laws[0]?.name ?? ''

/** The law in force on a date (yyyy-mm-dd); the first known one for earlier dates. */
export const law = {
  personalData: (date: string): string => on(personalData, date),
  emulation: (date: string): string => on(emulation, date),
}
