import type { Card } from '../domain/card/card.js'
import { drawCard } from '../domain/card/draw-card.js'
import type { Db } from '../lib/db.js'

export type Drawn = { card: Card; copy: Awaited<ReturnType<typeof findCopy>> }

export const findCopy = (db: Db, copyId: string) =>
  db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true, person: { select: { plainText: true } } } })

/** What a copy says now, or why it is not said any more. */
export async function drawCopy(db: Db, copyId: string, now: Date): Promise<Drawn | { dropped: string }> {
  const copy = await findCopy(db, copyId)
  const card = await drawCard(db, copy.card, now)
  if (!card) return { dropped: '已不需要' }
  if (card.settled) return { dropped: card.settled }
  return { card, copy }
}
