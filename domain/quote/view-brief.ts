import type { Prisma } from '../../lib/db.js'
import { isRole } from '../person/actor.js'
import type { PersonBrief } from '../person/person.contract.js'
import type { QuoteBrief, QuoteContent, QuoteDraft } from './quote.contract.js'

export const briefWith = {
  customer: { select: { id: true, name: true } },
  owner: { select: { id: true, name: true, roles: true } },
  versions: {
    orderBy: { version: 'desc' },
    select: { version: true, content: true, totalFen: true, sentAt: true, validUntil: true, openedAt: true },
  },
} satisfies Prisma.QuoteInclude

type Row = Prisma.QuoteGetPayload<{ include: typeof briefWith }>

export const personOf = ({ id, name, roles }: { id: string; name: string; roles: string[] }): PersonBrief => ({
  ...{ id, name },
  roles: roles.filter(isRole),
})

/** A line of a list: what was sent last, or what is being written. */
export function viewBrief(row: Row): QuoteBrief {
  const [newest] = row.versions
  const draft = row.draft as QuoteDraft | null
  const title = (newest?.content as QuoteContent | undefined)?.title ?? draft?.title
  return {
    id: row.id,
    number: row.number,
    title: title || `报价 ${row.number}`,
    state: row.state,
    version: newest?.version ?? 0,
    totalFen: newest ? Number(newest.totalFen) : null,
    hasDraft: draft !== null,
    at: (newest?.sentAt ?? row.createdAt).toISOString(),
    validUntil: newest?.validUntil.toISOString() ?? null,
    openedAt: newest?.openedAt?.toISOString() ?? null,
    customer: row.customer,
    owner: personOf(row.owner),
  }
}
