import { formatBp, lineFen } from '../../../lib/format/amount.js'
import { costOfLine, sumCosts, withoutTax } from '../../price/cost-of.js'
import { marginBpOf, netOf, shareLeft } from '../../price/margin-of.js'
import { approve, type Drafted, type Judged, note } from './judged.js'

/** 最低毛利 of the whole: the first of the customer's books that has one, else the policy's. */
export const leastMarginOf = ({ facts }: Drafted): number => facts.prices.leastBp ?? facts.policy.leastMarginBp

export function marginOfDraft({ draft, totals, facts }: Drafted): number | null {
  const costFen = sumCosts(draft.lines.map((line) => costOfLine(line, facts.products)))
  return marginBpOf({ totals, tax: draft.tax, costFen })
}

/**
 * Red below the least margin. Lines whose cost nobody knows are left out, and the discount and the rebate are taken off the others: else
 * one line of 1 分 that is in no catalogue would make every margin unknown.
 */
export function judgeMargin(drafted: Drafted): Judged[] {
  const { draft, totals, facts } = drafted
  const costed = draft.lines.map((line) => ({ line, cost: costOfLine(line, facts.products) }))
  const known = costed.flatMap(({ line, cost }) => (cost === null ? [] : [{ line, cost }]))
  const found: Judged[] = []
  const unknown = costed.filter(({ cost }) => cost === null).map(({ line }) => line.name)
  if (unknown.length > 0) {
    const names = `${unknown.slice(0, 2).join('、')}${unknown.length > 2 ? `等 ${unknown.length} 行` : ''}`
    const say = facts.policy.unknownCost === 'approve' ? approve : note
    found.push(say('margin', `${names}没有成本，毛利没算上`))
  }
  if (known.length === 0) return found
  const sold = known.reduce((all, { line }) => (line.gift ? all : all + lineFen(line)), 0n)
  const net = netOf(sold - BigInt(totals.discountFen), draft.tax) - withoutTax(BigInt(totals.rebateFen), draft.tax.rateBp)
  const cost = known.reduce((all, one) => all + one.cost, 0n)
  if (net <= 0n && cost === 0n) return found
  const least = leastMarginOf(drafted)
  const margin = shareLeft(net, cost)
  if (margin < least)
    found.push(approve('margin', '毛利低于要求', { inside: `毛利 ${formatBp(margin)}，要求 ${formatBp(least)}` }))
  return [...found, ...judgeLines(drafted, known)]
}

type Known = { line: Drafted['draft']['lines'][number]; cost: bigint }

/** A product may have a least margin of its own in a book. A gift is judged with the whole. */
function judgeLines({ draft, facts }: Drafted, known: Known[]): Judged[] {
  return known.flatMap(({ line, cost }) => {
    const least = line.gift || !line.productId ? null : (facts.prices.of.get(line.productId)?.leastBp ?? null)
    if (least === null) return []
    const margin = shareLeft(netOf(lineFen(line), draft.tax), cost)
    if (margin >= least) return []
    const inside = `${line.name}毛利 ${formatBp(margin)}，要求 ${formatBp(least)}`
    return [approve('margin', `${line.name}的毛利低于要求`, { lineId: line.id, inside })]
  })
}
