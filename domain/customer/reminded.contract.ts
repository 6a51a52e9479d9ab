import * as z from 'zod/mini'

/**
 * A quiet line of a customer's story. `what`: said, escalated, the name of an act; or how it began: first-contact, opportunity,
 * not_customer, joined, nurturing, contact-merge; or what became of a quote: quote-sent, quote-opened, quote-accept, quote-adjust,
 * quote-decline, quote-ask, quote-withdrawn, contract-made, outside-quote.
 */
export const remindedEntry = z.object({
  id: z.string(),
  /** The ladder that it stands on; null where there is none. */
  reminderId: z.nullable(z.string()),
  at: z.string(),
  what: z.string(),
  /** Who was told, or who did it; nobody: it happened by itself. */
  people: z.array(z.string()),
  to: z.nullable(z.string()),
  title: z.string(),
  /** Page of ours on which it is seen whole. */
  page: z.optional(z.string()),
  /** Of a call: so many seconds were said about it; `id` is the call's. */
  voice: z.optional(z.int()),
})
export type RemindedEntry = z.infer<typeof remindedEntry>
