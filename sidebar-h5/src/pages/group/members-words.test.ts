import { expect, it } from 'vitest'
import { membersWords } from './members-words.js'

const outside = (...names: string[]) => names.map((name) => ({ key: name, name, contactId: null, ours: false }))
const ours = { key: 'member:wanglei', name: '王磊', contactId: null, ours: true }

it.each([
  [[], ''],
  [[ours], '我们 1 位'],
  [[...outside('刘主任', '周工'), ours], '刘主任、周工 · 我们 1 位'],
  [[...outside('甲', '乙', '丙', '丁'), ours], '甲、乙、丙等 4 位客户 · 我们 1 位'],
])('%#', (members, words) => expect(membersWords(members)).toBe(words))
