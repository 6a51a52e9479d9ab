import type { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import type { Work } from '../work.js'
import { startQuoteClock } from './start-quote-clock.js'

type New = Omit<Prisma.OpportunityUncheckedCreateInput, 'id' | 'number' | 'createdAt'> & { createdAt?: Date }

/** The only way to a new 商机, whoever makes it: its 72 hours begin with it. Returns its id. */
export async function createOpportunity(work: Work, { createdAt = work.now, ...made }: New): Promise<string> {
  const id = newId()
  await work.tx.opportunity.create({ data: { id, createdAt, ...made } })
  await startQuoteClock(work, id)
  return id
}
