import { describe, expect, it } from 'vitest'
import type { Deal, Turn } from './finding.js'
import { understand } from './understand.js'

const today = '2026-11-21'
const plates: Deal = {
  items: [{ name: '锁定钢板', spec: '7孔', qty: 200, unit: '套' }],
  delivery: '2026-12-17',
  budget: 85_000,
  terms: '到货验收后 30 天付款',
}
const two: Deal = {
  items: [
    { name: '六角螺栓', spec: 'M8×30', qty: 50, unit: '箱' },
    { name: '平垫', spec: 'Φ8', qty: 20, unit: '箱' },
  ],
  delivery: '2026-12-05',
  budget: 26_000,
  terms: '货到付款',
}

const talk = (lines: string[]): Turn[] =>
  lines.map((line) => ({ speaker: line.startsWith('客') ? 'customer' : 'rep', text: line.slice(2) }))

function hear(text: string, { context = [], deal = plates }: { context?: string[]; deal?: Deal | null } = {}) {
  const finding = understand({ text, context: talk(context), deal, today })
  return { ...finding, said: finding.slots.map((s) => `${s.field} ${s.before} → ${s.after}`) }
}

describe('a change is a value that differs from the deal', () => {
  it.each([
    ['数量加到300套', ['quantity 200 套 → 300 套']],
    ['再加100套', ['quantity 200 套 → 300 套']],
    ['少要五十套', ['quantity 200 套 → 150 套']],
    ['从200套加到300套', ['quantity 200 套 → 300 套']],
    ['不是200套，是300套', ['quantity 200 套 → 300 套']],
    ['500包太多了，200套不够，起码得260', ['quantity 200 套 → 260 套']],
    ['数量翻倍', ['quantity 200 套 → 400 套']],
    ['砍一半', ['quantity 200 套 → 100 套']],
    ['改成300个', ['quantity 200 套 → 300 套']],
    ['交期改成下周五', ['delivery 2026-12-17 → 2026-11-27']],
    ['15号改成25号', ['delivery 2026-12-17 → 2026-12-25']],
    ['提前到10号', ['delivery 2026-12-17 → 2026-12-10']],
    ['推迟一周', ['delivery 2026-12-17 → 2026-12-24']],
    ['提前三天发', ['delivery 2026-12-17 → 2026-12-14']],
    ['能不能下周五到', ['delivery 2026-12-17 → 2026-11-27']],
    ['预算压到8万以内', ['budget 85000 → 80000']],
    ['预算降1万', ['budget 85000 → 75000']],
    ['预算追加两万', ['budget 85000 → 105000']],
    ['预算只有7.5了', ['budget 85000 → 75000']],
    ['7孔的换成9孔', ['spec 7孔 → 9孔']],
    ['价格再让5个点', ['price null → 让5个点']],
    ['账期能放到60天吗', ['terms 到货验收后 30 天付款 → 60天']],
    ['发票抬头换成仁济医院', ['other null → 仁济医院']],
    ['再配一套手术工具', ['item null → 手术工具', 'quantity null → 1 套']],
    ['先发100套', ['delivery 2026-12-17 → 先发100套']],
  ])('%s', (text, said) => {
    const found = hear(text)
    expect(found.said).toEqual(said)
    expect(found.change).toBe(true)
  })

  it('names the item, the types and the words', () => {
    const text = '交期改成下周五吧，数量加到300套'
    const found = hear(text)
    expect(found.types).toEqual(['功能增减', '交付时间调整'])
    expect(found.slots).toContainEqual({ field: 'quantity', item: '锁定钢板', before: '200 套', after: '300 套' })
    expect(found.spans.map((s) => text.slice(s.from, s.to))).toEqual(['下周五', '300套'])
  })

  it('tells items of one deal apart', () => {
    const found = hear('六角螺栓加20箱，平垫改15箱', { deal: two })
    expect(found.slots.map((s) => [s.item, s.after])).toEqual([
      ['六角螺栓', '70 箱'],
      ['平垫', '15 箱'],
    ])
    expect(hear('平垫不要了，别的照旧', { deal: two }).slots).toEqual([
      { field: 'item', item: '平垫', before: '平垫', after: null },
    ])
  })

  it('a budget cut is money and removes no item', () => {
    expect(hear('院里预算砍了，总价要压到8万以内').slots).toEqual([
      { field: 'budget', item: null, before: '85000', after: '80000' },
    ])
  })
})

describe('not a change', () => {
  it.each([
    // what is agreed, said again
    '200套对吧',
    '200套，12月17号到，没错',
    '收到，200套没问题',
    '预算就8.5万',
    '数量不变',
    // asks to be told
    '多久到？',
    '300套什么价？',
    '300套，什么价？',
    '需要多久',
    '还要多久',
    '要是300套能便宜吗',
    '如果加到300套的话价格能下来多少',
    '什么时候发货',
    '有没有9孔的',
    // set phrases
    '不要紧',
    '主要看质量',
    '要不要一起吃饭',
    '要是有空就来',
    '改天请你吃饭',
    '换句话说没货',
    '我们一块去',
    '加个微信',
    // other dates, other money, other people
    '下周五我去你们公司开会',
    '隔壁才报7万',
    '昨天发的300套收到了',
    '11号房见',
    '上次要了300套',
    // trouble is a signal
    '坏了3套',
    '收到190套，少了10套',
    '太贵了',
    '',
    '👌',
    '。。。',
  ])('%s', (text) => {
    expect(hear(text)).toMatchObject({ change: false, slots: [] })
  })

  it('a first wish with nothing agreed is a new need', () => {
    expect(hear('再来200箱', { deal: null }).change).toBe(false)
    expect(hear('想买300套钢板，下周五要', { deal: null }).change).toBe(false)
    expect(hear('另外下一单，要100套').change).toBe(false)
  })
})

describe('in its conversation', () => {
  it.each([
    ['改成240套', ['客:数量'], 'quantity 200 套 → 240 套'],
    ['300', ['客:数量改一下', '销:改成多少？'], 'quantity 200 套 → 300 套'],
    ['下周五', ['客:交期改到'], 'delivery 2026-12-17 → 2026-11-27'],
    ['12月8号吧', ['客:能再往前赶赶吗', '销:您想赶到哪天？'], 'delivery 2026-12-17 → 2026-12-08'],
    ['行', ['销:那改成300套？'], 'quantity 200 套 → 300 套'],
    ['好的没问题', ['销:要延到22号，您看行吗'], 'delivery 2026-12-17 → 2026-12-22'],
    ['行，就这么定', ['客:300套什么价？', '销:单价420'], 'price null → 420'],
  ])('%s after %j', (text, context, said) => {
    const found = hear(text, { context })
    expect(found.change).toBe(true)
    expect(found.said).toContain(said)
  })

  it.each([
    ['不行', ['销:那改成300套？']],
    ['先等等，我问下', ['销:那改成300套？']],
    ['好的谢谢', ['销:已经帮您改好了，300套']],
    ['好', ['销:200套17号准时到，您看可以吗']],
    ['好的', ['销:我发您合同']],
  ])('%s after %j changes nothing', (text, context) => {
    expect(hear(text, { context }).change).toBe(false)
  })

  it.each([
    ['还是按原来的吧', ['客:数量加到300套', '销:好的']],
    ['还是200套吧', ['客:数量加到300套']],
    ['算了不改了', ['客:交期改到下周五']],
    ['订单取消吧', []],
  ])('%s after %j takes back: what the deal says stands, so no value differs', (text, context) => {
    expect(hear(text, { context })).toMatchObject({ change: true, types: ['撤回'], said: [] })
  })

  it('without a deal nothing is agreed that a value could stand before', () => {
    expect(hear('明天没人，改后天吧', { deal: null, context: ['销:给您安排明天上午送货'] }).said).toEqual([
      'delivery null → 2026-11-23',
    ])
    expect(hear('我想改成三件', { deal: null, context: ['客:拍了两件', '销:今天发'] }).said).toEqual(['quantity null → 3 件'])
  })
})

describe('what only points', () => {
  it.each(['换成这种', '换成那款吧'])('%s: something changes, and the words do not say what', (text) => {
    const { change, slots } = hear(text)
    expect({ change, slots }).toEqual({ change: true, slots: [] })
  })
})

describe('in many voices', () => {
  it.each([
    '那个数量你给我整到三百套得了',
    '恁给俺再弄100套中不中',
    '侬帮我加到300套好伐',
    '数量該成300套',
    '叫期不变哈数量加到三百套',
    '喂小王啊那个钢板数量你给我加到三百套行不行',
    '數量加到３００套',
  ])('%s', (text) => {
    expect(hear(text).slots).toContainEqual({ field: 'quantity', item: '锁定钢板', before: '200 套', after: '300 套' })
  })
})

describe('signals carry their words', () => {
  it.each([
    ['太贵了，人家才报7万', ['预算质疑', '比价']],
    ['怎么还没到', ['催货']],
    ['有三套破损了', ['投诉']],
    ['款还没批下来', ['付款拖延']],
    ['我得跟院长汇报一下', ['决策链']],
    ['发个合同过来', ['购买意向']],
    ['再考虑考虑吧', ['丢单迹象']],
    ['我要补货', ['新单']],
    ['好的', []],
  ])('%s', (text, names) => {
    const { signals } = hear(text)
    expect(signals.map((s) => s.name)).toEqual(names)
    for (const s of signals) expect(text).toContain(s.words)
  })
})
