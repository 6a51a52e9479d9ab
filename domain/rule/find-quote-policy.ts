import type { Reader } from '../../lib/db.js'
import { defaultQuotePolicy, type QuotePolicy, quotePolicy } from './quote-policy.contract.js'
import { findRule } from './rule.js'

/** What a quote may be without asking anybody. A setting that no longer fits is none. */
export async function findQuotePolicy(db: Reader): Promise<QuotePolicy> {
  const parsed = quotePolicy.safeParse(await findRule(db, 'quotePolicy'))
  return parsed.success ? parsed.data : defaultQuotePolicy
}
