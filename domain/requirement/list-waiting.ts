import type { Reader } from '../../lib/db.js'

/** Questions that wait for this person, oldest first. */
export async function listWaiting(db: Reader, personId: string, now: Date, take = 10) {
  const asks = await db.ask.findMany({
    where: { answeredAt: null, closedAt: null, card: { copies: { some: { personId } } }, change: { undoUntil: { lte: now } } },
    include: { change: { include: { requirement: { include: { customer: { select: { name: true } } } } } } },
    orderBy: { id: 'asc' },
    take,
  })
  return asks.map((ask) => ({
    id: ask.id,
    purpose: ask.purpose,
    customer: ask.change.requirement.customer.name,
    requirement: ask.change.requirement.title,
  }))
}
