import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { type EffectKind, laneOf, laterAll } from '../outbox.js'
import type { ChannelName } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'

export type Queue = { cardId: string; personId: string; step: number; channels: ChannelName[]; trace: string; notBefore?: Date }

/** Which file of jobs/effects speaks on that channel. */
const speaker = { wecom: 'send-card', sms: 'send-sms', mail: 'send-mail', group: 'send-group' } satisfies Record<
  ChannelName,
  EffectKind
>

export const sendKey = (copyId: string, channel: ChannelName = 'wecom') => `${speaker[channel]}:${copyId}`

/** A copy for each person and channel, each on its way through the outbox. Who has one of that card already gets no other. */
export async function queueCopies(work: Work, queues: Queue[]): Promise<void> {
  const wanted = queues.flatMap(({ channels, ...queue }) => channels.map((channel) => ({ ...queue, channel, id: newId() })))
  if (wanted.length === 0) return
  const fresh = await insertRows(work.tx, 'card_copy', {
    id: { type: 'uuid', of: wanted.map((copy) => copy.id) },
    card_id: { type: 'uuid', of: wanted.map((copy) => copy.cardId) },
    person_id: { type: 'uuid', of: wanted.map((copy) => copy.personId) },
    platform: { type: 'text', of: wanted.map((copy) => copy.channel) },
    step: { type: 'int', of: wanted.map((copy) => copy.step) },
  })
  const rows = wanted.filter(({ id }) => fresh.has(id))
  await laterAll(
    work,
    rows.map(({ id, channel, personId, trace, notBefore }) => ({
      kind: speaker[channel],
      key: sendKey(id, channel),
      // A text message that hangs must not hold up the chat.
      lane: channel === 'wecom' ? laneOf(personId) : `${channel}:${personId}`,
      payload: { copyId: id },
      trace,
      notBefore,
    })),
  )
}
