/** The `q` quantile (0…1) of the numbers. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** `1234 (1100–1300)`: the median and the range. */
export function shown(numbers: readonly number[], digits = 0): string {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return `${median(numbers).toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}

/** Ratios per round, so that a slow moment of the machine affects both sides. */
export const ratios = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x / (b[i] as number))

/** Prints one target with what was measured. A miss does not fail the run, since machines differ. */
export function checkTarget(
  what: string,
  values: readonly number[],
  kind: 'least' | 'most',
  target: number,
  digits = 2,
): void {
  const value = median(values)
  const good = kind === 'least' ? value >= target : value <= target
  const sign = kind === 'least' ? '≥' : '≤'
  console.log(`  ${good ? 'PASS' : 'MISS'}  ${what}: ${shown(values, digits)}, target ${sign} ${target}`)
}
