import * as z from 'zod/mini'
import { fen } from '../quote/quote.contract.js'

const words = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(20)))
/** What decides a customer's prices and what a quote may give on credit. */
const terms = { tier: words, region: words, creditFen: z.nullable(fen) }

/** `tiers`, `regions`: those that customers and price books have, to choose from. */
export const tradeTerms = z.object({
  customer: z.object({ id: z.string(), name: z.string() }),
  tier: z.nullable(z.string()),
  region: z.nullable(z.string()),
  creditFen: z.nullable(z.int()),
  /** As the list said that the customer was imported from. */
  owedFen: z.nullable(z.int()),
  tiers: z.array(z.string()),
  regions: z.array(z.string()),
  mayEdit: z.boolean(),
})
export type TradeTerms = z.infer<typeof tradeTerms>

/** `was`: what its writer saw. */
export const tradeTermsInput = z.object({ requestId: z.uuid(), ...terms, was: z.object(terms) })
export type TradeTermsInput = Omit<z.infer<typeof tradeTermsInput>, 'requestId'>
