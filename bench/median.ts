/** The value that `share` of all lie at or below; 0.5 is the median. Throws on nothing. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]
  if (found === undefined) throw new Error('no values to choose from')
  return found
}

export const median = (values: number[]): number => quantile(values, 0.5)

/** For people and JSON: four digits say more than a noisy machine knows. */
export const round = (value: number): number => Number(value.toPrecision(4))
