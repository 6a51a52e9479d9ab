import { sendKey } from '../card/queue-copies.js'
import { recallCopies } from '../card/recall-copies.js'
import { redrawCard } from '../card/redraw-card.js'
import { withdraw } from '../outbox.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'

/** No answer is wanted any more: cards on their way are taken back, cards that arrived say why, or go. */
export async function closeAsks(work: Work, changeId: string, why: string): Promise<{ askIds: string[]; toldAnybody: boolean }> {
  const asks = await work.tx.ask.findMany({
    where: { changeId, closedAt: null, answeredAt: null },
    include: { card: { include: { copies: { select: { id: true } } } } },
  })
  let toldAnybody = false
  for (const ask of asks) {
    await work.tx.ask.update({ where: { id: ask.id }, data: { closedAt: work.now, closedWhy: why } })
    const keys = ask.card.copies.map((copy) => sendKey(copy.id))
    if ((await withdraw(work, keys, why)) < keys.length) toldAnybody = true
    await redrawCard(work, ask.cardId)
    await recallCopies(work, ask.cardId)
    await settleReminder(work, { kind: 'requirement-change-confirm', subject: `ask:${ask.id}`, by: why })
  }
  return { askIds: asks.map((ask) => ask.id), toldAnybody }
}
