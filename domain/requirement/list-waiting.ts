import type { Prisma, Reader } from '../../lib/db.js'

const waitsFor = (personId: string, now: Date): Prisma.AskWhereInput => ({
  answeredAt: null,
  closedAt: null,
  card: { copies: { some: { personId } } },
  change: { undoUntil: { lte: now } },
})

/** Questions that wait for this person, oldest first. */
export async function listWaiting(db: Reader, personId: string, now: Date, take = 10) {
  const asks = await db.ask.findMany({
    where: waitsFor(personId, now),
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
