import type { Reader } from '../../../lib/db.js'
import { formatClock, formatDay } from '../../../lib/format/dates.js'
import { formatMoney } from '../../../lib/format/money.js'
import type { Card } from '../card.js'
import { findQuoteFacts } from './quote-facts.js'

const SAID: Record<string, { title: string; quote: string }> = {
  accept: { title: '确认了报价', quote: '客户留言' },
  adjust: { title: '想调整报价', quote: '想怎么调' },
  decline: { title: '暂不考虑', quote: '原因' },
  ask: { title: '问了一个问题', quote: '客户的问题' },
}

/** 「<answer>」: what a customer said on the page of a quote. A notice that leads to the quote, where the rep answers. */
export async function drawQuoteAnswered(db: Reader, answerId: string, now: Date): Promise<Card | null> {
  const answer = await db.quoteAnswer.findUnique({ where: { id: answerId } })
  const facts = answer && (await findQuoteFacts(db, answer.versionId))
  const said = answer && SAID[answer.kind]
  if (!facts || !said) return null
  const stamp = answer.kind === 'accept' && answer.wantsStamp
  const changed = answer.kind === 'adjust' && answer.changeId !== null
  return {
    source: '不漏 · 报价',
    title: `${facts.customer}${said.title}`,
    desc: stamp && !answer.stampedAt ? '还要盖章回传才算数' : [facts.label, formatMoney(facts.totalFen)].join(' · '),
    ...(answer.words ? { quote: { title: said.quote, text: answer.words } } : {}),
    fields: [
      { label: '报价', value: `${facts.label} · ${formatMoney(facts.totalFen)}` },
      ...(answer.name ? [{ label: answer.kind === 'accept' ? '确认人' : '谁说的', value: answer.name }] : []),
      { label: '时间', value: `${formatDay(answer.at, now)} ${formatClock(answer.at)}` },
      ...(changed ? [{ label: '需求变更', value: '已记下，原话留作凭据' }] : []),
    ],
    buttons: [],
    page: facts.page,
  }
}
