import type { Reader } from '../../../lib/db.js'
import { listItems } from '../../handover/list-items.js'
import { customersOf } from '../../handover/open-handover.js'
import type { Card } from '../card.js'

const MOST_NAMED = 3

/** 「<handover>」 to who sees to it; 「<handover>#<batch>」 to the colleague who was given customers. Notices that lead to the page. */
export async function drawHandover(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const [id = '', batch] = subject.split('#')
  const handover = await db.handover.findUnique({ where: { id }, include: { person: { select: { id: true, name: true } } } })
  if (!handover) return null
  return batch ? drawGift(db, { id, batch, name: handover.person.name }) : drawLeft(db, handover, now)
}

type Left = { id: string; personId: string; closedAt: Date | null; person: { id: string; name: string } }

async function drawLeft(db: Reader, handover: Left, now: Date): Promise<Card | null> {
  const { person } = handover
  const page = `/h5/handover/${person.id}`
  const card = { source: '不漏 · 待交接', buttons: [], page }
  if (handover.closedAt)
    return { ...card, title: `${person.name}回来了`, fields: [], settled: `${person.name}回来了，不用交接了` }
  const [customers, given, items] = await Promise.all([
    db.customer.findMany({ where: { ownerId: person.id }, select: { name: true }, orderBy: { name: 'asc' } }),
    db.customer.count({ where: customersOf(handover) }),
    listItems(db, { handoverId: handover.id, now }),
  ])
  const open = [customers.length > 0 ? `${customers.length} 位客户` : '', items.length > 0 ? `${items.length} 件未了` : '']
  const words = open.filter(Boolean).join('，')
  if (words === '')
    return { ...card, title: `${person.name}离职`, fields: [], settled: given > 0 ? '客户都交接完了' : '都了结了' }
  const names = customers.slice(0, MOST_NAMED).map((customer) => customer.name)
  const more = customers.length > MOST_NAMED ? `等 ${customers.length} 位` : ''
  return {
    ...card,
    title: `${person.name}离职 · ${words}`,
    desc: '未了的事先归你，点开看每位客户的交接单，交给接手的同事',
    fields: [
      ...(names.length > 0 ? [{ label: '客户', value: `${names.join('、')}${more}` }] : []),
      ...items.slice(0, MOST_NAMED).map((item) => ({ label: '未了', value: item.words })),
    ],
  }
}

async function drawGift(db: Reader, { id, batch, name }: { id: string; batch: string; name: string }): Promise<Card | null> {
  const gifts = await db.handoverGift.findMany({
    where: { handoverId: id, batch, undoneAt: null },
    include: {
      by: { select: { name: true } },
      customer: { select: { name: true, contacts: { select: { id: true }, orderBy: { id: 'asc' }, take: 1 } } },
    },
    orderBy: { id: 'asc' },
  })
  const [first, ...more] = gifts
  if (!first) return null
  const contact = first.customer.contacts[0]?.id
  const customers = gifts.slice(0, 6).map((gift) => ({ label: '客户', value: gift.customer.name }))
  return {
    source: '不漏 · 客户交接',
    title: more.length === 0 ? `${first.customer.name}交给你了` : `${gifts.length} 位客户交给你了`,
    desc: `${first.by.name}交接，原来由${name}跟进`,
    fields: customers,
    buttons: [],
    page: more.length === 0 && contact ? `/h5/chat/${contact}` : '/h5/customers',
  }
}
