import { describe, expect, it } from 'vitest'
import { normalize } from '../normalize.js'
import { parseIso } from './calendar.js'
import type { Entity } from './entity.js'
import { extractEntities } from './extract.js'

const today = parseIso('2026-11-21') ?? 0
const read = (text: string) => extractEntities(normalize(text), today)
const say = (e: Entity): string => {
  switch (e.kind) {
    case 'amount':
      return `¥${e.value}${e.max ? `-${e.max}` : ''}${e.bound === 'most' ? '↓' : ''}${e.per ? `/${e.per}` : ''}`
    case 'quantity':
      return `${e.value}${e.max ? `-${e.max}` : ''} ${e.unit}`
    case 'number':
      return String(e.value)
    case 'percent':
      return e.discount ? `×${e.ratio}` : `${e.ratio * 100}%`
    case 'duration':
      return `${e.days}d${e.working ? 'w' : ''}`
    case 'date':
      return e.iso
    default:
      return `[${e.words}]`
  }
}

describe('extractEntities', () => {
  it.each([
    // money
    ['10w', '¥100000'],
    ['3万5', '¥35000'],
    ['五六万', '¥50000-60000'],
    ['八千块', '¥8000'],
    ['12块5', '¥12.5'],
    ['8.5万以内', '¥85000↓'],
    ['不超过八万', '¥80000↓'],
    ['1,200元/套', '¥1200/套'],
    ['单价4块2', '¥4.2'],
    ['便宜两毛', '¥0.2'],
    ['0.035元', '¥0.035'],
    ['￥３００', '¥300'],
    ['两万块钱', '¥20000'],
    // goods
    ['200套', '200 套'],
    ['300 套', '300 套'],
    ['三十来箱', '30 箱'],
    ['一千五百个', '1500 个'],
    ['两托', '2 托'],
    ['8万套', '80000 套'],
    ['两块板', '2 块'],
    ['200块钢板', '200 块'],
    ['5kg', '5 kg'],
    ['給我２００箱', '200 箱'],
    // sizes
    ['M8*30', '[M8*30]'],
    ['M10×80', '[M10*80]'],
    ['7孔', '[7孔]'],
    ['DN50', '[DN50]'],
    ['两室一厅', '[两室一厅]'],
    // shares
    ['打九五折', '×0.95'],
    ['85折', '×0.85'],
    ['降5个点', '5%'],
    ['百分之十', '10%'],
    // lengths of time
    ['三天内', '3d'],
    ['半个月', '15d'],
    ['一个半月', '45d'],
    ['10个工作日内', '10dw'],
    ['3到5天', '5d'],
    // payment
    ['月结30天', '[月结30天]'],
    ['预付三成', '[预付三成]'],
    ['货到付款', '[货到付款]'],
    // together
    ['锁定钢板 7 孔的先按 200 套走，预算 8.5 万', '[7 孔] 200 套 ¥85000'],
    ['交期改成下周五吧，数量加到300套', '2026-11-27 300 套'],
  ])('%s reads %s', (text, said) => {
    expect(read(text).map(say).join(' ')).toBe(said)
  })

  it.each([
    '我们一块去',
    '放一块发',
    '一下就好',
    '十分感谢',
    '第一次合作',
    '13812345678',
    '11号房见',
    '千万别忘了',
    '8万5批不下来吗'.slice(4),
  ])('%s holds no value', (text) => {
    expect(read(text)).toEqual([])
  })

  it('returns entities in order and without overlap', () => {
    const found = read('12月20号前送300套M8*30，单价4块2，月结60天，3个工作日内回复')
    for (const [i, e] of found.entries()) expect(e.from).toBeGreaterThanOrEqual(found[i - 1]?.to ?? 0)
    expect(found).toHaveLength(6)
  })
})
