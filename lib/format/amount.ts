/**
 * Exact money of quotes, in browser and server alike. Unit prices are decimal strings of 元 with at most six places («0.035»),
 * quantities decimal strings with at most three, rates are ten thousandths (1300 is 13 %). Whole amounts are 分, rounded half up
 * once a line and never through a float.
 */

const PRICE_PLACES = 6
const QTY_PLACES = 3
const WHOLE_BP = 10_000n

/** 「12.5」 → 12500n for three places. Throws a RangeError where it is no such number. */
function unitsOf(decimal: string, places: number): bigint {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(decimal)
  const fraction = match?.[3] ?? ''
  if (!match || fraction.length > places) throw new RangeError(`not a decimal of ${places} places: ${decimal}`)
  const size = BigInt(match[2] + fraction.padEnd(places, '0'))
  return match[1] ? -size : size
}

export const priceUnits = (price: string): bigint => unitsOf(price, PRICE_PLACES)
export const qtyUnits = (qty: string): bigint => unitsOf(qty, QTY_PLACES)

/** Half up, away from zero: 0.5 → 1, -0.5 → -1. */
export function divideRounded(top: bigint, bottom: bigint): bigint {
  const size = top < 0n ? -top : top
  const rounded = (2n * size + bottom) / (2n * bottom)
  return top < 0n ? -rounded : rounded
}

/** 分 of one line: price × quantity, rounded once. */
export const lineFen = ({ price, qty }: { price: string; qty: string }): bigint =>
  divideRounded(priceUnits(price) * qtyUnits(qty) * 100n, 10n ** BigInt(PRICE_PLACES + QTY_PLACES))

/** 分 that `rateBp` ten thousandths of an amount come to. */
export const shareFen = (fen: bigint, rateBp: number): bigint => divideRounded(fen * BigInt(rateBp), WHOLE_BP)

/** A price at `rateBp` ten thousandths of it, to six places. */
export const priceAt = (price: string, rateBp: number): string =>
  priceOf(divideRounded(priceUnits(price) * BigInt(rateBp), WHOLE_BP))

/** 「0.035」 out of millionths of 元, without zeros behind. */
export function priceOf(units: bigint): string {
  const size = units < 0n ? -units : units
  const fraction = (size % 1_000_000n).toString().padStart(PRICE_PLACES, '0').replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${size / 1_000_000n}${fraction ? `.${fraction}` : ''}`
}

/** 「1,234.5」 and 「0.035」: as prices and quantities are read, at least `places` after the point. */
export function formatDecimal(decimal: string, places = 0): string {
  const [whole = '0', fraction = ''] = decimal.split('.')
  const rest = fraction.replace(/0+$/, '').padEnd(places, '0')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest ? `.${rest}` : ''}`
}

/** 「13%」「18.5%」 out of ten thousandths. */
export const formatBp = (bp: number): string => `${(bp / 100).toFixed(2).replace(/\.?0+$/, '')}%`
