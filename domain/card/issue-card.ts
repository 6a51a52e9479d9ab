import { newId } from '../../lib/ids.js'
import { standIns } from '../handover/find-heir.js'
import type { Path } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'
import type { CardKind } from './card-kind.js'
import { queueCopies } from './queue-copies.js'

export type Issue = { kind: CardKind; subject: string; people: string[]; notBefore?: Date; route?: Path }

/**
 * One card, a copy per person, each on its way through the outbox. Issuing the same card again finds the first one; only
 * people who have no copy yet get one. With a route, who isn't reached by its first step is tried by the next. Whoever sees
 * to the affairs of somebody who has left gets theirs.
 */
export async function issueCard(work: Work, { kind, subject, people, notBefore, route }: Issue): Promise<string> {
  const fresh = { id: newId(), kind, subject, createdAt: work.now, ...(route ? { route } : {}) }
  await work.tx.card.createMany({ data: fresh, skipDuplicates: true })
  const card = await work.tx.card.findUniqueOrThrow({ where: { kind_subject: { kind, subject } }, select: { id: true } })
  const way = { cardId: card.id, step: 0, channels: route?.[0] ?? (['chat'] as const).slice(), trace: work.trace }
  const there = await standIns(work.tx, people)
  await queueCopies(
    work,
    there.map((personId) => ({ ...way, personId, ...(notBefore ? { notBefore } : {}) })),
  )
  return card.id
}
