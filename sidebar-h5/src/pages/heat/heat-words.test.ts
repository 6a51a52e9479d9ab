import { expect, it } from 'vitest'
import type { ColdLead } from '../../../../domain/heat/heat.contract.js'
import { doneWords, invalidOf, isLow, partsOf, ratioOf, ratioWords } from './heat-words.js'

const now = Date.parse('2026-11-26T02:00:00Z')
const tally = { all: 4, quoted: 1, outside: 1, late: 1, unquoted: 1, invalid: 1, running: 5 }

it('the ratio is of what is over, the share of 无效 of all that began', () => {
  expect(ratioOf(tally)).toBe('25%')
  expect(invalidOf(tally)).toBe('10%')
  expect([isLow(tally), isLow({ all: 20, quoted: 13 }), isLow({ all: 0, quoted: 0 })]).toEqual([true, false, false])
})

it('says what the ratio is of, and its parts; no lead without a price is nothing to be red about', () => {
  expect(ratioWords(tally)).toBe('4 个有效商机里，1 个在 72 小时内发了报价')
  expect(ratioWords({ all: 0, quoted: 0 })).toBe('还没有满 72 小时的商机')
  expect(partsOf(tally).map((one) => one.tone)).toEqual(['good', undefined, undefined, 'bad'])
  expect(partsOf({ ...tally, unquoted: 0 })[3]).toEqual({ label: '没报价', count: 0, tone: undefined })
})

it.each([
  ['waiting', '2026-11-27T00:20:00Z', '李娜催了，11月27日 08:20 发给他'],
  ['waiting', '2026-11-26T01:59:59Z', '李娜催了，正在发给他'],
  ['sent', null, '李娜刚刚催了，消息已发出'],
  ['failed', null, '李娜催了，但消息没发出去，当面说一声'],
] as const)('a nudge that is %s says so', (sent, until, words) => {
  const nudgedBy = { name: '李娜', at: new Date(now).toISOString(), sent, until }
  expect(doneWords({ nudgedBy, calledBy: null } as ColdLead, now)).toBe(words)
})
