import type { Reader } from '../../lib/db.js'
import { notUndone } from '../message/find-context.js'
import { type Actor, requirementVisibleTo } from '../person/actor.js'
import { getChain } from './find-chain.js'
import type { ChainView } from './requirement.contract.js'

/** The newest requirements of one customer with their chains, and how many there are. */
export async function listChains(
  db: Reader,
  actor: Actor,
  { customerId, now, most }: { customerId: string; now: Date; most: number },
): Promise<{ chains: ChainView[]; all: number }> {
  const where = { customerId, AND: [notUndone, requirementVisibleTo(actor)] }
  const newest = await db.requirement.findMany({ where, select: { id: true }, orderBy: { number: 'desc' }, take: most })
  const chains: ChainView[] = []
  for (const { id } of newest) chains.push(await getChain(db, actor, id, now))
  return { chains, all: await db.requirement.count({ where }) }
}
