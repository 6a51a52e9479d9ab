import { recallCopies } from '../card/recall-copies.js'
import { redrawCard } from '../card/redraw-card.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'

/** What was put to somebody is not to be sent so any more: the draft was changed, sent or dropped. Their card says it. */
export async function withdrawApprovals(work: Work, quoteId: string): Promise<void> {
  const asked = await work.tx.quoteApproval.findMany({ where: { quoteId, state: 'asked' }, select: { id: true } })
  for (const { id } of asked) {
    await work.tx.quoteApproval.update({ where: { id }, data: { state: 'withdrawn', decidedAt: work.now } })
    const cardId = await endApproval(work, id, 'quote-changed')
    if (cardId) await recallCopies(work, cardId)
    work.touched.add(`quote:${quoteId}`)
  }
}

/** Nothing waits for it any more, and everybody's copy of the card follows; the card's id. `by`: a person's id, or what ended it. */
export async function endApproval(work: Work, approvalId: string, by: string): Promise<string | null> {
  const about = { kind: 'quote-approval', subject: `quote-approval:${approvalId}` }
  await settleReminder(work, { ...about, by })
  const where = { kind_subject: about }
  const card = await work.tx.card.findUnique({ where, select: { id: true } })
  if (card) await redrawCard(work, card.id)
  return card?.id ?? null
}
