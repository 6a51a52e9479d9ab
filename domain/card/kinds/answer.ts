import type { Reader } from '../../../lib/db.js'
import { formatDuration } from '../../../lib/format/dates.js'
import { verdictWords } from '../../requirement/requirement.contract.js'
import type { Card } from '../card.js'
import { findAskFacts } from './ask-facts.js'

/** A notice: what a colleague answered, and after how long. It opens the chat's page, where the reply waits as a draft. */
export async function drawAnswer(db: Reader, askId: string, now: Date): Promise<Card | null> {
  const facts = await findAskFacts(db, askId, now)
  if (!facts?.ask.verdict || !facts.ask.answeredAt) return null
  const { ask } = facts
  const took = formatDuration(facts.ask.answeredAt.getTime() - (ask.askedAt ?? facts.ask.answeredAt).getTime())
  return {
    source: '不漏 · 需求变更',
    title: `${ask.answeredBy?.name ?? '同事'}：${verdictWords[ask.verdict as keyof typeof verdictWords]}`,
    desc: `${facts.customer} · ${facts.requirement}`,
    ...(ask.note ? { quote: { title: '答复说明', text: ask.note } } : {}),
    fields: [...facts.changes.slice(0, 4), { label: '用时', value: took }],
    buttons: [],
    page: `/h5/chat/${facts.contactId}`,
  }
}
