import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { type EffectKind, laneOf, laterAll } from '../outbox.js'
import { findChats } from '../person/find-chats.js'
import type { ChatPlatform } from '../person/person.contract.js'
import type { Hop, WayName } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'

export type Queue = { cardId: string; personId: string; step: number; channels: Hop[]; trace: string; notBefore?: Date }

/** Which file of jobs/effects speaks that way. */
const speaker = {
  wecom: 'send-card',
  dingtalk: 'send-card',
  'dingtalk-notice': 'send-work-notice',
  'dingtalk-ding': 'send-ding',
  sms: 'send-sms',
  mail: 'send-mail',
  group: 'send-group',
} satisfies Record<WayName, EffectKind>

export const sendKey = (copyId: string, way: WayName = 'wecom') => `${speaker[way]}:${copyId}`

/**
 * A copy for each person and channel, each on its way through the outbox; «chat» is the platform that each of them uses, and
 * what is DingTalk's own is for who uses that. Who has one of that card already gets no other.
 */
export async function queueCopies(work: Work, queues: Queue[]): Promise<void> {
  const inChat = queues.filter(({ channels }) => channels.some(dependsOnChat))
  const chats =
    inChat.length > 0
      ? await findChats(
          work.tx,
          inChat.map(({ personId }) => personId),
        )
      : new Map()
  const wanted = queues.flatMap(({ channels, ...queue }) =>
    waysOf(channels, chats.get(queue.personId)).map((way) => ({ ...queue, way, id: newId() })),
  )
  if (wanted.length === 0) return
  const fresh = await insertRows(work.tx, 'card_copy', {
    id: { type: 'uuid', of: wanted.map((copy) => copy.id) },
    card_id: { type: 'uuid', of: wanted.map((copy) => copy.cardId) },
    person_id: { type: 'uuid', of: wanted.map((copy) => copy.personId) },
    platform: { type: 'text', of: wanted.map((copy) => copy.way) },
    step: { type: 'int', of: wanted.map((copy) => copy.step) },
  })
  const rows = wanted.filter(({ id }) => fresh.has(id))
  await laterAll(
    work,
    rows.map(({ id, way, personId, trace, notBefore }) => ({
      kind: speaker[way],
      key: sendKey(id, way),
      lane: laneOfWay(way, personId),
      payload: { copyId: id },
      trace,
      notBefore,
    })),
  )
}

/** A text message that hangs must not hold up the chat, nor one platform the other. */
export const laneOfWay = (way: WayName, personId: string) => (way === 'wecom' ? laneOf(personId) : `${way}:${personId}`)

const isDingtalksOwn = (hop: Hop) => hop === 'dingtalk-notice' || hop === 'dingtalk-ding'
const dependsOnChat = (hop: Hop) => hop === 'chat' || isDingtalksOwn(hop)

function waysOf(channels: Hop[], [chat = 'wecom']: ChatPlatform[] = []): WayName[] {
  const fit = channels.filter((hop) => chat === 'dingtalk' || !isDingtalksOwn(hop))
  return [...new Set(fit.map((hop) => (hop === 'chat' ? chat : hop)))]
}
