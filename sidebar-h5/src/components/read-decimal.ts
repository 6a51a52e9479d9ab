import { formatDecimal, lineFen } from '../../../lib/format/amount.js'

/**
 * What a thumb types, as a decimal of at most so many places: 「1,200」「１２。５」「.5」. Null where it is none, or longer than a
 * quote takes (nine digits before the point).
 */
export function readDecimal(text: string, places: number): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[,，\s]/g, '')
    .replace(/[。．]/g, '.')
    .replace(/[元¥]/g, '')
  const match = /^(\d{0,9})(?:\.(\d*))?$/.exec(plain)
  if (!match || plain === '' || plain === '.') return null
  const whole = (match[1] || '0').replace(/^0+(?=\d)/, '')
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > places) return null
  return fraction ? `${whole}.${fraction}` : whole
}

/** 元 as typed → 分; null where it is no amount. */
export function readFen(text: string): number | null {
  const yuan = readDecimal(text, 2)
  return yuan === null ? null : Number(lineFen({ price: yuan, qty: '1' }))
}

/** 分 → what stands in a field: 「1200」「0.5」. */
export const fenText = (fen: number): string => formatDecimal((fen / 100).toFixed(2)).replaceAll(',', '')
