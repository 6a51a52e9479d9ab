import type { Reader } from '../../../lib/db.js'
import { formatDuration } from '../../../lib/format/dates.js'
import type { Card } from '../card.js'
import { findAskFacts } from './ask-facts.js'

/** An ask stands again, and its card is spent. A notice that leads to the page. */
export async function drawWaiting(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const askId = subject.split('#')[0] ?? subject // 「<ask>#again:<correction>」
  const facts = await findAskFacts(db, askId, now)
  if (!facts || facts.ask.verdict || facts.ask.closedWhy) return null
  const since = facts.ask.askedAt ? formatDuration(now.getTime() - facts.ask.askedAt.getTime()) : null
  return {
    source: '不漏 · 需求变更',
    title: `${facts.customer}还在等${facts.ask.purpose === 'confirm' ? '确认' : '影响评估'}`,
    desc: since ? `${facts.askedBy}已等 ${since}` : `${facts.askedBy}在等答复`,
    quote: { title: `${facts.contact}的原话`, text: facts.words },
    fields: [{ label: '原需求', value: facts.requirement }, ...facts.changes.slice(0, 4)],
    buttons: [],
    page: `/h5/ask/${askId}`,
  }
}
