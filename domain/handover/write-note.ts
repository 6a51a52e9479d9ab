import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { slotLabel, slotValue } from '../../lib/format/slots.js'
import { notUndone } from '../message/find-context.js'
import type { Actor } from '../person/actor.js'
import { correctionOf } from '../requirement/find-chain.js'
import { type ChangeView, type Terms, verdictWords } from '../requirement/requirement.contract.js'
import { changeInclude, viewChange } from '../requirement/view-change.js'
import type { CustomerNote } from './handover.contract.js'
import { listItems } from './list-items.js'
import { customersOf, findHandover } from './open-handover.js'

const MOST_PROMISED = 10

/** 交接单 of one customer, written from what stands now: for who takes it over, on one page. */
export async function writeNote(
  db: Reader,
  actor: Actor,
  { personId, customerId, now }: { personId: string; customerId: string; now: Date },
): Promise<CustomerNote> {
  const handover = await findHandover(db, actor, personId)
  const customer = await db.customer.findFirst({
    where: { id: customerId, ...customersOf(handover) },
    select: {
      id: true,
      name: true,
      productLine: true,
      owner: { select: { name: true } },
      contacts: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
    },
  })
  if (!customer) throw new Refused('no-such-customer', '这位客户不在这次交接里', 404)
  const contactIds = customer.contacts.map((contact) => contact.id)
  const [requirements, open, lastSaid] = await Promise.all([
    db.requirement.findMany({
      where: { customerId, AND: [notUndone] },
      include: { changes: { include: changeInclude, orderBy: { step: 'asc' } } },
      orderBy: { number: 'desc' },
    }),
    listItems(db, { handoverId: handover.id, customerId, now }),
    db.message.groupBy({ by: ['contactId'], where: { contactId: { in: contactIds } }, _max: { saidAt: true } }),
  ])
  const chains = requirements.map((row) => ({
    row,
    steps: row.changes
      .map((change) => viewChange(change, now, correctionOf(row.changes, change.step)))
      .filter((step) => step.state !== 'undone' && step.correctedBy === null),
  }))
  return {
    person: handover.person,
    customer: { id: customer.id, name: customer.name, productLine: customer.productLine, owner: customer.owner.name },
    contacts: customer.contacts.map(({ id, name }) => ({
      id,
      name,
      lastSaidAt: lastSaid.find((row) => row.contactId === id)?._max.saidAt?.toISOString() ?? null,
    })),
    requirements: chains.map(({ row: { id, number, title, terms }, steps }) => {
      const latest = steps.at(-1)
      return { id, number, title, terms: terms as Terms, latest: latest ? viewLatest(latest, now) : null }
    }),
    open,
    lastWords: {
      customer: await lastOf(db, contactIds, 'customer'),
      rep: await lastOf(db, contactIds, 'rep'),
    },
    promised: chains.flatMap(({ row, steps }) => steps.flatMap((step) => promisesOf(row.number, step))).slice(0, MOST_PROMISED),
    writtenAt: now.toISOString(),
  }
}

function viewLatest(step: ChangeView, now: Date) {
  const value = (field: ChangeView['slots'][number]['field'], words: string | null) => (words ? slotValue(field, words, now) : '')
  return {
    step: step.step,
    capturedAt: step.capturedAt,
    capturedBy: step.capturedBy.name,
    slots: step.slots.map(({ field, item, before, after }) => ({
      label: [item, slotLabel(field)].filter(Boolean).join(' '),
      value: [value(field, before), value(field, after)].filter(Boolean).join(' → '),
    })),
    note: step.note,
    evidence: step.evidence,
    answers: step.asks
      .filter((ask) => ask.closed === null)
      .map((ask) =>
        ask.verdict
          ? `${ask.answeredBy?.name ?? ask.person.name}：${verdictWords[ask.verdict]}${ask.note ? `，${ask.note}` : ''}`
          : `${ask.person.name}：还没答`,
      ),
  }
}

/** A yes, or a yes with conditions, is what the customer may count on once they have heard it. */
function promisesOf(number: number, step: ChangeView): CustomerNote['promised'] {
  return step.asks.flatMap(({ verdict, note, answeredBy, answeredAt }) => {
    if (!answeredAt || (verdict !== 'can' && verdict !== 'conditional')) return []
    const words = step.replyDraft ?? [verdictWords[verdict], note].filter(Boolean).join('，')
    return [{ number, words, by: answeredBy?.name ?? '', at: answeredAt, told: step.replySentAt !== null }]
  })
}

async function lastOf(db: Reader, contactIds: string[], speaker: 'customer' | 'rep') {
  const message = await db.message.findFirst({
    where: { contactId: { in: contactIds }, speaker, revokedAt: null },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    include: { contact: { select: { name: true } }, person: { select: { name: true } } },
  })
  if (!message) return null
  const by = speaker === 'customer' ? message.contact.name : message.person.name
  return { by, text: message.text, saidAt: message.saidAt.toISOString() }
}
