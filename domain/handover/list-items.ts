import type { Reader } from '../../lib/db.js'
import { isRole } from '../person/actor.js'
import { reminderKind } from '../reminders/find-kind.js'
import { fill, findSaid } from '../reminders/find-said.js'
import { findPolicy } from '../reminders/policy.js'
import type { OpenItem } from './handover.contract.js'
import { quoteItems } from './quote-items.js'

const person = { select: { id: true, name: true, roles: true } } as const
const brief = (one: { id: string; name: string; roles: string[] }) => ({ ...one, roles: one.roles.filter(isRole) })

/** What a handover moved and is open still, whoever has it by now. */
export async function listItems(
  db: Reader,
  { handoverId, customerId, now }: { handoverId: string; customerId?: string; now: Date },
): Promise<OpenItem[]> {
  const rows = await db.handoverItem.findMany({
    where: { handoverId, ...(customerId ? { customerId } : {}) },
    orderBy: [{ at: 'asc' }, { subjectId: 'asc' }],
  })
  const idsOf = (...kinds: string[]) => rows.filter((row) => kinds.includes(row.kind)).map((row) => row.subjectId)
  const [reminders, asks, tasks] = await Promise.all([
    db.reminder.findMany({
      where: { id: { in: idsOf('reminder', 'claim') }, state: 'open' },
      include: { person, customer: { select: { name: true } } },
    }),
    db.ask.findMany({
      where: { id: { in: idsOf('ask') }, answeredAt: null, closedAt: null },
      include: { person, change: { select: { requirement: { select: { customer: { select: { name: true } } } } } } },
    }),
    db.task.findMany({
      where: { id: { in: idsOf('task') }, doneAt: null },
      include: {
        person,
        contact: { select: { customer: { select: { name: true } } } },
        group: { select: { customer: { select: { name: true } } } },
      },
    }),
  ])
  const quotes = await quoteItems(db, rows)
  const policy = await findPolicy(db)
  const items: OpenItem[] = []
  for (const { kind, subjectId: id } of rows) {
    if (kind === 'ask') {
      const ask = asks.find((one) => one.id === id)
      if (!ask) continue
      const customer = ask.change.requirement.customer.name
      const words = `${customer}等${ask.purpose === 'confirm' ? '确认' : '影响评估'}`
      items.push({ kind, id, words, page: `/ask/${id}`, customer, holder: brief(ask.person) })
    } else if (kind === 'task') {
      const task = tasks.find((one) => one.id === id)
      if (!task) continue
      const customer = task.contact?.customer?.name ?? task.group?.customer?.name ?? null
      items.push({ kind, id, words: task.text, page: null, customer, holder: brief(task.person) })
    } else if (kind === 'quote' || kind === 'approval') {
      const item = quotes.get(id)
      if (item) items.push(item)
    } else if (kind === 'reminder' || kind === 'claim') {
      const reminder = reminders.find((one) => one.id === id)
      if (!reminder || (kind === 'claim' && !reminder.claimedAt)) continue
      const said = await findSaid(db, reminder, now)
      if (!said || 'done' in said) continue
      const { levels } = policy.ladderOf(reminder.kind)
      const title = fill(levels[0]?.title ?? reminderKind(reminder.kind).label, said.words)
      const words = kind === 'claim' ? `${reminder.person.name}说已处理，等上级确认：${title}` : title
      const customer = reminder.customer?.name ?? null
      items.push({ kind, id, words, page: `/reminder/${id}`, customer, holder: brief(reminder.person) })
    }
  }
  return items
}
