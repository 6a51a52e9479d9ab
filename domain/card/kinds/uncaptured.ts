import type { Reader } from '../../../lib/db.js'
import type { Finding } from '../../message/message.contract.js'
import type { Card } from '../card.js'

/** More on one morning would be a list that nobody reads. */
const MOST_A_DAY = 2
const LOOK_BACK_MS = 14 * 24 * 3_600_000

/** 「<person>:<day>」: the changes that this rep's customers said and that nobody captured or denied since. */
export async function drawUncaptured(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const [personId = '', day] = subject.split(':')
  const open = {
    kind: 'uncaptured-change',
    state: 'open',
    personId,
    startedAt: { gte: new Date(now.getTime() - LOOK_BACK_MS) },
  } as const
  // What this card stands for was said by it; what else is open has a morning of its own.
  const notices = await db.notice.findMany({
    where: { reminder: open, card: { kind: 'uncaptured', subject: `uncaptured:${personId}:${day}` } },
    select: { reminder: { select: { subject: true } } },
  })
  const messages = await db.message.findMany({
    where: { id: { in: notices.map(({ reminder }) => reminder.subject.slice('message:'.length)) }, revokedAt: null },
    include: { contact: { select: { id: true, name: true, customer: { select: { name: true } } } } },
    orderBy: { saidAt: 'desc' },
  })
  const score = (message: (typeof messages)[number]) => (message.finding as Finding | null)?.score ?? 0
  const best = messages.sort((a, b) => score(b) - score(a)).slice(0, MOST_A_DAY)
  const [first] = best
  if (!first) return null
  return {
    source: '不漏 · 需求变更',
    title: best.length === 1 ? '客户好像改了需求，还没捕获' : `有 ${best.length} 位客户好像改了需求，还没捕获`,
    desc: '点开看原话：是变更就捕获，不是就说一声',
    fields: best.map((message) => ({ label: message.contact.customer?.name ?? message.contact.name, value: message.text })),
    buttons: [],
    page: `/h5/chat/${first.contact.id}`,
  }
}
