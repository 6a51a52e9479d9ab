import type { Reader } from '../../lib/db.js'
import type { Slot } from '../message/message.contract.js'
import { type Actor, visibleTo } from '../person/actor.js'

const MOST = 8

/** Changes for whose answer somebody waits, newest first, among the customers that this actor may see. */
export async function listOpenChanges(db: Reader, actor: Actor, { customerId }: { customerId?: string } = {}) {
  const open = { answeredAt: null, closedAt: null }
  const changes = await db.requirementChange.findMany({
    where: {
      undoneAt: null,
      asks: { some: open },
      requirement: { customer: visibleTo(actor), ...(customerId ? { customerId } : {}) },
    },
    select: {
      types: true,
      slots: true,
      requirement: { select: { id: true, number: true, customer: { select: { name: true } } } },
      asks: { where: open, select: { askedAt: true, person: { select: { name: true } } }, orderBy: { id: 'asc' } },
    },
    orderBy: { capturedAt: 'desc' },
    take: MOST,
  })
  return changes.map((change) => ({
    requirement: change.requirement,
    types: change.types,
    slots: change.slots as Slot[],
    waitsFor: change.asks.map((ask) => ({ name: ask.person.name, askedAt: ask.askedAt })),
  }))
}
