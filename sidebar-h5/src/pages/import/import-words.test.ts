import { expect, it } from 'vitest'
import { rowWords } from './import-words.js'

const row = {
  ...{ id: '1', line: 2, company: '临江五金', contact: '陈七', phones: ['137****0001', '021****8888'], owner: '王磊', tier: 'A' },
  ...{ lastOrderOn: '2026-03-05', owedFen: 1_200_000, error: null, isKnown: false, done: false },
}
const now = Date.parse('2026-11-23T02:00:00Z')

it('says what a row holds, and nothing of what it does not', () => {
  expect(rowWords(row, now)).toBe('陈七 · 137****0001、021****8888 · 归 王磊 · A 级 · 3月5日进货 · 欠 1.2 万')
  expect(rowWords({ ...row, contact: '', phones: [], tier: null, lastOrderOn: null, owedFen: 0 }, now)).toBe('归 王磊')
})
