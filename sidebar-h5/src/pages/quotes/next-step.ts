import type { ApprovalView, DraftCheck, QuoteDraft } from '../../../../domain/quote/quote.contract.js'

/** The one button of the editor. `wait`: nothing to do but to wait. */
export type Next = {
  kind: 'add' | 'fix' | 'risk' | 'ask' | 'send' | 'wait'
  label: string
  /** Why it isn't simply 「发给客户」. */
  why: string | null
}

type Facts = {
  draft: QuoteDraft
  check: DraftCheck | null
  approvals: ApprovalView[]
  acknowledged: Set<string>
  /** A chat with this customer stands beside the page; null: not known yet. */
  beside: boolean | null
}

/** What comes next, the nearest obstacle first. The server has the last word when it is sent. */
export function nextStep({ draft, check, approvals, acknowledged, beside }: Facts): Next {
  const send: Next = { kind: 'send', label: beside === null ? '发给客户' : beside ? '发到聊天' : '发出报价', why: null }
  if (draft.lines.length === 0) return { kind: 'add', label: '加产品', why: null }
  if (!check) return send
  const risks = check.risks.filter((risk) => !acknowledged.has(risk.id)).length
  const stops = check.findings.filter((one) => one.weight === 'stop' && !(one.kind === 'risk' && risks > 0))
  if (stops.length) {
    const [first] = stops
    return {
      kind: 'fix',
      label: '去看看',
      why: stops.length > 1 ? `还差 ${stops.length} 处：${first?.words}` : (first?.words ?? null),
    }
  }
  if (risks) return { kind: 'risk', label: '写进报价', why: `有 ${risks} 条技术风险要写进报价` }
  const breaks = check.findings.filter((one) => one.weight === 'approve')
  if (breaks.length === 0) return send
  const current = approvals.find((one) => one.isCurrent)
  if (current?.state === 'approved') return send
  if (current?.state === 'asked') return { kind: 'wait', label: '等经理', why: '已经请经理批了，批了就能发' }
  const [first] = breaks
  const why = breaks.length > 1 ? `${first?.words}（共 ${breaks.length} 处）` : (first?.words ?? null)
  return { kind: 'ask', label: '请经理批', why }
}
