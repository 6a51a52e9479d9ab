import { formatBp, formatDecimal, lineFen, priceUnits } from '../../../lib/format/amount.js'
import { formatDayShort } from '../../../lib/format/dates.js'
import { formatMoney } from '../../../lib/format/money.js'
import { onFooting } from '../../price/prices-for.js'
import { approve, type Drafted, type Judged, note } from './judged.js'

/** 价格政策: no price below the customer's books, not by a line, not by a discount on the whole, not by a rebate. */
export function judgePrices({ draft, facts }: Drafted): Judged[] {
  const sold = draft.lines.filter(({ gift }) => !gift)
  const found: Judged[] = []
  let [asked, offered] = [0n, 0n]
  for (const line of sold) {
    const priced = line.productId ? facts.prices.of.get(line.productId) : undefined
    if (line.productId && facts.products.get(line.productId)?.stopped)
      found.push(approve('price', `${line.name}已停售`, { lineId: line.id }))
    if (!priced) continue
    const least = onFooting(priced.price, priced.taxBp, draft.tax)
    asked += lineFen({ price: least, qty: line.qty })
    offered += lineFen(line)
    if (priceUnits(line.price) < priceUnits(least)) {
      const where = priced.book ? `「${priced.book}」` : '标价'
      const words = `${line.name} ${formatDecimal(line.price)} 元，低于${where}的 ${formatDecimal(least)} 元`
      found.push(approve('price', words, { lineId: line.id }))
    }
  }
  // A line above its price may be given back down to it.
  const missing = asked - (offered - BigInt(draft.discountFen))
  if (draft.discountFen > 0 && missing > 0n) found.push(approve('price', `优惠以后，整单比价格表低 ${formatMoney(missing)}`))
  return [...found, ...judgeRebates(draft.rebates, facts.prices.rebates), ...judgeValidity({ draft, facts })]
}

type Rungs = readonly { fromFen: number; rateBp: number }[]

function judgeRebates(written: Rungs, allowed: Rungs): Judged[] {
  const at = (fromFen: number) =>
    allowed.reduce((best, rung) => (fromFen >= rung.fromFen ? Math.max(best, rung.rateBp) : best), 0)
  const over = written.find(({ fromFen, rateBp }) => rateBp > at(fromFen))
  if (!over) return []
  const most = at(over.fromFen)
  const words = `满 ${formatMoney(over.fromFen)} 返 ${formatBp(over.rateBp)}，价格表${most > 0 ? `是 ${formatBp(most)}` : '没有这一档'}`
  return [approve('price', words)]
}

/** A book may end while the quote still holds: it is sent at these prices all the same, and its writer knows. */
function judgeValidity({ draft, facts }: Pick<Drafted, 'draft' | 'facts'>): Judged[] {
  const used = draft.lines.flatMap(({ productId }) => (productId ? (facts.prices.of.get(productId) ?? []) : []))
  const ending = new Map(
    used.flatMap(({ book, until }) => (book && until && until < facts.lastDay ? [[book, until] as const] : [])),
  )
  return [...ending].map(([book, until]) =>
    note('price', `「${book}」到${formatDayShort(until, facts.today)}为止，报价的有效期比它长`),
  )
}
