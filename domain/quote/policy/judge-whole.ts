import { formatBp, formatDecimal, lineFen, qtyUnits } from '../../../lib/format/amount.js'
import { MOST_FEN } from '../../../lib/format/quote-total.js'
import type { QuoteDraft } from '../quote.contract.js'
import { type Drafted, type Judged, note, stop } from './judged.js'

/** Whether it is a quote at all: nobody may let pass what can't be read or paid. */
export function judgeWhole({ draft, totals, facts }: Drafted): Judged[] {
  const { lines, instalments } = draft
  if (lines.length === 0) return [stop('incomplete', '还没有产品')]
  const shares = instalments.reduce((all, { shareBp }) => all + shareBp, 0)
  return [
    ...lines.flatMap(judgeLine),
    ...(lines.every(({ gift }) => gift) ? [stop('incomplete', '全是赠品，没有要付钱的产品')] : []),
    ...(draft.discountFen > totals.discountFen ? [stop('incomplete', '优惠比总价还多')] : []),
    ...(totals.subtotalFen >= MOST_FEN || totals.giftFen >= MOST_FEN || totals.totalFen >= MOST_FEN
      ? [stop('incomplete', '金额大得不对，检查一下数量和单价')]
      : []),
    ...(instalments.length > 0 && shares !== 10_000 ? [stop('incomplete', `分期加起来是 ${formatBp(shares)}，要正好 100%`)] : []),
    ...(instalments.some(({ shareBp }) => shareBp === 0) ? [stop('incomplete', '有一期是 0%')] : []),
    ...(draft.terms.payment === '' && instalments.length === 0 ? [note('incomplete', '没有写付款条件')] : []),
    ...lines.flatMap((line) => {
      const stock = line.productId ? facts.products.get(line.productId)?.stock : null
      if (!stock || qtyUnits(line.qty) <= qtyUnits(stock)) return []
      return [note('incomplete', `${line.name}库存 ${formatDecimal(stock)} ${line.unit}，不够`, { lineId: line.id })]
    }),
  ]
}

function judgeLine(line: QuoteDraft['lines'][number]): Judged[] {
  const { id: lineId, name, gift } = line
  if (qtyUnits(line.qty) === 0n) return [stop('incomplete', `${name}没有写数量`, { lineId })]
  if (gift) return []
  if (!/[1-9]/.test(line.price)) return [stop('incomplete', `${name}没有写单价，要送就标成赠品`, { lineId })]
  return lineFen(line) === 0n ? [stop('incomplete', `${name}的金额不到 1 分`, { lineId })] : []
}
