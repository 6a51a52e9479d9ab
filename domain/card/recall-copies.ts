import { laterAll } from '../outbox.js'
import { wayName } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'
import { laneOfWay } from './queue-copies.js'

/** The platform takes nothing back after this (official page 94867). */
const RECALLABLE_MS = 24 * 3_600_000
/** Taken, and the platform calls it by our own name for it, or its answer was lost. */
export const NAMELESS = 'accepted'
/** Whoever withdrew it may take that back so long. */
const UNDO_MS = 10_000

/**
 * What a card asked for was not meant. Copies that can be changed say so themselves; the others (a text, or a card whose one
 * silent change is spent) would go on asking for work that nobody wants: those are taken back.
 */
export async function recallCopies(work: Work, cardId: string): Promise<void> {
  const card = await work.tx.card.findUniqueOrThrow({
    where: { id: cardId },
    select: {
      version: true,
      copies: {
        where: {
          state: { in: ['submitted', 'delivered'] },
          recalledAt: null,
          stateAt: { gt: new Date(work.now.getTime() - RECALLABLE_MS) },
          OR: [
            { platform: 'wecom', OR: [{ code: null }, { codeUntil: { lte: work.now } }] },
            // A card there can always be changed and has no name of its own; a message has one.
            { platform: 'dingtalk', handle: { not: NAMELESS } },
          ],
        },
      },
    },
  })
  await laterAll(
    work,
    card.copies.map((copy) => ({
      kind: 'recall-card' as const,
      key: `recall-card:${copy.id}:${card.version}`,
      lane: laneOfWay(wayName.parse(copy.platform), copy.personId),
      payload: { copyId: copy.id },
      notBefore: new Date(work.now.getTime() + UNDO_MS),
      expiresAt: new Date((copy.stateAt ?? work.now).getTime() + RECALLABLE_MS),
    })),
  )
}
