import type { Reader } from '../../../lib/db.js'
import { slotLabel, slotValue } from '../../../lib/format/slots.js'
import type { Slot } from '../../message/message.contract.js'
import type { EvidenceMessage, Verdict } from '../../requirement/requirement.contract.js'

export type AskFacts = NonNullable<Awaited<ReturnType<typeof findAskFacts>>>

/** What every card about an ask says, read from the rows as they are now. */
export async function findAskFacts(db: Reader, askId: string, now: Date) {
  const ask = await db.ask.findUnique({
    where: { id: askId },
    include: {
      answeredBy: { select: { name: true } },
      change: {
        include: {
          evidence: true,
          capturedBy: { select: { name: true } },
          requirement: { include: { customer: { select: { name: true } } } },
        },
      },
    },
  })
  if (!ask) return null
  const { change } = ask
  const messages = (change.evidence?.messages ?? []) as EvidenceMessage[]
  const customers = messages.filter((message) => message.speaker === 'customer')
  return {
    ask: { ...ask, verdict: ask.verdict as Verdict | null },
    changeId: change.id,
    contactId: change.contactId,
    capturedById: change.capturedById,
    askedBy: change.capturedBy.name,
    customer: change.requirement.customer.name,
    contact: customers.at(-1)?.name ?? '客户',
    requirement: `需求 ${change.requirement.number} · ${change.requirement.title}`,
    words: customers.map((message) => message.text).join('\n') || '（原话已按规定删除）',
    changes: (change.slots as Slot[]).map((slot) => ({ label: slotLabel(slot.field), value: beforeAfter(slot, now) })),
  }
}

export function beforeAfter(slot: Slot, now: Date): string {
  const after = slot.after === null ? '取消' : slotValue(slot.field, slot.after, now)
  const change = slot.before === null ? after : `${slotValue(slot.field, slot.before, now)} → ${after}`
  return slot.item && slot.field !== 'item' ? `${slot.item} ${change}` : change
}
