import { laneOf, later } from '../outbox.js'
import type { Work } from '../work.js'
import { laneOfWay } from './queue-copies.js'

/** A press is answered by the card as it is then (bot-server/callbacks); this mends what that answer did not reach. */
const AFTER_PRESS_MS = 3_000
const DAY_MS = 24 * 3_600_000

/** What has to be known of a copy to change it. */
type Copy = { id: string; personId: string; platform: string; code: string | null; handle: string | null }

/**
 * What the card says has changed: everyone's copy follows. A WeCom copy whose code is spent stays as it is on that screen
 * until its next click, because a card must never be sent again to keep its buttons.
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
export async function followUp(work: Work, copy: Copy, version: number): Promise<void> {
  if (copy.platform === 'dingtalk') return followInDingtalk(work, copy, version)
  if (copy.platform !== 'wecom' || copy.code === null) return
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

/** Needs no code and can be done at any time once it was sent; each change is a call that is paid for, so one a version. */
async function followInDingtalk(work: Work, { id, personId, handle }: Copy, version: number): Promise<void> {
  if (handle === null) return
  await later(work, {
    kind: 'update-card',
    key: `update-card:${id}:${version}`,
    lane: laneOfWay('dingtalk', personId),
    payload: { copyId: id, version },
    notBefore: new Date(work.now.getTime() + AFTER_PRESS_MS),
    priority: 1,
  })
}

/** The month's quota is used up: asked again once a day, until it is bought or the month ends. */
export async function followUpTomorrow(work: Work, copyId: string, version: number): Promise<void> {
  const { personId } = await work.tx.cardCopy.findUniqueOrThrow({ where: { id: copyId }, select: { personId: true } })
  const at = new Date(work.now.getTime() + DAY_MS)
  await later(work, {
    kind: 'update-card',
    key: `update-card:${copyId}:${version}:${at.toISOString()}`,
    lane: laneOfWay('dingtalk', personId),
    payload: { copyId, version },
    notBefore: at,
  })
}
