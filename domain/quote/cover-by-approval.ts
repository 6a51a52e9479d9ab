import type { Reader } from '../../lib/db.js'
import { sha256 } from '../../lib/ids.js'
import { hashDraft } from './hash-draft.js'
import { type Judged, note } from './policy/judged.js'
import type { Finding, QuoteDraft } from './quote.contract.js'

/** A finding that somebody has let pass, and exactly what it was: hashed, because it may stand on a figure that a rep must not read. */
export type Kept = Finding & { mark: string }

/** Credit and quota move with other people's business: who said yes to them once has said it. Prices and margins move with this quote's own. */
const markOf = ({ kind, lineId, words, inside }: Judged) =>
  sha256(`${kind}\n${lineId ?? ''}\n${kind === 'price' || kind === 'margin' ? (inside ?? words) : ''}`)

/** As it is kept with an approval, in the words that a rep may read. */
export function keptOf(judged: Judged): Kept {
  const { inside: _, ...finding } = judged
  return { ...finding, mark: markOf(judged) }
}

/**
 * What somebody has let pass for exactly this draft is only noted. What it breaks since then, and a price or a margin that is another one
 * since (a cost went up), is not covered by that.
 */
export async function coverByApproval(
  db: Reader,
  { quoteId, draft, judged }: { quoteId: string; draft: QuoteDraft; judged: Judged[] },
): Promise<Judged[]> {
  if (!judged.some(({ weight }) => weight === 'approve')) return judged
  const given = await db.quoteApproval.findFirst({
    where: { quoteId, state: 'approved', contentHash: hashDraft(draft) },
    orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
    select: { findings: true, decidedBy: { select: { name: true } } },
  })
  if (!given) return judged
  const covered = new Set((given.findings as Kept[]).map(({ mark }) => mark))
  const by = `（${given.decidedBy?.name ?? '经理'}已同意）`
  return judged.map((one) => {
    if (one.weight !== 'approve' || !covered.has(markOf(one))) return one
    return note(one.kind, one.words + by, { lineId: one.lineId, inside: one.inside && one.inside + by })
  })
}
