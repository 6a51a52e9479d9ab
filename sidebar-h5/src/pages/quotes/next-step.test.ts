import { describe, expect, it } from 'vitest'
import type { ApprovalView, DraftCheck, Finding, QuoteDraft } from '../../../../domain/quote/quote.contract.js'
import { nextStep } from './next-step.js'

const draft = { lines: [{ id: 'a' }] } as QuoteDraft
const find = (weight: Finding['weight'], kind: Finding['kind'] = 'price', words = '低于价格政策'): Finding => ({
  ...{ weight, kind, words },
  lineId: null,
})
const checked = (findings: Finding[], risks: DraftCheck['risks'] = []) => ({ findings, risks }) as DraftCheck
const step = (check: DraftCheck | null, more: { approvals?: ApprovalView[]; acknowledged?: Set<string>; lines?: [] } = {}) =>
  nextStep({
    draft: more.lines ? { ...draft, lines: more.lines } : draft,
    check,
    approvals: more.approvals ?? [],
    acknowledged: more.acknowledged ?? new Set(),
    beside: true,
  })
const approval = (state: ApprovalView['state'], isCurrent = true) => ({ state, isCurrent }) as ApprovalView

describe('nextStep', () => {
  it('asks for lines first, then sends', () => {
    expect(step(null, { lines: [] }).kind).toBe('add')
    expect(step(checked([]))).toEqual({ kind: 'send', label: '发到聊天', why: null })
    expect(step(checked([find('note')])).kind).toBe('send')
  })

  it('names what stops it before what has to be allowed', () => {
    expect(step(checked([find('approve'), find('stop', 'incomplete', '没写单价')]))).toMatchObject({
      kind: 'fix',
      why: '没写单价',
    })
    expect(step(checked([find('approve')]))).toEqual({ kind: 'ask', label: '请经理批', why: '低于价格政策' })
  })

  it('has risks acknowledged in one tap', () => {
    const check = checked([find('stop', 'risk')], [{ id: 'r', words: '低温易裂', about: 'M8' }])
    expect(step(check).kind).toBe('risk')
    expect(step(checked([], check.risks), { acknowledged: new Set(['r']) }).kind).toBe('send')
  })

  it('waits for an answer about this draft, and takes none about another', () => {
    const check = checked([find('approve')])
    expect(step(check, { approvals: [approval('asked')] }).kind).toBe('wait')
    expect(step(check, { approvals: [approval('approved')] }).kind).toBe('send')
    expect(step(check, { approvals: [approval('approved', false)] }).kind).toBe('ask')
    expect(step(check, { approvals: [approval('refused')] }).kind).toBe('ask')
  })
})
