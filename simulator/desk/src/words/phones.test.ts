import { expect, test } from 'vitest'
import type { Person, PhoneCard, StandinState } from '../standin/state.js'
import { baselineOf, stepsDone, whoAnswers } from './guide.js'
import { arrivalsOf, firstSeats, phoneOf, phoneOwners, plainWords, seatNewcomer, standingOf } from './phones.js'

const person = (userid: string, name: string, role: string): Person => ({
  userid,
  name,
  title: '',
  roles: [role],
  wecom: true,
  dingtalk: null,
  mobile: null,
  mail: null,
  left: false,
  inRange: true,
  licensed: true,
  plugin: false,
  phone: null,
  workbench: [],
})
const wanglei = person('wanglei', '王磊', 'rep')
const people = [
  wanglei,
  person('chenjing', '陈静', 'rep'),
  person('lina', '李娜', 'manager'),
  person('zhaoqiang', '赵强', 'pre-sales'),
  person('sunyue', '孙悦', 'product'),
  person('heping', '何平', 'admin'),
]

const ask = (userid: string, label: string, over: Partial<PhoneCard> = {}): PhoneCard => ({
  msgid: `${userid}-${label}`,
  taskId: 't1',
  userid,
  card: { card_type: 'button_interaction', source: { desc: '不漏 · 需求变更' }, button_list: [{ text: label, key: 'k' }] },
  sentAt: 2,
  version: 1,
  buttonsDisabled: false,
  replaced: null,
  hidden: false,
  ...over,
})
const stateWith = (over: Partial<StandinState>): StandinState => ({
  clock: { now: 0, offsetMs: 0, quietUntil: null, nextMonday: '' },
  archive: { on: true },
  people,
  customers: [],
  customerGroups: [],
  contactWays: [],
  chats: [],
  cards: [],
  texts: [],
  groups: [],
  sms: [],
  mails: [],
  dingtalk: null,
  ...over,
})
const said = (from: 'customer' | 'rep') => ({ id: 'm', from, text: '好', at: 1, revoked: false })

test('the open client’s rep has a phone, other reps and the administrator have none', () => {
  expect(phoneOwners(people, wanglei).map((each) => each.name)).toEqual(['王磊', '李娜', '赵强', '孙悦'])
  expect(firstSeats(phoneOwners(people, wanglei), 2)).toEqual(['zhaoqiang', 'sunyue'])
})

test('a newcomer takes the last idle seat and never one that is in use', () => {
  expect(seatNewcomer(['a', 'b'], 'c', () => false)).toEqual(['a', 'c'])
  expect(seatNewcomer(['a', 'b'], 'c', (userid) => userid === 'b')).toEqual(['c', 'b'])
  expect(seatNewcomer(['a', 'b'], 'c', () => true)).toEqual(['a', 'b'])
  expect(seatNewcomer(['a', 'b'], 'b', () => false)).toEqual(['a', 'b'])
})

test('cards and texts stand in the order they came, and only unanswered buttons are waiting', () => {
  const state = stateWith({
    cards: [ask('zhaoqiang', '能做'), ask('zhaoqiang', '旧', { sentAt: 4, replaced: '已处理' }), ask('sunyue', '没有影响')],
    texts: [{ msgid: 'x', userid: 'zhaoqiang', text: '你好', at: 3, from: 'app' }],
  })
  const phone = phoneOf(state, person('zhaoqiang', '赵强', 'pre-sales'))
  expect(phone.items.map((item) => item.text?.text ?? item.card?.msgid)).toEqual(['zhaoqiang-能做', '你好', 'zhaoqiang-旧'])
  expect(phone.waiting).toBe(1)
})

test('the guide ticks its steps from what has happened, not from what stood there before', () => {
  const before = stateWith({ chats: [{ rep: 'wanglei', externalUserId: 'c', messages: [said('customer')] }] })
  const baseline = baselineOf(before)
  expect(stepsDone(before, baseline)).toEqual([false, false, false])

  const byRep = stateWith({ chats: [{ rep: 'wanglei', externalUserId: 'c', messages: [said('customer'), said('rep')] }] })
  expect(stepsDone(byRep, baseline)).toEqual([false, false, false])

  const spoke = stateWith({ chats: [{ rep: 'wanglei', externalUserId: 'c', messages: [said('customer'), said('customer')] }] })
  expect(stepsDone(spoke, baseline)).toEqual([true, false, false])

  const captured = stateWith({ cards: [ask('sunyue', '没有影响'), ask('zhaoqiang', '能做')] })
  expect(stepsDone(captured, baseline)).toEqual([true, true, false])
  expect(whoAnswers(captured)).toBe('赵强')

  const answered = stateWith({ cards: [ask('zhaoqiang', '能做', { replaced: '赵强：能做' })] })
  expect(stepsDone(answered, baseline)).toEqual([true, true, true])

  const quoted = ask('lina', '同意')
  quoted.card = { ...quoted.card, source: { desc: '不漏 · 报价审批' } }
  expect(stepsDone(stateWith({ cards: [quoted, { ...quoted, replaced: '李娜已同意' }] }), baseline)).toEqual([
    false,
    false,
    false,
  ])
})

test('text messages, mail and the group arrive in rooms of their own; a group makes a noise for those it calls', () => {
  const text = { id: 's1', userid: 'lina', text: '您有3项客户待办', at: 3, status: 'delivered' as const }
  const state = stateWith({
    sms: [text, { ...text, id: 's2', status: 'pending' }, { ...text, id: 's3', userid: 'sunyue' }],
    mails: [{ id: 'm1', userid: 'lina', from: 'bulou@x.cn', subject: '待确认', text: '', at: 3 }],
    groups: [
      {
        name: '华东一组',
        members: ['lina', 'wanglei'],
        messages: [{ id: 'g1', content: { kind: 'markdown', text: '**到期** <@lina>' }, mentioned: ['lina'], at: 3 }],
      },
    ],
  })
  const arrived = (userid: string) => arrivalsOf(phoneOf(state, person(userid, '', 'manager')))
  expect(arrived('lina').map((each) => [each.app, each.words, each.loud])).toEqual([
    ['sms', '您有3项客户待办', true],
    ['mail', '待确认', true],
    ['group', '华东一组：到期 @lina', true],
  ])
  expect(arrived('wanglei').map((each) => [each.app, each.loud])).toEqual([['group', false]])
})

test('a card that its owner is not shown waits for nobody and makes no noise', () => {
  const state = stateWith({ cards: [ask('lina', '能做', { hidden: true })] })
  const phone = phoneOf(state, person('lina', '李娜', 'manager'))
  expect(phone.waiting).toBe(0)
  expect(arrivalsOf(phone).map((each) => each.loud)).toEqual([false])
})

test('markdown is told in plain words', () => {
  const text = '# 到期\n> <font color="warning">红色</font>\n- **待确认** 3 件，见 [清单](https://x.cn) <@wanglei>'
  expect(plainWords(text, () => '王磊')).toBe('到期\n红色\n待确认 3 件，见 清单 @王磊')
})

test('says why somebody is not reached as others are', () => {
  const lina = person('lina', '李娜', 'manager')
  expect(standingOf(lina)).toBeNull()
  expect(standingOf({ ...lina, left: true, inRange: false })).toBe('已离开企业')
  expect(standingOf({ ...lina, plugin: true })).toContain('看不到卡片')
})
