import { newId } from '../../lib/ids.js'
import { queueCopies } from '../card/queue-copies.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import type { Work } from '../work.js'
import type { Moved, Passing } from './passing.js'

/** Why somebody holds a copy of a card that was never sent to them: it may be answered, and rings nowhere. */
const ON_THE_HANDOVER = '在待交接里'

/**
 * Questions that wait for the leaver, and those that they were reminded of in a colleague's place (`followed`). A colleague
 * who was asked as well has it then; else whoever sees to the handover may answer. Returns what moved, and who holds each.
 */
export async function moveAsks(
  work: Work,
  { personId, toId, followed }: Passing & { followed: string[] },
): Promise<{ moved: Moved[]; holders: Map<string, string> }> {
  const asks = await work.tx.ask.findMany({
    where: { answeredAt: null, closedAt: null, OR: [{ personId }, { id: { in: followed } }] },
    include: {
      person: { select: { leftAt: true } },
      change: { select: { undoUntil: true, requirement: { select: { customerId: true } } } },
      card: { select: { copies: { select: { personId: true, person: { select: { leftAt: true } } }, orderBy: { id: 'asc' } } } },
    },
    orderBy: { id: 'asc' },
  })
  const reminders = await work.tx.reminder.findMany({
    where: { state: 'open', subject: { in: asks.map(({ id }) => `ask:${id}`) } },
    select: { subject: true, personId: true },
  })
  const followers = new Map(reminders.map((one) => [one.subject, one.personId]))
  const holders = new Map<string, string>()
  const moved: Moved[] = []
  for (const ask of asks) {
    if (!ask.person.leftAt) {
      holders.set(ask.id, ask.personId)
      continue
    }
    const there = ask.card.copies.filter((copy) => !copy.person.leftAt).map((copy) => copy.personId)
    const follower = followers.get(`ask:${ask.id}`)
    const holder = there.find((id) => id === follower) ?? there[0] ?? toId
    holders.set(ask.id, holder)
    moved.push({ kind: 'ask', subjectId: ask.id, customerId: ask.change.requirement.customerId, toId: holder })
    await work.tx.ask.update({ where: { id: ask.id }, data: { personId: holder } })
    if (!there.includes(holder)) await letAnswer(work, ask, holder)
    work.touched.add(`ask:${ask.id}`)
  }
  return { moved, holders }
}

type Asked = { cardId: string; askedAt: Date | null; change: { undoUntil: Date } }

/** Who holds a copy may answer. One that has reached nobody yet is really sent: from then on the time to answer counts. */
async function letAnswer(work: Work, { cardId, askedAt, change }: Asked, holder: string): Promise<void> {
  if (!askedAt) {
    const notBefore = change.undoUntil > work.now ? change.undoUntil : work.now
    const channels = standardRoute[0] ?? ['chat']
    return queueCopies(work, [{ cardId, personId: holder, step: 0, channels, trace: work.trace, notBefore }])
  }
  await holdCopy(work, cardId, holder)
}

export async function holdCopy(work: Work, cardId: string, personId: string): Promise<void> {
  const kept = { state: 'dropped' as const, reason: ON_THE_HANDOVER, stateAt: work.now }
  await work.tx.cardCopy.createMany({
    data: [{ id: newId(), cardId, personId, platform: 'wecom', ...kept }],
    skipDuplicates: true,
  })
}
