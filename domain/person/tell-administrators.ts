import { laneOfWay } from '../card/queue-copies.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'
import { findChats } from './find-chats.js'

/** Every administrator hears of it, once a key: in the chat that they use, because only they can put it right. */
export async function tellAdministrators(work: Work, { key, text }: { key: string; text: string }): Promise<void> {
  const administrators = await work.tx.person.findMany({ where: { roles: { has: 'admin' }, leftAt: null }, select: { id: true } })
  const ids = administrators.map(({ id }) => id)
  const chats = await findChats(work.tx, ids)
  for (const personId of ids) {
    const lane = laneOfWay(chats.get(personId)?.[0] ?? 'wecom', personId)
    await later(work, { kind: 'send-text', key: `${key}:${personId}`, lane, payload: { personId, text } })
  }
}
