import { describe, expect, it } from 'vitest'
import { createCatalogue, type Entry, isOneApart, shortNames } from './catalogue.js'

const entries: Entry[] = [
  { id: 'hq', name: '华强五金', nicknames: ['黄老板'] },
  { id: 'rj', name: '仁济骨科医院', nicknames: ['刘主任'] },
  { id: 'jh', name: '宁波金海机电有限公司' },
  { id: 'jh2', name: '金海物流' },
  { id: 'ap', name: '化学锚栓', nicknames: ['植筋胶'] },
]
const catalogue = createCatalogue(entries)
const ids = (text: string) => catalogue.find(text).map((m) => m.ids.sort().join('/'))

describe('a catalogue', () => {
  it.each([
    ['查一下华强五金', ['hq']],
    ['黄老板付钱了吗', ['hq']],
    ['华强的回款', ['hq']],
    ['仁济那边怎么样', ['rj']],
    ['仁济骨科跟华强', ['rj', 'hq']],
    ['金海机电的交期', ['jh']],
    ['锚栓规格', []],
    ['今天天气', []],
  ])('%s', (text, found) => expect(ids(text)).toEqual(found))

  it('gives all who are called so, and leaves the choice', () => expect(ids('金海呢')).toEqual(['jh/jh2']))

  it('forgives one wrong, missing or extra character in a long name, and says so', () => {
    for (const text of ['查下华墙五金', '查下华五金', '华强五五金怎么样'])
      expect(catalogue.find(text)[0]).toMatchObject({ ids: ['hq'] })
    expect(catalogue.find('华墙五金')[0]).toEqual({ ids: ['hq'], words: '华墙五金', from: 0, to: 4, how: 'typo' })
    expect(ids('花墙五金')).toEqual([])
  })

  it('reads a name in one spelling, however it is written', () => {
    const spelled = createCatalogue([{ id: 'sm', name: '大貨運（ＡＢ）' }])
    for (const text of ['查大货运(ab)', '查大貨運（AB）'])
      expect(spelled.find(text)[0]).toMatchObject({ ids: ['sm'], how: 'name' })
  })

  it('hears what sounds alike where it can', () => {
    const syllables: Record<string, string> = { 仁: 'ren', 人: 'ren', 济: 'ji', 记: 'ji', 骨: 'gu', 科: 'ke' }
    const sound = (text: string) => [...text].map((char) => syllables[char] ?? char)
    expect(createCatalogue(entries, sound).find('查人记骨科')[0]).toMatchObject({ ids: ['rj'], how: 'sound' })
  })

  it('finds short names', () => {
    expect(shortNames('宁波金海机电有限公司')).toEqual(expect.arrayContaining(['宁波金海机电', '金海机电', '金海']))
    expect(isOneApart('ab', 'ab')).toBe(false)
    expect(isOneApart('abc', 'ac')).toBe(true)
    expect(isOneApart('abc', 'cba')).toBe(false)
  })
})
