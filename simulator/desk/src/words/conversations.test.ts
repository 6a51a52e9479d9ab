import { expect, test } from 'vitest'
import type { StandinState } from '../standin/state.js'
import { conversationsOf, copiedRun } from './conversations.js'

const at = Date.parse('2026-11-21T09:05:07+08:00')
const state: StandinState = {
  clock: { now: at, offsetMs: 0, quietUntil: null, nextMonday: '' },
  archive: { on: false },
  people: [],
  customers: [
    { externalUserId: 'old', name: '黄老板', company: '', rep: 'wanglei' },
    { externalUserId: 'new', name: '刘主任', company: '', rep: 'wanglei' },
    { externalUserId: 'other', name: '金经理', company: '', rep: 'chenjing' },
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
  cards: [],
  texts: [],
  groups: [],
  sms: [],
  mails: [],
}

test("only one rep's customers are listed, the newest words first", () => {
  const rows = conversationsOf(state, 'wanglei', new Map())
  expect(rows.map((row) => row.customer.name)).toEqual(['刘主任', '黄老板'])
})

test('only what the customer said after the last look is unread', () => {
  const rows = conversationsOf(state, 'wanglei', new Map([['wanglei/new', at - 1]]))
  expect(rows.map((row) => row.unread)).toEqual([1, 1])
})

test('a copied run has a name and a time above each words, and leaves out what was taken back', () => {
  const [row] = conversationsOf(state, 'wanglei', new Map())
  expect(row && copiedRun(row, '王磊', 5)).toBe(
    '刘主任@微信 2026/11/21 09:05:07\n数量加到300套\n\n王磊 2026/11/21 09:06:08\n好的',
  )
})
