import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { issueCard } from '../card/issue-card.js'
import type { Actor } from '../person/actor.js'
import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'
import { judgeDraft, sayTo } from './check-draft.js'
import { coverByApproval, keptOf } from './cover-by-approval.js'
import { findDeciders } from './find-deciders.js'
import { holdQuote, touchQuote } from './find-quote.js'
import { hashDraft } from './hash-draft.js'
import type { QuoteDraft } from './quote.contract.js'
import { withdrawApprovals } from './withdraw-approvals.js'

const LONGEST = 300

/**
 * 送审: the draft as it stands now is put to whoever may let it pass. Asked again for the same draft it is the same asking; for another one
 * the earlier is withdrawn. The approval's id.
 */
export async function askApproval(
  work: Work,
  actor: Actor,
  { quoteId, note }: { quoteId: string; note: string | null },
): Promise<string> {
  const quote = await holdQuote(work, actor, quoteId)
  if (quote.draft === null) throw new Refused('no-draft', '这份报价已经发出了，要改请点「改一版」', 409)
  const words = note?.trim() || null
  if (words && words.length > LONGEST) throw new Refused('too-long', `最多 ${LONGEST} 个字`)
  const draft = quote.draft as QuoteDraft
  const { totals, judged: raw } = await judgeDraft(work.tx, { customerId: quote.customerId, quoteId, draft, now: work.now })
  const judged = await coverByApproval(work.tx, { quoteId, draft, judged: raw })
  const stops = judged.filter(({ weight }) => weight === 'stop')
  if (stops[0]) throw new Refused('blocked', stops[0].words, 409)
  const broken = judged.filter(({ weight }) => weight === 'approve')
  if (broken.length === 0) throw new Refused('needs-none', '这份报价不用审批，可以直接发', 409)
  const contentHash = hashDraft(draft)
  const standing = await work.tx.quoteApproval.findFirst({
    where: { quoteId, state: 'asked' },
    select: { id: true, contentHash: true },
  })
  if (standing?.contentHash === contentHash) return standing.id
  const people = await findDeciders(work.tx, actor.personId)
  if (people.length === 0) throw new Refused('nobody-decides', '还没有人能审批，请管理员在报价政策里选一位', 409)
  await withdrawApprovals(work, quoteId)
  const id = newId()
  await work.tx.quoteApproval.create({
    data: {
      ...{ id, quoteId, contentHash, note: words, askedById: actor.personId, askedAt: work.now },
      // As a rep may read them; the figures are in the audit.
      findings: broken.map(keptOf) as Prisma.InputJsonArray,
    },
  })
  const cardId = await issueCard(work, { kind: 'quote-approval', subject: `quote-approval:${id}`, people })
  await startReminder(work, {
    ...{ kind: 'quote-approval', subject: `quote-approval:${id}`, at: work.now },
    ...{ personId: people[0] as string, customerId: quote.customerId, opening: { cardId, people } },
  })
  await record(work, {
    actor: actor.personId,
    verb: 'quote-approval-ask',
    subject: `quote:${quoteId}`,
    content: {
      approval: id,
      contentHash,
      totalFen: totals.totalFen,
      findings: broken.map((one) => sayTo(one, true)),
      note: words,
    },
  })
  touchQuote(work, quote)
  return id
}
