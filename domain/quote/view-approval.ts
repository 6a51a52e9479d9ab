import type { Prisma } from '../../lib/db.js'
import type { Kept } from './cover-by-approval.js'
import type { ApprovalView, Instalments } from './quote.contract.js'
import { personOf } from './view-brief.js'

const person = { select: { id: true, name: true, roles: true } } as const
export const approvalWith = { askedBy: person, decidedBy: person } satisfies Prisma.QuoteApprovalInclude

type Row = Prisma.QuoteApprovalGetPayload<{ include: typeof approvalWith }>

/** `draftHash`: of what is being written now. */
export const viewApproval = (row: Row, draftHash: string | null): ApprovalView => ({
  id: row.id,
  state: row.state as ApprovalView['state'],
  findings: (row.findings as Kept[]).map(({ mark: _, ...finding }) => finding),
  note: row.note,
  askedBy: personOf(row.askedBy),
  askedAt: row.askedAt.toISOString(),
  decidedBy: row.decidedBy ? personOf(row.decidedBy) : null,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  answer: row.answer,
  instalments: row.instalments as Instalments | null,
  isCurrent: draftHash !== null && row.contentHash === draftHash,
})
