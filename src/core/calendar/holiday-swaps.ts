/**
 * Working days that the government swapped with Saturdays, for civil servants. A year is added once it is announced, late in
 * the year before or later.
 */
export const swaps: readonly { off: string; work: string }[] = [
  // Letter 2450/VPCP-KGVX of the Government Office, 12/04/2024.
  { off: '2024-04-29', work: '2024-05-04' },
  // Letter 8726/VPCP-KGVX of the Government Office, 26/11/2024.
  { off: '2025-05-02', work: '2025-04-26' },
  // Announced by the Ministry of Home Affairs late in 2025.
  { off: '2026-01-02', work: '2026-01-10' },
  { off: '2026-08-31', work: '2026-08-22' },
]

/** The last year whose swaps were announced. */
export const SWAPS_KNOWN_UNTIL = 2026
