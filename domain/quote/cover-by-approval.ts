import type { Reader } from '../../lib/db.js'
import { hashDraft } from './hash-draft.js'
import { type Judged, note } from './policy/judged.js'
import type { Finding, QuoteDraft } from './quote.contract.js'

const keyOf = ({ kind, lineId }: Pick<Finding, 'kind' | 'lineId'>) => `${kind} ${lineId ?? ''}`

/**
 * What somebody has let pass for exactly this draft is only noted. What it breaks since then (a price that went up, a credit that was
 * used up meanwhile) is not covered by that.
 */
export async function coverByApproval(
  db: Reader,
  { quoteId, draft, judged }: { quoteId: string; draft: QuoteDraft; judged: Judged[] },
): Promise<Judged[]> {
  if (!judged.some(({ weight }) => weight === 'approve')) return judged
  const given = await db.quoteApproval.findFirst({
    where: { quoteId, state: 'approved', contentHash: hashDraft(draft) },
    orderBy: { decidedAt: 'desc' },
    select: { findings: true, decidedBy: { select: { name: true } } },
  })
  if (!given) return judged
  const covered = new Set((given.findings as Finding[]).map(keyOf))
  const by = `（${given.decidedBy?.name ?? '经理'}已同意）`
  return judged.map((one) => {
    if (one.weight !== 'approve' || !covered.has(keyOf(one))) return one
    return note(one.kind, one.words + by, { lineId: one.lineId, inside: one.inside && one.inside + by })
  })
}
