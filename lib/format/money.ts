/** Money is kept in 分 and read in 元 or 万. Both functions take safe integers or bigints and never go through a float sum. */

/** 「1,234.50 元」: exact, for quotes and payments. */
export function formatMoney(fen: bigint | number): string {
  const all = toFen(fen)
  const size = all < 0n ? -all : all
  const cents = (size % 100n).toString().padStart(2, '0')
  return `${all < 0n ? '-' : ''}${group(size / 100n)}.${cents} 元`
}

/** 「8.5 万」「1.2 亿」, below ten thousand 「1,234.5 元」: for lines that are read in passing. At most two decimals, rounded half up. */
export function formatMoneyShort(fen: bigint | number): string {
  const all = toFen(fen)
  const sign = all < 0n ? '-' : ''
  const size = all < 0n ? -all : all
  // Rounding can lift a value to the next unit (9,999.9999 万 is 1 亿), so that one is chosen after it.
  if (size >= YI || hundredths(size, WAN) >= 1_000_000n) return `${sign}${decimal(hundredths(size, YI))} 亿`
  if (size >= WAN) return `${sign}${decimal(hundredths(size, WAN))} 万`
  return `${sign}${decimal(size)} 元`
}

const WAN = 10_000n * 100n
const YI = 100_000_000n * 100n

function toFen(fen: bigint | number): bigint {
  if (typeof fen === 'bigint') return fen
  if (!Number.isSafeInteger(fen)) throw new RangeError(`分 must be a safe integer, got ${fen}`)
  return BigInt(fen)
}

function hundredths(size: bigint, unit: bigint): bigint {
  return (size * 100n + unit / 2n) / unit
}

function decimal(hundredth: bigint): string {
  const rest = (hundredth % 100n).toString().padStart(2, '0').replace(/0+$/, '')
  return group(hundredth / 100n) + (rest ? `.${rest}` : '')
}

function group(whole: bigint): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, ',')
}
