import type { Work } from '../work.js'

/**
 * A lead that is being made and a quote that is being sent don't see each other before they commit: for one customer they are one
 * after the other. Taken before any row of a lead is held.
 */
export async function holdLeads(work: Work, customerId: string): Promise<void> {
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`leads:${customerId}`}, 7))`
}
