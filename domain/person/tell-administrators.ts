import { laneOf, later } from '../outbox.js'
import type { Work } from '../work.js'

/** Every administrator hears of it, once a key: in the app, because only they can put it right. */
export async function tellAdministrators(work: Work, { key, text }: { key: string; text: string }): Promise<void> {
  const administrators = await work.tx.person.findMany({ where: { roles: { has: 'admin' }, leftAt: null }, select: { id: true } })
  for (const { id } of administrators)
    await later(work, { kind: 'send-text', key: `${key}:${id}`, lane: laneOf(id), payload: { personId: id, text } })
}
