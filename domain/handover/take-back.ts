import { record } from '../audit/record.js'
import { sendKey } from '../card/queue-copies.js'
import { withdraw } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { moveItems, redrawHandover } from './give-customers.js'
import { findHandover } from './open-handover.js'

/** What was given by one tap is not given: customers that are still the receiver's, and what went with them. */
export async function takeBack(work: Work, actor: Actor, { personId, batch }: { personId: string; batch: string }) {
  const handover = await findHandover(work.tx, actor, personId)
  const gifts = await work.tx.handoverGift.findMany({ where: { handoverId: handover.id, batch, undoneAt: null } })
  const toId = gifts[0]?.toId
  if (!toId) return { batch, count: 0 }
  const back = await work.tx.customer.updateManyAndReturn({
    where: { id: { in: gifts.map((gift) => gift.customerId) }, ownerId: toId },
    data: { ownerId: personId },
    select: { id: true },
  })
  const ids = back.map(({ id }) => id)
  await work.tx.handoverGift.updateMany({
    where: { batch, customerId: { in: ids }, undoneAt: null },
    data: { undoneAt: work.now },
  })
  const items = { handoverId: handover.id, customerIds: ids, fromId: toId, toId: handover.toId, byId: actor.personId }
  await moveItems(work, items)
  const subject = `handover:${handover.id}#${batch}`
  const copies = await work.tx.cardCopy.findMany({ where: { card: { kind: 'handover', subject } }, select: { id: true } })
  await withdraw(
    work,
    copies.map(({ id }) => sendKey(id)),
    '交接撤销了',
  )
  const content = { from: toId, customers: ids, batch }
  await record(work, { actor: actor.personId, verb: 'customers-taken-back', subject: `handover:${handover.id}`, content })
  await redrawHandover(work, handover)
  return { batch, count: ids.length }
}
