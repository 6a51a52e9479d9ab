import type { Reader } from '../../lib/db.js'
import { isRole } from '../person/actor.js'
import { briefWith, viewBrief } from '../quote/view-brief.js'
import type { OpenItem } from './handover.contract.js'

type Row = { kind: string; subjectId: string; toId: string }

/** Quotes that a handover moved, and those that wait for a yes: what is open of them still, by the item's id. */
export async function quoteItems(db: Reader, rows: Row[]): Promise<Map<string, OpenItem>> {
  const idsOf = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.subjectId)
  const quotes = await db.quote.findMany({
    where: { id: { in: idsOf('quote') }, OR: [{ state: { in: ['draft', 'sent'] } }, { state: 'accepted', contract: null }] },
    include: briefWith,
  })
  const approvals = await db.quoteApproval.findMany({
    where: { id: { in: idsOf('approval') }, state: 'asked' },
    include: { askedBy: { select: { name: true } }, quote: { include: briefWith } },
  })
  const holders = await db.person.findMany({
    where: { id: { in: rows.map(({ toId }) => toId) } },
    select: { id: true, name: true, roles: true },
  })
  const items = new Map<string, OpenItem>()
  for (const row of quotes) {
    const { id, number, title, customer, owner } = viewBrief(row)
    const words = `报价 ${number} · ${title}`
    items.set(id, { kind: 'quote', id, words, page: `/quote/${id}`, customer: customer.name, holder: owner })
  }
  for (const { id, quote, askedBy } of approvals) {
    const holder = holders.find((one) => one.id === rows.find((row) => row.subjectId === id)?.toId)
    if (!holder) continue
    const words = `${askedBy.name}的报价 ${quote.number} 等审批`
    const whose = { customer: quote.customer.name, holder: { ...holder, roles: holder.roles.filter(isRole) } }
    items.set(id, { kind: 'approval', id, words, page: `/quote/${quote.id}`, ...whose })
  }
  return items
}
