import type { CopyState } from '../../lib/db.js'
import { findChats } from '../person/find-chats.js'
import { type ChatPlatform, chatPlatform } from '../person/person.contract.js'
import { type Path, path as pathSchema } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'
import { queueCopies } from './queue-copies.js'

type Outcome = { state: CopyState; reason?: string | null }
type Copy = { id: string; cardId: string; personId: string; step: number }

/** What became of one copy. What a channel could not do, the next step of the card's route is asked for. */
export async function noteCopy(work: Work, copyId: string, { state, reason = null }: Outcome): Promise<void> {
  const copy = await work.tx.cardCopy.update({
    where: { id: copyId },
    data: { state, reason, stateAt: work.now },
    select: { id: true, cardId: true, personId: true, step: true },
  })
  if (state === 'failed' || state === 'unknown' || state === 'off') await passOn(work, copy)
  await touchReminders(work, [copy.cardId])
  // What they hold a copy of waits for them from now on.
  work.touched.add(`person:${copy.personId}`)
}

/**
 * The other chat platform of somebody who has two, else the next step of the route, unless another channel of this step still
 * may reach the person. Also when a channel is away for long: what it holds leaves when it is back, and the person has heard
 * meanwhile. Asking twice queues once.
 */
export async function passOn(work: Work, copy: Copy, { despite = false } = {}): Promise<void> {
  const card = await work.tx.card.findUniqueOrThrow({ where: { id: copy.cardId }, select: { route: true } })
  const person = await work.tx.person.findUniqueOrThrow({ where: { id: copy.personId }, select: { leftAt: true } })
  // Nothing goes on ringing with somebody who has left.
  if (person.leftAt) return
  const beside = await work.tx.cardCopy.count({
    where: {
      cardId: copy.cardId,
      personId: copy.personId,
      step: copy.step,
      id: { not: copy.id },
      state: { in: ['queued', 'submitted', 'delivered'] },
    },
  })
  if (beside > 0 && !despite) return
  const { cardId, personId, step } = copy
  const other = await otherChat(work, copy, card.route)
  if (other) return queueCopies(work, [{ cardId, personId, step, channels: [other], trace: work.trace }])
  const next = routeOf(card.route)?.[copy.step + 1]
  if (!next) return
  await queueCopies(work, [{ cardId, personId, step: step + 1, channels: next, trace: work.trace }])
}

/** The chat platform that this card has not gone by yet, for somebody who has two. Not where one was named. */
async function otherChat(work: Work, copy: Copy, route: unknown): Promise<ChatPlatform | null> {
  if (!(routeOf(route)?.[copy.step] ?? ['chat']).includes('chat')) return null
  const chats = (await findChats(work.tx, [copy.personId])).get(copy.personId) ?? []
  if (chats.length < 2) return null
  const { cardId, personId } = copy
  const gone = await work.tx.cardCopy.findMany({ where: { cardId, personId }, select: { platform: true } })
  if (!gone.some(({ platform }) => chatPlatform.safeParse(platform).success)) return null
  return chats.find((chat) => !gone.some(({ platform }) => platform === chat)) ?? null
}

function routeOf(value: unknown): Path | null {
  const parsed = pathSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** Whoever looks at those ladders sees what became of the card. */
export async function touchReminders(work: Work, cardIds: string[]): Promise<void> {
  const where = { cardId: { in: cardIds } }
  const notices = await work.tx.notice.findMany({ where, select: { reminderId: true }, distinct: ['reminderId'] })
  for (const { reminderId } of notices) work.touched.add(`reminder:${reminderId}`)
}
