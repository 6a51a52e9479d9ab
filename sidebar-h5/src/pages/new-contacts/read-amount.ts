const UNITS: Record<string, number> = { 万: 1_000_000, 千: 100_000, k: 100_000, 元: 100, 块: 100, '': 100 }

/** 「8.5 万」「85000」「1,200 元」 in 分; null when nothing was written, undefined when it can't be read. */
export function readAmount(text: string): number | null | undefined {
  const clean = text
    .normalize('NFKC')
    .replace(/[\s,¥￥]/g, '')
    .replace(/人民币/, '')
    .toLowerCase()
  if (!clean) return null
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(万|千|k|元|块)?元?$/.exec(clean) ?? []
  if (!digits) return undefined
  const fen = Math.round(Number(digits) * (UNITS[unit] ?? 100))
  return Number.isSafeInteger(fen) && fen <= 1e14 ? fen : undefined
}

/** As it is written into the field again: 「8.5 万」, 「1200」. */
export function amountText(fen: number | null): string {
  if (fen === null) return ''
  return fen >= 1_000_000 && fen % 10_000 === 0 ? `${fen / 1_000_000} 万` : String(fen / 100)
}
