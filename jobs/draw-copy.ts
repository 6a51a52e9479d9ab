import type { Card } from '../domain/card/card.js'
import { drawCard } from '../domain/card/draw-card.js'
import type { Db } from '../lib/db.js'
import { GiveUp } from '../lib/errors.js'
import { lookUpTogether } from '../lib/look-up-together.js'
import { memberParts } from './find-member.js'

export type Drawn = { card: Card; copy: Awaited<ReturnType<typeof getCopy>> }

const lookUpCopy = lookUpTogether((db, ids) =>
  db.cardCopy.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      personId: true,
      cardId: true,
      platform: true,
      state: true,
      handle: true,
      card: { select: { kind: true, subject: true, version: true, createdAt: true } },
      person: { select: memberParts },
    },
  }),
)

export async function getCopy(db: Db, copyId: string) {
  const copy = await lookUpCopy(db, copyId)
  if (!copy) throw new GiveUp('没有这张卡片')
  return copy
}

/** What a copy says now, or why it is not said any more. */
export async function drawCopy(db: Db, copyId: string, now: Date): Promise<Drawn | { dropped: string }> {
  const copy = await getCopy(db, copyId)
  const card = await drawCard(db, copy.card, now)
  if (!card) return { dropped: '已不需要' }
  if (card.settled) return { dropped: card.settled }
  return { card, copy }
}
