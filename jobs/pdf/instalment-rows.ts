import type { QuoteContent } from '../../domain/quote/quote.contract.js'
import { shareFen } from '../../lib/format/amount.js'

/** What each instalment comes to. The last one takes what rounding left, so that they add up to the total. */
export function instalmentRows({ instalments, totals }: Pick<QuoteContent, 'instalments' | 'totals'>) {
  let left = totals.totalFen
  return instalments.map((one, i) => {
    const fen = i === instalments.length - 1 ? left : Number(shareFen(BigInt(totals.totalFen), one.shareBp))
    left -= fen
    return { ...one, fen }
  })
}
