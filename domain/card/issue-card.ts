import { newId } from '../../lib/ids.js'
import { laneOf, later } from '../outbox.js'
import type { Work } from '../work.js'
import type { CardKind } from './card-kind.js'

export type Issue = { kind: CardKind; subject: string; people: string[]; notBefore?: Date; expiresAt?: Date }

/**
 * One card, a copy per person, each on its way through the outbox. Issuing the same card again finds the first one; only
 * people who have no copy yet get one.
 */
export async function issueCard(work: Work, { kind, subject, people, notBefore, expiresAt }: Issue): Promise<string> {
  await work.tx.card.createMany({ data: { id: newId(), kind, subject, createdAt: work.now }, skipDuplicates: true })
  const card = await work.tx.card.findUniqueOrThrow({ where: { kind_subject: { kind, subject } } })
  for (const personId of people) {
    const copy = { id: newId(), cardId: card.id, personId, platform: 'wecom' }
    const { count } = await work.tx.cardCopy.createMany({ data: copy, skipDuplicates: true })
    if (count === 0) continue
    await later(work, {
      kind: 'send-card',
      key: sendKey(copy.id),
      lane: laneOf(personId),
      payload: { copyId: copy.id },
      ...(notBefore ? { notBefore } : {}),
      ...(expiresAt ? { expiresAt } : {}),
    })
  }
  return card.id
}

export const sendKey = (copyId: string) => `send-card:${copyId}`
