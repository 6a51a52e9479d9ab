import type { Reader } from '../../lib/db.js'
import { later } from '../outbox.js'
import { wayName } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'
import { laneOfWay, sendKey } from './queue-copies.js'

const DAY_MS = 24 * 3_600_000

/**
 * The platform's month is used up: tried again once a day, until more was bought or the month is over, unless another way has
 * carried the card meanwhile. It is drawn when it leaves, so what is settled until then is not said.
 */
export async function sendAgain(work: Work, copyId: string): Promise<void> {
  const copy = await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId }, select: { personId: true, platform: true } })
  const at = new Date(work.now.getTime() + DAY_MS)
  await later(work, {
    kind: 'send-card',
    key: `${sendKey(copyId)}:${at.toISOString()}`,
    lane: laneOfWay(wayName.parse(copy.platform), copy.personId),
    payload: { copyId },
    notBefore: at,
  })
}

/** Another way brought the same card to the same person. */
export async function isCarried(db: Reader, copy: { id: string; cardId: string; personId: string }): Promise<boolean> {
  const { id, cardId, personId } = copy
  const where = { cardId, personId, id: { not: id }, state: { in: ['submitted' as const, 'delivered' as const] } }
  return (await db.cardCopy.count({ where })) > 0
}
