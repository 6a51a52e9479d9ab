import { expect, test } from 'vitest'
import type { AskView, ChangeView } from '../../../domain/requirement/requirement.contract.js'
import { answeredInstead, askState, roleOf } from './asks.js'
import { changeState, isMoving } from './changes.js'

const now = Date.parse('2026-11-21T10:00:00+08:00')
const person = (name: string) => ({ id: name, name, roles: [] })

function ask(part: Partial<AskView> = {}): AskView {
  return {
    id: 'a',
    purpose: 'confirm',
    person: person('赵强'),
    others: [],
    standsInFor: null,
    askedAt: '2026-11-21T09:48:00+08:00',
    verdict: null,
    note: null,
    answeredAt: null,
    answeredBy: null,
    took: null,
    closed: null,
    ...part,
  }
}

function change(part: Partial<ChangeView> = {}): ChangeView {
  return {
    id: 'c',
    requirementId: 'r',
    step: 1,
    state: 'open',
    types: ['功能增减'],
    slots: [],
    note: null,
    capturedBy: person('王磊'),
    capturedAt: '2026-11-21T09:47:00+08:00',
    undoUntil: null,
    corrects: null,
    correctedBy: null,
    evidence: [],
    evidenceHash: '00',
    asks: [ask()],
    replyDraft: null,
    replySentAt: null,
    ...part,
  }
}

test('a colleague who was asked: how long it has been, and then how long it took', () => {
  expect(askState(ask({ askedAt: null }), now).time).toBe('马上就发')
  expect(askState(ask({ askedAt: '2026-11-21T09:59:40+08:00' }), now).time).toBe('刚发出')
  expect(askState(ask(), now)).toEqual({ words: '待确认', tone: 'accent', time: '已等 12 分钟' })
  expect(askState(ask({ verdict: 'cannot', took: 8 * 60_000 }), now)).toEqual({
    words: '做不了',
    tone: 'bad',
    time: '用了 8 分钟',
  })
  expect(askState(ask({ verdict: 'can', took: 20_000 }), now).time).toBe('不到 1 分钟')
})

test('nobody is waited for who need not answer any more', () => {
  expect(askState(ask({ closed: '已更正，请看新的卡片' }), now)).toMatchObject({ tone: 'plain', time: '已更正，请看新的卡片' })
  expect(changeState(change({ asks: [ask({ closed: '已更正' })] }), now).tone).toBe('good')
})

test('an answer by somebody else says so', () => {
  expect(answeredInstead(ask({ answeredBy: person('赵强') }))).toBeNull()
  expect(answeredInstead(ask({ answeredBy: person('李娜') }))).toBe('李娜')
})

test('an administrator who also sells is called by the work', () => {
  expect(roleOf(['admin', 'rep'])).toBe('销售')
  expect(roleOf(['admin'])).toBe('管理员')
  expect(roleOf([])).toBe('')
})

test('a change says whom it waits for', () => {
  expect(changeState(change(), now).words).toBe('等赵强答复')
  expect(
    changeState(change({ asks: [ask(), ask({ person: person('孙悦') }), ask({ person: person('周敏') })] }), now).words,
  ).toBe('等赵强、孙悦等 3 人答复')
  expect(changeState(change({ asks: [ask({ verdict: 'can' })], state: 'answered' }), now)).toEqual({
    words: '都答复了',
    tone: 'good',
  })
})

test('one 做不了 is louder than those who have yet to answer', () => {
  expect(changeState(change({ asks: [ask({ verdict: 'cannot' }), ask()] }), now).tone).toBe('bad')
})

test('a change moves until everybody has answered and the customer has heard', () => {
  const answered = [ask({ verdict: 'can' })]
  const replySentAt = '2026-11-21T09:58:00+08:00'
  expect(isMoving(change())).toBe(true)
  expect(isMoving(change({ asks: [], state: 'pending' }))).toBe(true)
  expect(isMoving(change({ asks: answered, replyDraft: '没问题' }))).toBe(true)
  expect(isMoving(change({ asks: [...answered, ask({ purpose: 'assess' })], replyDraft: '没问题', replySentAt }))).toBe(true)
  expect(isMoving(change({ asks: answered, replyDraft: '没问题', replySentAt }))).toBe(false)
  expect(isMoving(change({ asks: answered }))).toBe(false)
  expect(isMoving(change({ state: 'undone' }))).toBe(false)
  expect(isMoving(change({ correctedBy: 2 }))).toBe(false)
})
