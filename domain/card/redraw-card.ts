import { laneOf, later } from '../outbox.js'
import type { Work } from '../work.js'

/**
 * What the card says has changed: everyone's copy follows. A copy whose code is spent stays as it is on that screen until
 * its next click, because a card must never be sent again to keep its buttons.
 */
export async function redrawCard(work: Work, cardId: string): Promise<void> {
  const card = await work.tx.card.update({
    where: { id: cardId },
    data: { version: { increment: 1 } },
    include: { copies: true },
  })
  for (const copy of card.copies) await followUp(work, copy, card.version)
}

/** Brings one copy up to date if that is still possible. Also what a click on an old card asks for. */
export async function followUp(
  work: Work,
  copy: { id: string; personId: string; code: string | null },
  version: number,
): Promise<void> {
  if (copy.code === null) return
  await later(work, {
    kind: 'update-card',
    // The code is part of the key: a fresh one, from a new click, is a new chance.
    key: `update-card:${copy.id}:${version}:${copy.code.slice(-12)}`,
    lane: laneOf(copy.personId),
    payload: { copyId: copy.id, version },
    // A person who just pressed is looking at it.
    priority: 1,
  })
}
