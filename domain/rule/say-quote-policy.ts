import { formatBp } from '../../lib/format/amount.js'
import { formatMoney } from '../../lib/format/money.js'
import type { QuotePolicy } from './quote-policy.contract.js'

/** Each setting by the name that its form has, and how it reads. */
export const sayPolicy = (policy: QuotePolicy, nameOf: Map<string, string>): Record<string, string> => ({
  最低毛利: formatBp(policy.leastMarginBp),
  没有成本的产品: policy.unknownCost === 'approve' ? '要审批' : '只提示',
  有效期: `${policy.defaultValidDays} 天`,
  盖章回传: policy.stampOverFen === null ? '不看金额' : `${formatMoney(policy.stampOverFen)}以上`,
  新客户盖章: policy.stampForNew ? '要' : '不用',
  区域配额: list(policy.quotas.map(({ region, monthFen }) => `${region} ${formatMoney(monthFen)}`)),
  分期方案: list(
    policy.instalmentTemplates.map((parts) => parts.map(({ label, shareBp }) => `${label} ${formatBp(shareBp)}`).join(' + ')),
  ),
  审批人: policy.deciders.length > 0 ? list(policy.deciders.map((id) => nameOf.get(id) ?? '已离开的同事')) : '上级',
  公司电话: policy.phone ?? '没有',
})

const list = (words: string[]) => words.join('、') || '没有'
