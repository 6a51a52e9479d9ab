import type { Instalments } from '../quote.contract.js'
import { prepaidFen } from './before-goods.js'

type Credit = { limitFen: bigint; owedFen: bigint; openFen: bigint }
const MOST = 3
const WHOLE = 10_000
/** Nobody asks for 37.42 % in advance. */
const STEP_BP = 500

/** The least share to be paid in advance, in whole 5 %, so that the rest stays within the customer's credit. */
export function leastPrepaidBp(totalFen: number, credit: Credit): number {
  const total = BigInt(totalFen)
  const room = credit.limitFen - credit.owedFen - credit.openFen
  const needed = room < 0n ? total : total - room
  if (needed <= 0n) return 0
  const step = BigInt(STEP_BP)
  const share = (needed * BigInt(WHOLE) + total - 1n) / total
  return Number(((share + step - 1n) / step) * step)
}

/**
 * 分期 that may be proposed, three at most. Where the credit does not reach, only those under which it does: first the least that has
 * to be paid in advance, then the policy's templates.
 */
export function proposeInstalments(totalFen: number, templates: Instalments[], credit: Credit | null): Instalments[] {
  const leastBp = credit && totalFen > 0 ? leastPrepaidBp(totalFen, credit) : 0
  if (leastBp === 0) return templates.slice(0, MOST)
  const enough = (one: Instalments) => prepaidFen(totalFen, one) >= prepaidFen(totalFen, inAdvance(leastBp))
  return [inAdvance(leastBp), ...templates.filter(enough).filter((one) => !(leastBp === WHOLE && one.length === 1))].slice(
    0,
    MOST,
  )
}

const inAdvance = (shareBp: number): Instalments =>
  shareBp >= WHOLE
    ? [{ label: '全款', shareBp: WHOLE, when: '款到发货' }]
    : [
        { label: '预付款', shareBp, when: '下单时预付' },
        { label: '余款', shareBp: WHOLE - shareBp, when: '货到 30 天内付' },
      ]
