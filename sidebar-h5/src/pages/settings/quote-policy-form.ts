import type { QuotePolicy } from '../../../../domain/rule/quote-policy.contract.js'
import { fenText, readFen } from '../../components/read-decimal.js'
import { percentText, readPercent } from '../../components/read-percent.js'

/** One part of an instalment plan as it is typed. */
export type PartForm = { label: string; share: string; when: string }
export type PolicyForm = {
  margin: string
  unknownCost: QuotePolicy['unknownCost']
  validDays: string
  /** Empty: whatever the amount is. */
  stampOver: string
  stampForNew: boolean
  quotas: { region: string; month: string }[]
  plans: PartForm[][]
  deciders: string[]
  phone: string
}
export type PolicyProblem = { at: keyof PolicyForm; words: string }

export const policyFormOf = (policy: QuotePolicy): PolicyForm => ({
  margin: percentText(policy.leastMarginBp),
  unknownCost: policy.unknownCost,
  validDays: String(policy.defaultValidDays),
  stampOver: policy.stampOverFen === null ? '' : fenText(policy.stampOverFen),
  stampForNew: policy.stampForNew,
  quotas: policy.quotas.map(({ region, monthFen }) => ({ region, month: fenText(monthFen) })),
  plans: policy.instalmentTemplates.map((plan) =>
    plan.map(({ label, shareBp, when }) => ({ label, share: percentText(shareBp), when })),
  ),
  deciders: [...policy.deciders],
  phone: policy.phone ?? '',
})

/** What the parts of a plan add up to, in ten thousandths; null where one is no share. */
export function sumOf(plan: PartForm[]): number | null {
  const shares = plan.map(({ share }) => readPercent(share))
  return shares.includes(null) ? null : shares.reduce<number>((sum, share) => sum + (share ?? 0), 0)
}

/** What the server takes, or what is wrong, each at its field. */
export function readPolicy(form: PolicyForm): { value: QuotePolicy } | { problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = []
  const wrong = (at: keyof PolicyForm, words: string) => void problems.push({ at, words })
  const margin = readPercent(form.margin)
  const days = /^\d{1,3}$/.test(form.validDays.trim()) ? Number(form.validDays) : 0
  const stampOver = form.stampOver.trim() ? readFen(form.stampOver) : null
  const quotas = form.quotas.filter(({ region, month }) => region.trim() || month.trim()).map(readQuota)
  const plans = form.plans.filter((plan) => plan.length > 0)
  if (margin === null || margin > 9_900) wrong('margin', '写 0 到 99 之间的数')
  if (days < 1 || days > 365) wrong('validDays', '写 1 到 365 之间的天数')
  if (form.stampOver.trim() && stampOver === null) wrong('stampOver', '写成金额，空着就不看金额')
  if (quotas.some(({ region, monthFen }) => !region || monthFen === null)) wrong('quotas', '每个区域都要有名字和金额')
  if (new Set(quotas.map(({ region }) => region)).size < quotas.length) wrong('quotas', '有两行是同一个区域')
  if (plans.some((plan) => plan.some((part) => !part.label.trim() || !part.when.trim()))) wrong('plans', '每一期都要写名字和时间')
  if (plans.some((plan) => sumOf(plan) !== 10_000)) wrong('plans', '每种分期加起来要正好 100%')
  if (problems.length) return { problems }
  return {
    value: {
      ...{ leastMarginBp: margin ?? 0, unknownCost: form.unknownCost, defaultValidDays: days },
      ...{ stampOverFen: stampOver, stampForNew: form.stampForNew },
      quotas: quotas.map(({ region, monthFen }) => ({ region, monthFen: monthFen ?? 0 })),
      instalmentTemplates: plans.map((plan) =>
        plan.map(({ label, share, when }) => ({ label: label.trim(), shareBp: readPercent(share) ?? 0, when: when.trim() })),
      ),
      ...{ deciders: form.deciders, phone: form.phone.trim() || null },
    },
  }
}

const readQuota = ({ region, month }: { region: string; month: string }) => ({ region: region.trim(), monthFen: readFen(month) })
