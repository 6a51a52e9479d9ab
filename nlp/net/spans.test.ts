import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTurns } from '../data/read-turns.js'
import { extractEntities } from '../entities/extract.js'
import { normalize } from '../normalize.js'
import { fitSpans, readSpanCorpus } from '../train-spans.js'
import { SOME_DAY } from './corpus.js'
import { findSpan, tokensOf, WORDED, type Worded } from './spans.js'

const find = (field: Worded, raw: string) => {
  const text = normalize(raw)
  const found = findSpan(field, tokensOf(text, extractEntities(text, SOME_DAY), []))
  return found && raw.slice(found.from, found.to)
}

describe('where a value in words begins and ends', () => {
  it.each([
    ['spec', '外壳换成珠光银的吧，客户说好看', '珠光银'],
    ['spec', '内胆我们想用陶瓷涂层的', '陶瓷涂层'],
    ['terms', '尾款能不能验收后两个月付', '验收后两个月付'],
    ['other', '发票抬头改成宁波海天机械有限公司', '宁波海天机械有限公司'],
  ] as const)('%s: %s', (field, text, words) => expect(find(field, text)).toBe(words))

  it('a value counts as one, whatever its digits', () => {
    const signs = (text: string) => tokensOf(text, extractEntities(text, SOME_DAY), []).map(({ sign }) => sign)
    expect(signs('改成M8*30')).toEqual(signs('改成M12*80'))
  })

  it('finds nothing where nothing stands', () => expect(find('spec', '？！')).toBeNull())

  it.each(WORDED)('the corpus of %s marks whole values, and holds no turn that it is measured on', (field) => {
    const lines = readFileSync(new URL(`../corpus/spans/${field}.txt`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.includes('['))
    expect(readSpanCorpus(field).length / lines.length).toBeGreaterThan(0.9)
    const turns = new Set(readTurns().map(({ question }) => question.text))
    expect(lines.map((line) => line.replace(/[[\]{}]/g, '')).filter((text) => text.length > 5 && turns.has(text))).toEqual([])
  })

  it('comes out of training the same, to the byte', () => {
    const few = readSpanCorpus('spec').slice(0, 30)
    expect(JSON.stringify(fitSpans('spec', few))).toBe(JSON.stringify(fitSpans('spec', few)))
  })
})
