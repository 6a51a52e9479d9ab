import * as z from 'zod'
import type { Work } from '../work.js'

/** Longer than this nobody remembers what «2» was. */
const GOOD_FOR_MS = 10 * 60_000

const option = z.object({
  command: z.string(),
  /** The customers that were named: one is settled, several are the next choice. */
  customerIds: z.array(z.uuid()),
  /** What was said beside the command and the names. */
  rest: z.string(),
})
const offered = z.discriminatedUnion('kind', [
  /** «1 or 2?»: an option for each number. */
  z.object({ kind: z.literal('choice'), options: z.array(option) }),
  /** «Which customer?», and what else was said. */
  z.object({ kind: z.literal('customer'), command: z.string(), rest: z.optional(z.string()) }),
  /** «Who said this?»: a contact for each number, about words that were passed on. */
  z.object({ kind: z.literal('forward'), forwardId: z.uuid(), contactIds: z.array(z.uuid()) }),
])
export type Option = z.infer<typeof option>
export type Offered = z.infer<typeof offered>

/** The bot asks back; whatever it had asked before is forgotten. */
export async function keepOffer(work: Work, personId: string, offer: Offered): Promise<void> {
  const row = { offered: offer, at: work.now }
  await work.tx.botOffer.upsert({ where: { personId }, create: { personId, ...row }, update: row })
}

/** What an answer is an answer to; `stale` when it comes too late, null when nothing was asked. */
export async function findOffer(work: Work, personId: string): Promise<Offered | 'stale' | null> {
  const row = await work.tx.botOffer.findUnique({ where: { personId } })
  if (!row) return null
  return work.now.getTime() - row.at.getTime() > GOOD_FOR_MS ? 'stale' : offered.parse(row.offered)
}

export async function dropOffer(work: Work, personId: string): Promise<void> {
  await work.tx.botOffer.deleteMany({ where: { personId } })
}
