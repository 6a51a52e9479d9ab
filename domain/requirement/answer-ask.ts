import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import { issueCard } from '../card/issue-card.js'
import { redrawCard } from '../card/redraw-card.js'
import type { Actor } from '../person/actor.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import type { Purpose, Verdict } from './requirement.contract.js'
import { tellChange } from './tell-change.js'

type Answer = { askId: string; verdict: Verdict; note: string | null }

const answers: Record<Purpose, Verdict[]> = { confirm: ['can', 'conditional', 'cannot'], assess: ['no-impact', 'impact'] }

/**
 * One answer to one question; the first one counts, for everybody who was asked. Returns false when somebody had answered
 * before, or the question is closed: the caller then only puts this person's card right.
 */
export async function answerAsk(work: Work, actor: Actor, { askId, verdict, note }: Answer): Promise<boolean> {
  const ask = await work.tx.ask.findUnique({
    where: { id: askId },
    include: { change: { include: { capturedBy: true } }, card: { include: { copies: true } } },
  })
  if (!ask?.card.copies.some((copy) => copy.personId === actor.personId)) throw new Refused('not-asked', '这件事没有问到你', 403)
  if (!answers[ask.purpose as Purpose].includes(verdict)) throw new Refused('wrong-answer', '这个答复对不上问题，请刷新后再试')
  // A question that can still be taken back has not been asked: its card comes when the time to undo is over.
  if (work.now < ask.change.undoUntil && !ask.closedAt) throw new Refused('too-early', '销售还可能撤销，请过几秒再答复', 409)
  const words = note?.trim() || null
  if (!words && (verdict === 'cannot' || verdict === 'conditional' || verdict === 'impact'))
    throw new Refused('note-needed', '请写一句说明，销售好回复客户')
  // The condition is inside the claim: two presses at once, one answer.
  const { count } = await work.tx.ask.updateMany({
    where: { id: askId, answeredAt: null, closedAt: null },
    data: {
      verdict,
      note: words,
      answeredAt: work.now,
      answeredById: actor.personId,
      askedAt: ask.askedAt ?? ask.change.undoUntil,
    },
  })
  if (count === 0) return false
  await settleReminder(work, { kind: 'requirement-change-confirm', subject: `ask:${askId}`, by: actor.personId })
  await redrawCard(work, ask.cardId)
  await record(work, {
    actor: actor.personId,
    verb: `ask-${verdict}`,
    subject: `ask:${askId}`,
    content: { change: ask.changeId, verdict, note: words },
  })
  const { capturedBy } = ask.change
  const told = new Set([capturedBy.id, ...(verdict === 'cannot' && capturedBy.managerId ? [capturedBy.managerId] : [])])
  told.delete(actor.personId)
  await issueCard(work, { kind: 'answer', subject: `answer:${askId}`, people: [...told] })
  tellChange(work, { id: ask.changeId, requirementId: ask.change.requirementId, contactId: ask.change.contactId }, [askId])
  return true
}
