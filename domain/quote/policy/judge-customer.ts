import { formatBp } from '../../../lib/format/amount.js'
import { formatMoneyShort } from '../../../lib/format/money.js'
import { isAllBeforeGoods, prepaidFen } from './before-goods.js'
import { approve, type Drafted, type Judged, note, stop } from './judged.js'
import { leastPrepaidBp } from './propose-instalments.js'

/** 信用额度: what they owe, what they accepted and what this quote gives on credit. What is paid before the goods leave is none. */
export function judgeCredit({ draft, totals, facts: { credit } }: Drafted): Judged[] {
  if (!credit) return []
  const { instalments, terms } = draft
  if (instalments.length === 0 && isAllBeforeGoods(terms.payment)) return []
  const given = BigInt(totals.totalFen) - prepaidFen(totals.totalFen, instalments)
  const over = credit.owedFen + credit.openFen + given - credit.limitFen
  if (given <= 0n || over <= 0n) return []
  const used = [
    `额度 ${formatMoneyShort(credit.limitFen)}`,
    ...(credit.owedFen > 0n ? [`已欠 ${formatMoneyShort(credit.owedFen)}`] : []),
    ...(credit.openFen > 0n ? [`已确认的报价 ${formatMoneyShort(credit.openFen)}`] : []),
  ].join('，')
  const way = `预付 ${formatBp(leastPrepaidBp(totals.totalFen, credit))}就不用审批`
  return [approve('credit', `超出信用额度 ${formatMoneyShort(over)}（${used}），${way}`)]
}

/** 区域配额 of the month. */
export function judgeQuota({ totals, facts: { quota } }: Drafted): Judged[] {
  if (!quota) return []
  const over = quota.usedFen + BigInt(totals.totalFen) - quota.monthFen
  if (over <= 0n) return []
  const used = `配额 ${formatMoneyShort(quota.monthFen)}，已报 ${formatMoneyShort(quota.usedFen)}`
  return [approve('quota', `超出${quota.region}本月配额 ${formatMoneyShort(over)}（${used}）`)]
}

/** 技术风险 stand in the quote, in words that the customer reads; nobody may wave that. */
export function judgeRisks({ draft, facts }: Drafted): Judged[] {
  const acknowledged = new Set(draft.risks.map(({ id }) => id))
  const open = new Set(facts.risks.map(({ id }) => id))
  const missing = facts.risks.filter(({ id }) => !acknowledged.has(id))
  const gone = draft.risks.filter(({ id }) => !open.has(id))
  return [
    ...missing.map(({ words, product, customer }) => {
      const lineId = draft.lines.find(({ productId }) => product && productId === product.id)?.id ?? null
      return stop('risk', `${product?.name ?? customer?.name ?? ''}有技术风险没有写进报价：${words}`, { lineId })
    }),
    ...gone.map(({ words }) => note('risk', `这条技术风险已经解除，可以去掉：${words}`)),
  ]
}
