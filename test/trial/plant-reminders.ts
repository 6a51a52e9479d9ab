import { dueAt } from '../../domain/reminders/due-at.js'
import { findPolicy } from '../../domain/reminders/policy.js'
import { standardRoute } from '../../domain/reminders/reminder-kind.js'
import type { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import type { Chance } from '../faults/chance.js'
import type { Rig } from '../rig/rig.js'

const HOUR_MS = 3_600_000
const ORDER = 1_000

type Planting = { count: number; chance: Chance; now: Date; hours: number }

/**
 * So many reminders of all kinds, due within so many hours: 提醒我 at any moment, also at night; changes that were asked
 * about and wait for an answer; and words of customers that nobody captured, for the next morning. Written as rows, with the
 * product's own rule for when the first level is due.
 */
export async function plantReminders(rig: Rig, { count, chance, now, hours }: Planting): Promise<void> {
  const policy = await findPolicy(rig.db)
  const people = await rig.db.person.findMany({
    where: { roles: { has: 'rep' } },
    select: { id: true },
    orderBy: { name: 'asc' },
  })
  const customers = await plantCustomers(
    rig,
    people.map((person) => person.id),
    now,
  )
  const rows = emptyRows()
  for (let i = 0; i < count; i++) {
    const customer = chance.pick(customers)
    const moment = new Date(now.getTime() + 60_000 + chance.below(hours * HOUR_MS))
    const holder = chance.pick(people).id
    const lot = chance.below(100)
    const made =
      lot < 60
        ? task(rows, { holder, moment, now, customer })
        : lot < 85
          ? ask(rows, { holder, now, customer })
          : said(rows, { now, customer })
    const startedAt = made.kind === 'personal' ? now : moment
    const targetAt = made.kind === 'personal' ? moment : null
    const due = dueAt(policy.ladderOf(made.kind), 0, { startedAt, saidAt: null, targetAt, personId: made.personId }, policy.calm)
    rows.reminder.push({ id: newId(), ...made, customerId: customer.id, startedAt, targetAt, dueAt: due, trace: 'trial' })
  }
  const { db } = rig
  await inOrders(rows.task, (data) => db.task.createMany({ data }))
  await inOrders(rows.message, (data) => db.message.createMany({ data }))
  await inOrders(rows.change, (data) => db.requirementChange.createMany({ data }))
  await inOrders(rows.evidence, (data) => db.evidence.createMany({ data }))
  await inOrders(rows.card, (data) => db.card.createMany({ data }))
  await inOrders(rows.copy, (data) => db.cardCopy.createMany({ data }))
  await inOrders(rows.ask, (data) => db.ask.createMany({ data }))
  await inOrders(rows.reminder, (data) => db.reminder.createMany({ data }))
}

type Customer = { id: string; ownerId: string; contactId: string; requirementId: string; steps: number }

const emptyRows = () => ({
  task: [] as Prisma.TaskCreateManyInput[],
  message: [] as Prisma.MessageCreateManyInput[],
  change: [] as Prisma.RequirementChangeCreateManyInput[],
  evidence: [] as Prisma.EvidenceCreateManyInput[],
  card: [] as Prisma.CardCreateManyInput[],
  copy: [] as Prisma.CardCopyCreateManyInput[],
  ask: [] as Prisma.AskCreateManyInput[],
  reminder: [] as Prisma.ReminderCreateManyInput[],
})
type Rows = ReturnType<typeof emptyRows>
type Made = { kind: string; subject: string; personId: string }

async function plantCustomers(rig: Rig, owners: string[], now: Date): Promise<Customer[]> {
  const customers = owners.map((ownerId) => ({ id: newId(), ownerId, contactId: newId(), requirementId: newId(), steps: 0 }))
  const { db } = rig
  await db.customer.createMany({
    data: customers.map(({ id, ownerId }, i) => ({ id, ownerId, name: `客户${i}`, createdAt: now })),
  })
  await db.contact.createMany({
    data: customers.map(({ id, contactId }, i) => ({ id: contactId, customerId: id, name: `老板${i}`, createdAt: now })),
  })
  await db.requirement.createMany({
    data: customers.map(({ id, requirementId }) => ({
      id: requirementId,
      customerId: id,
      title: '膨胀螺栓',
      terms: {},
      createdAt: now,
    })),
  })
  return customers
}

function task(
  rows: Rows,
  { holder, moment, now, customer }: { holder: string; moment: Date; now: Date; customer: Customer },
): Made {
  const id = newId()
  rows.task.push({ id, personId: holder, contactId: customer.contactId, text: '给客户回电话', at: moment, createdAt: now })
  return { kind: 'personal', subject: `task:${id}`, personId: holder }
}

/** A question that its card has asked already: only the ladder is on trial. */
function ask(rows: Rows, { holder, now, customer }: { holder: string; now: Date; customer: Customer }): Made {
  const [id, changeId, cardId] = [newId(), newId(), newId()]
  rows.change.push({
    id: changeId,
    requirementId: customer.requirementId,
    step: ++customer.steps,
    types: ['交付时间调整'],
    slots: [],
    capturedById: customer.ownerId,
    contactId: customer.contactId,
    capturedAt: now,
    undoUntil: now,
    termsBefore: {},
    evidenceSalt: '',
    evidenceHash: '',
  })
  rows.evidence.push({ changeId, messages: [{ speaker: 'customer', name: '老板', text: '交期改成下周五吧' }] })
  rows.card.push({ id: cardId, kind: 'ask', subject: `ask:${id}`, route: standardRoute, createdAt: now })
  rows.copy.push({ id: newId(), cardId, personId: holder, platform: 'wecom', state: 'submitted', handle: 'planted' })
  rows.ask.push({ id, changeId, purpose: 'confirm', role: 'pre-sales', personId: holder, cardId, askedAt: now })
  return { kind: 'requirement-change-confirm', subject: `ask:${id}`, personId: holder }
}

function said(rows: Rows, { now, customer }: { now: Date; customer: Customer }): Made {
  const id = newId()
  const { contactId, ownerId: personId } = customer
  rows.message.push({
    id,
    source: 'paste',
    sourceKey: `trial:${id}`,
    contactId,
    personId,
    speaker: 'customer',
    text: '账期改成月结',
    saidAt: now,
  })
  return { kind: 'uncaptured-change', subject: `message:${id}`, personId }
}

async function inOrders<T>(rows: T[], create: (data: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += ORDER) await create(rows.slice(from, from + ORDER))
}
