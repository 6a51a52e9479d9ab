import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import { issueCard } from '../card/issue-card.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { judgeDraft } from './check-draft.js'
import { keptOf } from './cover-by-approval.js'
import { mayDecideOn } from './find-deciders.js'
import { touchQuote } from './find-quote.js'
import { hashDraft } from './hash-draft.js'
import type { Instalments, QuoteDraft } from './quote.contract.js'
import { endApproval, withdrawApprovals } from './withdraw-approvals.js'

const LONGEST = 300

export type Decision = {
  approvalId: string
  verdict: 'approve' | 'refuse'
  note: string | null
  /** It may be sent, if it is paid so: they are written into the draft. */
  instalments?: Instalments | null | undefined
}

/**
 * 同意 or 退回. The first one counts, for everybody who was asked, and only for the draft that was put. False: somebody had decided
 * before, or the draft is another one by now; the caller then only puts this person's card right.
 */
export async function decideApproval(
  work: Work,
  actor: Actor,
  { approvalId, verdict, note, instalments }: Decision,
): Promise<boolean> {
  const words = note?.trim() || null
  const found = await work.tx.quoteApproval.findUnique({
    where: { id: approvalId },
    select: { quoteId: true, askedById: true, quote: { select: { ownerId: true } } },
  })
  // Dropped, and its quote with it.
  if (!found) return false
  if (!(await mayDecideOn(work.tx, actor, { askedById: found.askedById, ownerId: found.quote.ownerId })))
    throw new Refused('not-yours', '要由上级来审批', 403)
  if (verdict === 'refuse' && !words) throw new Refused('note-needed', '写一句为什么，销售好改')
  if (words && words.length > LONGEST) throw new Refused('too-long', `最多 ${LONGEST} 个字`)
  const { quoteId } = found
  // Two who press at once, and a save in the meantime, come one after the other.
  await work.tx.$queryRaw`SELECT 1 FROM quote WHERE id = ${quoteId}::uuid FOR UPDATE`
  const approval = await work.tx.quoteApproval.findUnique({ where: { id: approvalId }, include: { quote: true } })
  if (approval?.state !== 'asked') return false
  const { quote } = approval
  const draft = quote.draft as QuoteDraft | null
  if (!draft || hashDraft(draft) !== approval.contentHash) {
    await withdrawApprovals(work, quoteId)
    return false
  }
  const given = verdict === 'approve' ? await passing(work, { quote, draft, instalments: instalments ?? null }) : {}
  await work.tx.quoteApproval.update({
    where: { id: approvalId },
    data: {
      ...given,
      ...{ state: verdict === 'approve' ? 'approved' : 'refused', answer: words },
      ...{ decidedById: actor.personId, decidedAt: work.now },
    },
  })
  await endApproval(work, approvalId, actor.personId)
  const told = new Set([approval.askedById, quote.ownerId])
  told.delete(actor.personId)
  await issueCard(work, { kind: 'quote-decision', subject: `quote-approval:${approvalId}`, people: [...told] })
  await record(work, {
    actor: actor.personId,
    verb: `quote-approval-${verdict}`,
    subject: `quote:${quoteId}`,
    content: { approval: approvalId, asked: approval.contentHash, ...given, note: words },
  })
  touchQuote(work, quote)
  return true
}

type Passing = { quote: { id: string; customerId: string }; draft: QuoteDraft; instalments: Instalments | null }

/** What is let pass: the draft as it was put, or as it is with other instalments, and all that it breaks at this moment. */
async function passing(work: Work, { quote, draft, instalments }: Passing) {
  const kept = instalments ? { ...draft, instalments } : draft
  const { judged } = await judgeDraft(work.tx, { customerId: quote.customerId, quoteId: quote.id, draft: kept, now: work.now })
  const stops = judged.filter(({ weight }) => weight === 'stop')
  if (stops[0]) throw new Refused('blocked', `现在还不能发：${stops[0].words}`, 409)
  if (instalments) {
    const written = { draft: kept as unknown as Prisma.InputJsonObject, draftRev: { increment: 1 } }
    await work.tx.quote.update({ where: { id: quote.id }, data: written })
  }
  return {
    contentHash: hashDraft(kept),
    findings: judged.filter(({ weight }) => weight === 'approve').map(keptOf) as Prisma.InputJsonArray,
    ...(instalments ? { instalments: instalments as unknown as Prisma.InputJsonArray } : {}),
  }
}
