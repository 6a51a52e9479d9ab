import { laneOfWay } from '../card/queue-copies.js'
import { later } from '../outbox.js'
import { findChats } from '../person/find-chats.js'
import { afterQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'

/** A few words to a rep in the chat that they use, once a key; not in their quiet hours. */
export async function tellRep(
  work: Work,
  { personId, key, text }: { personId: string; key: string; text: string },
): Promise<void> {
  const chats = await findChats(work.tx, [personId])
  const { calm } = await findPolicy(work.tx)
  await later(work, {
    kind: 'send-text',
    key,
    lane: laneOfWay(chats.get(personId)?.[0] ?? 'wecom', personId),
    payload: { personId, text },
    notBefore: afterQuiet(work.now, calm, personId),
  })
}
