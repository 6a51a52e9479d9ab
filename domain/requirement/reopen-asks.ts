import { issueCard } from '../card/issue-card.js'
import { sendKey } from '../card/queue-copies.js'
import { redrawCard } from '../card/redraw-card.js'
import { restore } from '../outbox.js'
import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'

type Correction = { id: string; requirementId: string; corrects: number | null; capturedAt: Date }

/**
 * A correction was taken back: the change that it corrected stands again, and so do its questions. Cards that never left
 * leave after all. A card that already said 已更正 can't be changed silently a second time: a notice leads to its page.
 */
export async function reopenAsks(work: Work, correction: Correction): Promise<string[]> {
  if (correction.corrects === null) return []
  const asks = await work.tx.ask.findMany({
    where: {
      change: { requirementId: correction.requirementId, step: correction.corrects },
      answeredAt: null,
      closedAt: correction.capturedAt,
    },
    include: {
      change: { select: { undoUntil: true, requirement: { select: { customerId: true } } } },
      card: { include: { copies: true } },
    },
  })
  for (const { id, personId, cardId, change, card } of asks) {
    await work.tx.ask.update({ where: { id }, data: { closedAt: null, closedWhy: null } })
    await restore(
      work,
      card.copies.map((copy) => sendKey(copy.id)),
      change.undoUntil > work.now ? change.undoUntil : work.now,
    )
    await startReminder(work, {
      kind: 'requirement-change-confirm',
      subject: `ask:${id}`,
      personId,
      customerId: change.requirement.customerId,
      at: change.undoUntil,
      opening: { cardId, people: card.copies.map((copy) => copy.personId) },
    })
    await redrawCard(work, cardId)
    const spent = card.copies.filter((copy) => copy.handle !== null && copy.code === null)
    const notice = `ask:${id}#again:${correction.id}`
    await issueCard(work, { kind: 'waiting', subject: notice, people: spent.map((copy) => copy.personId) })
  }
  return asks.map((ask) => ask.id)
}
