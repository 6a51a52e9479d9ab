import { lineFen, shareFen } from './amount.js'

/** As much of quoteDraft as its sum needs (domain/quote/quote.contract.ts). */
export type Summed = {
  lines: readonly { id: string; qty: string; price: string; gift: boolean }[]
  tax: { included: boolean; rateBp: number }
  freight: { how: 'included' | 'fixed' | 'collect'; fen: number }
  discountFen: number
  rebates: readonly Rung[]
}
type Rung = { fromFen: number; rateBp: number }

/** No amount of ours is larger: a sum that reaches it is not to be believed, and such a draft is not sent. */
export const MOST_FEN = 1e14

/**
 * What a draft comes to, in 分, the same in the editor as on the server. Each line is rounded once, and everything else is a sum of
 * rounded lines, so that a customer who adds up what they see comes to the same 分. Tax on top is rounded once, on the whole.
 * A discount takes no more than there is. Throws a RangeError where a price or a quantity is no decimal.
 */
export function totalDraft({ lines, tax, freight, discountFen, rebates }: Summed) {
  const each = lines.map((line) => ({ ...line, fen: lineFen(line) }))
  const sum = (gift: boolean) => each.reduce((all, line) => (line.gift === gift ? all + line.fen : all), 0n)
  const subtotal = sum(false)
  const freightFen = freight.how === 'fixed' ? BigInt(freight.fen) : 0n
  const discount = least(BigInt(discountFen), subtotal + freightFen)
  const before = subtotal + freightFen - discount
  const taxFen = tax.included ? 0n : shareFen(before, tax.rateBp)
  const totalFen = tame(before + taxFen)
  return {
    lines: Object.fromEntries(each.map(({ id, fen }) => [id, tame(fen)])),
    subtotalFen: tame(subtotal),
    giftFen: tame(sum(true)),
    freightFen: tame(freightFen),
    discountFen: tame(discount),
    taxFen: tame(taxFen),
    totalFen,
    rebateFen: rebateAt(totalFen, rebates),
  }
}

/** What a ladder of rebates gives back at a total: the best rung that it reaches, on all of it. More never gives back less. */
export function rebateAt(totalFen: number, rebates: readonly Rung[]): number {
  const rateBp = rebates.reduce((best, rung) => (totalFen >= rung.fromFen ? Math.max(best, rung.rateBp) : best), 0)
  return Number(shareFen(BigInt(totalFen), rateBp))
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)
const tame = (fen: bigint) => Number(least(fen, BigInt(MOST_FEN)))
