import { describe, expect, it } from 'vitest'
import type { Deal, Turn } from '../finding.js'
import { understand } from '../understand.js'

const deal: Deal = {
  items: [
    { name: '法兰盘', spec: '45钢 φ120', qty: 60, unit: '件' },
    { name: '贴片电容', spec: '0805 25V', qty: 40, unit: '盘' },
    { name: '两片式球阀', spec: 'DN25 304', qty: 200, unit: '个' },
    { name: '三片式球阀', spec: 'DN25 304', qty: 80, unit: '个' },
    { name: '膨胀螺栓', spec: 'M8', qty: 300, unit: '套' },
    { name: '现场培训', spec: null, qty: 3, unit: '天' },
  ],
  delivery: '2026-12-20',
  budget: 96_000,
  terms: '预付50%',
}
const slots = (text: string, context: Turn[] = []) =>
  understand({ text, context, deal, today: '2026-11-21' })
    .slots.map((s) => `${s.field} ${s.item}: ${s.before} → ${s.after}`)
    .sort()

describe('another size, and not another number', () => {
  it.each([
    ['法兰盘外径从120加到125', ['spec 法兰盘: 45钢 φ120 → 125']],
    ['电容0805改1206', ['spec 贴片电容: 0805 25V → 1206']],
    ['培训3天改2天', ['quantity 现场培训: 3 天 → 2 天']],
    ['电容40盘改60盘', ['quantity 贴片电容: 40 盘 → 60 盘']],
    ['304材质改316，两种球阀都改', ['spec 三片式球阀: DN25 304 → 316', 'spec 两片式球阀: DN25 304 → 316']],
  ])('%s', (text, expected) => expect(slots(text)).toEqual(expected))
})

describe('some of what is ordered in another way', () => {
  it.each([
    ['三片式里有20个换成法兰连接的', ['spec 三片式球阀: DN25 304 → 20个法兰连接']],
    ['电容其中10盘要换成50V的', ['spec 贴片电容: 0805 25V → 10盘50V']],
  ])('%s', (text, expected) => expect(slots(text)).toEqual(expected))

  it('leaves a number that is simply set alone', () => {
    expect(slots('膨胀螺栓改成500套，下下周五前送到')).toContain('quantity 膨胀螺栓: 300 套 → 500 套')
    expect(slots('三片式的加20个')).toEqual(['quantity 三片式球阀: 80 个 → 100 个'])
  })
})

describe('what is said in a longer talk', () => {
  const rep = (text: string): Turn => ({ speaker: 'rep', text })
  it.each([
    ['法栏盘多做5件', [], ['quantity 法兰盘: 60 件 → 65 件']],
    [
      '94500可以，不过付款要改成月结30天',
      [rep('总价最低94500')],
      ['budget null: 96000 → 94500', 'terms null: 预付50% → 月结30天'],
    ],
    ['改到周六晚上，12月26号', [], ['delivery null: 2026-12-20 → 2026-12-26']],
  ])('%s', (text, context, expected) => expect(slots(text, context)).toEqual(expected))

  it('a bare no changes nothing', () => {
    expect(understand({ text: '不行', context: [rep('那改成300套？')], deal, today: '2026-11-21' }).change).toBe(false)
  })
})
