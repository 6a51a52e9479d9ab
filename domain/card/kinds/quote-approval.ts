import type { Reader } from '../../../lib/db.js'
import { formatBp } from '../../../lib/format/amount.js'
import { formatMoney } from '../../../lib/format/money.js'
import { judgeDraft, sayTo } from '../../quote/check-draft.js'
import { marginOfDraft } from '../../quote/policy/judge-margin.js'
import type { Finding, QuoteDraft } from '../../quote/quote.contract.js'
import type { Card } from '../card.js'
import { approvalForCard, settledApproval } from './approval-facts.js'

const label: Record<Finding['kind'], string> = {
  price: '价格',
  margin: '毛利',
  credit: '信用',
  quota: '配额',
  risk: '风险',
  incomplete: '内容',
}
const MOST_NAMED = 4

/** A draft that breaks the policy, to whoever may let it pass. Its copies go to people who may see what it costs. */
export async function drawQuoteApproval(db: Reader, id: string, now: Date): Promise<Card | null> {
  const approval = await approvalForCard(db, id)
  const source = '不漏 · 报价审批'
  if (!approval) {
    const gone = { title: '报价不发了', fields: [], buttons: [], page: '/h5/customers' }
    return { source, ...gone, settled: '报价不用审了', withdrawn: true }
  }
  const { quote, askedBy, note, state } = approval
  const page = `/h5/quote/${quote.id}`
  const head = { source, title: `报价待审批：${quote.customer.name}`, page }
  const draft = quote.draft as QuoteDraft | null
  if (state !== 'asked' || !draft) return { ...head, fields: [], buttons: [], ...settledApproval(approval) }
  const { totals, facts, judged } = await judgeDraft(db, { customerId: quote.customerId, quoteId: quote.id, draft, now })
  const broken = judged.filter(({ weight }) => weight === 'approve')
  const margin = broken.some(({ kind }) => kind === 'margin') ? null : marginOfDraft({ draft, totals, facts })
  const named = broken.slice(0, MOST_NAMED).map((one) => ({ label: label[one.kind], value: sayTo(one, true).words }))
  return {
    ...head,
    desc: `${askedBy.name}：${note ?? '这份报价超出了报价政策，能发吗？'}`,
    fields: [
      { label: '合计', value: `${formatMoney(totals.totalFen)}${margin === null ? '' : `，毛利 ${formatBp(margin)}`}` },
      ...named,
      ...(broken.length > MOST_NAMED ? [{ label: '另有', value: `${broken.length - MOST_NAMED} 项，点开看` }] : []),
    ],
    buttons: [
      { action: 'approve-quote', label: '同意', style: 'primary' },
      { action: 'refuse-quote', label: '退回', style: 'danger', page: `${page}?as=refuse-quote` },
      { action: 'see-quote', label: '看报价', style: 'plain', page },
    ],
  }
}
