import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { issueCard } from '../card/issue-card.js'
import { redrawCard } from '../card/redraw-card.js'
import type { Actor } from '../person/actor.js'
import { afterQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import type { Work } from '../work.js'
import { moveReminders } from './move-reminders.js'
import { findHandover } from './open-handover.js'

/** Time to take it back before the receiver hears of it. */
const UNDO_MS = 10_000

type Give = { personId: string; customerIds: string[]; toId: string }

/**
 * Customers of somebody who left go to a colleague, and with them what is open about them and nobody has taken up since.
 * What somebody else gave away meanwhile stays there. Returns the batch, by which it is taken back, and how many went.
 */
export async function giveCustomers(work: Work, actor: Actor, { personId, customerIds, toId }: Give) {
  const handover = await findHandover(work.tx, actor, personId)
  if (handover.closedAt) throw new Refused('came-back', `${handover.person.name}回来了，客户还归他`, 409)
  const to = await work.tx.person.findUnique({ where: { id: toId }, select: { leftAt: true } })
  if (!to || to.leftAt || toId === personId) throw new Refused('no-such-person', '没有这位同事', 404)
  const batch = newId()
  // The condition is in the claim: two who give the same customer, one of them does.
  const gone = await work.tx.customer.updateManyAndReturn({
    where: { id: { in: customerIds }, ownerId: personId },
    data: { ownerId: toId },
    select: { id: true },
  })
  const ids = gone.map(({ id }) => id)
  if (ids.length === 0) throw new Refused('given-before', '这些客户已经交给别的同事了，刷新看看', 409)
  const gift = { handoverId: handover.id, batch, toId, byId: actor.personId, at: work.now }
  await work.tx.handoverGift.createMany({ data: ids.map((customerId) => ({ ...gift, id: newId(), customerId })) })
  await moveItems(work, { handoverId: handover.id, customerIds: ids, fromId: handover.toId, toId, byId: actor.personId })
  const content = { from: personId, to: toId, customers: ids, batch }
  await record(work, { actor: actor.personId, verb: 'customers-given', subject: `handover:${handover.id}`, content })
  if (toId !== actor.personId) {
    const { calm } = await findPolicy(work.tx)
    await issueCard(work, {
      kind: 'handover',
      subject: `handover:${handover.id}#${batch}`,
      people: [toId],
      notBefore: afterQuiet(new Date(work.now.getTime() + UNDO_MS), calm, toId),
      route: standardRoute,
    })
  }
  await redrawHandover(work, handover)
  return { batch, count: ids.length }
}

type Items = { handoverId: string; customerIds: string[]; fromId: string; toId: string; byId: string }

/** Reminders, tasks and quotes about these customers that one holds from the handover. Questions stay with who was asked. */
export async function moveItems(work: Work, { handoverId, customerIds, fromId, toId, byId }: Items): Promise<void> {
  if (fromId === toId) return
  const items = await work.tx.handoverItem.findMany({
    where: { handoverId, customerId: { in: customerIds }, kind: { in: ['reminder', 'task', 'quote'] }, toId: fromId },
  })
  const idsOf = (kind: string) => items.filter((item) => item.kind === kind).map((item) => item.subjectId)
  const quoteIds = idsOf('quote')
  // Before its reminders, as whoever answers or sends one holds them.
  await work.tx.$queryRaw`SELECT 1 FROM quote WHERE id = ANY(${quoteIds}::uuid[]) ORDER BY id FOR UPDATE`
  const reminders = await work.tx.reminder.findMany({
    where: { id: { in: idsOf('reminder') }, personId: fromId, state: 'open', NOT: { subject: { startsWith: 'ask:' } } },
  })
  await moveReminders(work, { reminders, fromId, toOf: () => toId, byId, note: '客户交接' })
  const taskIds = [...idsOf('task'), ...reminders.flatMap(({ subject }) => /^task:(.+)$/.exec(subject)?.[1] ?? [])]
  await work.tx.task.updateMany({ where: { id: { in: taskIds }, personId: fromId, doneAt: null }, data: { personId: toId } })
  await work.tx.quote.updateMany({ where: { id: { in: quoteIds }, ownerId: fromId }, data: { ownerId: toId } })
  const went = [...reminders.map(({ id }) => id), ...taskIds, ...quoteIds]
  await work.tx.handoverItem.updateMany({ where: { handoverId, subjectId: { in: went } }, data: { toId } })
}

/** 待交接 counts what is left, and pages follow. */
export async function redrawHandover(work: Work, { id, personId }: { id: string; personId: string }): Promise<void> {
  work.touched.add(`handover:${personId}`)
  if ((await work.tx.customer.count({ where: { ownerId: personId } })) > 0) return
  const card = await work.tx.card.findUnique({ where: { kind_subject: { kind: 'handover', subject: `handover:${id}` } } })
  if (card) await redrawCard(work, card.id)
}
