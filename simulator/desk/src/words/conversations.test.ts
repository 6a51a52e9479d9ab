import { expect, test } from 'vitest'
import type { StandinState } from '../standin/state.js'
import { conversationsOf, copiedRun } from './conversations.js'

const at = Date.parse('2026-11-21T09:05:07+08:00')
const usual = { company: '', joinedAt: at - 86_400_000, half: false, ended: null }
const person = (userid: string, name: string) => ({ userid, name }) as StandinState['people'][number]
const state: StandinState = {
  clock: { now: at, offsetMs: 0, quietUntil: null, nextMonday: '' },
  archive: { on: false },
  people: [person('wanglei', '王磊'), person('zhaoqiang', '赵强')],
  customers: [
    { ...usual, externalUserId: 'old', name: '黄老板', rep: 'wanglei' },
    { ...usual, externalUserId: 'new', name: '刘主任', rep: 'wanglei' },
    { ...usual, externalUserId: 'other', name: '金经理', rep: 'chenjing' },
  ],
  chats: [
    {
      rep: 'wanglei',
      externalUserId: 'old',
      messages: [{ id: '1', from: 'customer', text: '在吗', at: at - 9, revoked: false }],
    },
    {
      rep: 'wanglei',
      externalUserId: 'new',
      messages: [
        { id: '2', from: 'customer', text: '写错了', at: at - 5, revoked: true },
        { id: '3', from: 'customer', text: '数量加到300套', at, revoked: false },
        { id: '4', from: 'rep', text: '好的', at: at + 61_000, revoked: false },
      ],
    },
  ],
  customerGroups: [],
  contactWays: [],
  cards: [],
  texts: [],
  groups: [],
  sms: [],
  mails: [],
  dingtalk: null,
}

test("only one rep's customers are listed, the newest words first", () => {
  const rows = conversationsOf(state, 'wanglei', new Map())
  expect(rows.map((row) => row.name)).toEqual(['刘主任', '黄老板'])
})

test('only what the customer said after the last look is unread', () => {
  const rows = conversationsOf(state, 'wanglei', new Map([['wanglei/new', at - 1]]))
  expect(rows.map((row) => row.unread)).toEqual([1, 1])
})

test('a copied run has a name and a time above each words, and leaves out what was taken back', () => {
  const [row] = conversationsOf(state, 'wanglei', new Map())
  expect(row && copiedRun(row, 5)).toBe('刘主任@微信 2026/11/21 09:05:07\n数量加到300套\n\n王磊 2026/11/21 09:06:08\n好的')
})

const group = {
  chatId: 'wrA',
  name: '供货群',
  dismissed: false,
  members: [
    { key: 'wanglei', ours: true, name: '王磊' },
    { key: 'zhaoqiang', ours: true, name: '赵强' },
    { key: 'new', ours: false, name: '刘主任' },
    { key: 'wmWu', ours: false, name: '吴工' },
  ],
  messages: [
    { id: '9', from: 'wmWu', text: '配吗', at: at + 70_000, revoked: false },
    { id: '10', from: 'wmGone', text: '走了', at: at + 71_000, revoked: false },
    { id: '11', from: 'zhaoqiang', text: '配的', at: at + 72_000, revoked: false },
  ],
}

test("a group stands among its members' conversations, with who said what and the customers first", () => {
  const grouped = { ...state, customerGroups: [group] }
  const [first] = conversationsOf(grouped, 'wanglei', new Map([['wanglei/wrA', at + 70_000]]))
  expect(first).toMatchObject({ id: 'wrA', isGroup: true, name: '供货群', about: '2 位客户，2 位同事', unread: 1 })
  expect(first?.speakers.map((one) => `${one.name} ${one.kind}`)).toEqual(['刘主任 客户', '吴工 客户', '王磊 销售', '赵强 同事'])
  expect(first?.lines.map((line) => line.speaker.name)).toEqual(['吴工', '已退群的人', '赵强'])
  expect(first && copiedRun(first, 1)).toBe('赵强 2026/11/21 09:06:19\n配的')
  expect(conversationsOf(grouped, 'chenjing', new Map()).map((row) => row.name)).toEqual(['金经理'])
})

test('somebody who came a moment ago stands on top though nothing was said', () => {
  const newcomer = { ...usual, externalUserId: 'wmNew', name: '徐总', rep: 'wanglei', joinedAt: at + 99_000, half: true }
  const [first] = conversationsOf({ ...state, customers: [...state.customers, newcomer] }, 'wanglei', new Map())
  expect(first).toMatchObject({ name: '徐总', half: true, lines: [] })
})
