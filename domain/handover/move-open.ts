import { isUuid } from '../../lib/ids.js'
import { issueCard } from '../card/issue-card.js'
import { afterQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import type { Work } from '../work.js'
import { moveAsks } from './move-asks.js'
import { holdQuotes, moveApprovals, moveQuotes } from './move-quotes.js'
import { moveReminders } from './move-reminders.js'
import { moveClaims, moveTasks, readdressNotices } from './move-rest.js'
import type { Moved, Passing } from './passing.js'

export const HANDED_ON_LEAVING = '离职交接'

/**
 * Whatever is open for somebody who has left becomes open for exactly one other person, in this transaction or not at all.
 * Done again it finds nothing more. Who sees to it hears of everything by one card.
 */
export async function moveOpen(work: Work, passing: Passing): Promise<Moved[]> {
  const { personId, toId, handoverId } = passing
  await holdQuotes(work, personId)
  // Before anything is read: a press that holds one of them ends first.
  const reminders = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM reminder WHERE person_id = ${personId}::uuid AND state = 'open' ORDER BY id FOR UPDATE`
  const held = await work.tx.reminder.findMany({ where: { id: { in: reminders.map((row) => row.id) } } })
  const askOf = (subject: string) => /^ask:(.+)$/.exec(subject)?.[1] ?? ''
  const followed = held.map(({ subject }) => askOf(subject)).filter(isUuid)
  const asks = await moveAsks(work, { ...passing, followed })
  const toOf = ({ subject }: { subject: string }) => asks.holders.get(askOf(subject)) ?? toId
  await moveReminders(work, { reminders: held, fromId: personId, toOf, byId: personId, note: HANDED_ON_LEAVING })
  const tasks = await moveTasks(work, passing)
  const claims = await moveClaims(work, passing)
  const quotes = [...(await moveQuotes(work, passing)), ...(await moveApprovals(work, passing))]
  await readdressNotices(work, passing)

  // A reminder about a question or a task is the same matter.
  const about = new Set(held.map((row) => row.subject))
  const moved: Moved[] = [
    ...held.map((row) => ({ kind: 'reminder' as const, subjectId: row.id, customerId: row.customerId, toId: toOf(row) })),
    ...[...asks.moved, ...tasks].filter((one) => !about.has(`${one.kind}:${one.subjectId}`)),
    ...claims,
    ...quotes,
  ]
  await work.tx.handoverItem.createMany({
    data: moved.map((one) => ({ ...one, handoverId, at: work.now })),
    skipDuplicates: true,
  })
  await tell(work, passing)
  work.touched.add(`handover:${personId}`)
  return moved
}

/** 待交接, once: nothing to see to, nothing said. */
async function tell(work: Work, { handoverId, personId, toId }: Passing): Promise<void> {
  const customers = await work.tx.customer.count({ where: { ownerId: personId } })
  const items = await work.tx.handoverItem.count({ where: { handoverId } })
  if (customers + items === 0) return
  const { calm } = await findPolicy(work.tx)
  await issueCard(work, {
    kind: 'handover',
    subject: `handover:${handoverId}`,
    people: [toId],
    notBefore: afterQuiet(work.now, calm, toId),
    route: standardRoute,
  })
}
