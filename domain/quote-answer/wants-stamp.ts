import type { Reader } from '../../lib/db.js'
import { findQuotePolicy } from '../rule/find-quote-policy.js'
import type { HeldByToken } from './hold-by-token.js'

/** Whether a confirmation is asked back with the customer's seal: over an amount, and of who has never bought from us. */
export async function wantsStamp(db: Reader, { quote, version }: Pick<HeldByToken, 'quote' | 'version'>): Promise<boolean> {
  const policy = await findQuotePolicy(db)
  if (policy.stampOverFen !== null && version.totalFen >= BigInt(policy.stampOverFen)) return true
  if (!policy.stampForNew) return false
  const customer = await db.customer.findUniqueOrThrow({
    where: { id: quote.customerId },
    select: { lastOrderOn: true, _count: { select: { contracts: true } } },
  })
  return !customer.lastOrderOn && customer._count.contracts === 0
}
