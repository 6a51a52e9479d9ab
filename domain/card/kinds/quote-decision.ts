import type { Reader } from '../../../lib/db.js'
import type { Card } from '../card.js'
import { approvalForCard, sayInstalments } from './approval-facts.js'

/** A notice to who asked, and to who has the quote: whether it may be sent. It opens the quote, where sending is one tap. */
export async function drawQuoteDecision(db: Reader, id: string): Promise<Card | null> {
  const approval = await approvalForCard(db, id)
  if (!approval || (approval.state !== 'approved' && approval.state !== 'refused')) return null
  const { quote, decidedBy, answer, instalments, state } = approval
  const by = decidedBy?.name ?? '经理'
  return {
    source: '不漏 · 报价审批',
    title: state === 'approved' ? `${by}同意了，可以发给客户` : `${by}退回了报价`,
    desc: `${quote.customer.name} · 报价 ${quote.number}`,
    ...(answer ? { quote: { title: state === 'approved' ? '说明' : '为什么', text: answer } } : {}),
    fields: instalments ? [{ label: '付款改为', value: sayInstalments(instalments) }] : [],
    buttons: [],
    page: `/h5/quote/${quote.id}`,
  }
}
