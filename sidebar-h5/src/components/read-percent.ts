import { readDecimal } from './read-decimal.js'

/** 「18.5」「18.5%」 → 1850 ten thousandths; null where it is no percentage up to a hundred. */
export function readPercent(text: string): number | null {
  const read = readDecimal(text.replace(/[%％]/g, ''), 2)
  const bp = read === null ? null : Math.round(Number(read) * 100)
  return bp === null || bp > 10_000 ? null : bp
}

/** What stands in a field: 「18.5」; nothing where nobody said. */
export const percentText = (bp: number | null): string => (bp === null ? '' : String(bp / 100))
