import type { Reader } from '../../../lib/db.js'
import { reminderKind } from '../../reminders/find-kind.js'
import { fill, findSaid } from '../../reminders/find-said.js'
import { findPolicy } from '../../reminders/policy.js'
import type { Card } from '../card.js'

const MOST_LINES = 6

/** Several reminders on one card: a notice that leads to the list. What was settled meanwhile is not on it. */
export async function drawDigest(db: Reader, cardId: string, now: Date): Promise<Card | null> {
  const notices = await db.notice.findMany({
    where: { cardId, reminder: { state: 'open' } },
    include: { reminder: true },
    orderBy: { id: 'asc' },
  })
  if (notices.length === 0) return null
  const policy = await findPolicy(db)
  const lines: Card['fields'] = []
  let open = 0
  for (const { reminder, level } of notices) {
    const said = await findSaid(db, reminder, now)
    const rung = policy.ladderOf(reminder.kind).levels[level]
    if (!said || 'done' in said || !rung) continue
    open += 1
    if (lines.length < MOST_LINES) lines.push({ label: reminderKind(reminder.kind).label, value: fill(rung.title, said.words) })
  }
  if (open === 0) return null
  return {
    source: '不漏 · 待办汇总',
    title: open === 1 ? (lines[0]?.value ?? '有一件事等你') : `有 ${open} 件事等你`,
    desc: open > lines.length ? `先列 ${lines.length} 件，点开看全部` : '点开逐件处理',
    fields: lines,
    buttons: [],
    page: '/h5/reminders',
  }
}
