import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { type EffectKind, laneOf } from '../outbox.js'
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
  await insertRows<bigint>(work.tx, 'outbox', {
    kind: { type: 'text', of: rows.map(({ channel }) => speaker[channel]) },
    key: { type: 'text', of: rows.map(({ id, channel }) => sendKey(id, channel)) },
    // A text message that hangs must not hold up the chat.
    lane: {
      type: 'text',
      of: rows.map(({ channel, personId }) => (channel === 'wecom' ? laneOf(personId) : `${channel}:${personId}`)),
    },
    payload: { type: 'jsonb', of: rows.map(({ id }) => ({ copyId: id })) },
    trace: { type: 'text', of: rows.map(({ trace }) => trace) },
    not_before: { type: 'timestamptz', of: rows.map(({ notBefore }) => notBefore ?? work.now) },
  })
  for (const { notBefore } of rows) work.due.push(notBefore ?? work.now)
}
