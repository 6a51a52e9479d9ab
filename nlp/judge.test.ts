import { describe, expect, it } from 'vitest'
import type { Deal, Turn } from './finding.js'
import { judge, viewOf } from './judge.js'
import { understand } from './understand.js'
import { THRESHOLD } from './weigh.js'

const today = '2026-11-21'
const deal: Deal = {
  items: [
    { name: '升降桌', spec: '1.4米', qty: 45, unit: '张' },
    { name: '网布椅', spec: '带头枕', qty: 45, unit: '把' },
    { name: '塑料瓶盖', spec: '28口 白色', qty: 120_000, unit: '个' },
  ],
  delivery: '2026-12-20',
  budget: 96_000,
  terms: '预付50%',
}
const talk = (lines: string[]): Turn[] =>
  lines.map((line) => ({ speaker: line.startsWith('客') ? 'customer' : 'rep', text: line.slice(2) }))
const hear = (text: string, context: string[] = [], agreed: Deal | null = deal) =>
  understand({ text, context: talk(context), deal: agreed, today })
const said = (text: string, context: string[] = []) =>
  hear(text, context).slots.map((s) => `${s.field} ${s.item}: ${s.before} → ${s.after}`)

describe('rules and net together', () => {
  it('weighs what speaks for a change against what speaks against it', () => {
    const sure = { rules: 0.95, 'rules are sure': 1, 'plainest value': 0.95, 'strongest value': 1, 'mood state': 1 }
    expect(judge(sure)).toBeGreaterThan(THRESHOLD)
    expect(judge({ ...sure, quiet: 0.9, 'wish less quiet': -0.9, 'mood ask': 1 })).toBeLessThan(judge(sure))
    expect(judge({ 'mood ask': 1, quiet: 0.5, 'wish less quiet': -0.5, 'quiet question': 0.5 })).toBeLessThan(THRESHOLD)
    expect(judge({ 'no such evidence': 9 })).toBeLessThan(THRESHOLD)
  })

  it('knows a first need in a shop only where nothing is agreed', () => {
    const shop = viewOf('要带电梯的', 0, { agreed: false })
    const desk = viewOf('要带电梯的', 0, { agreed: true })
    expect(shop.quiet).toBeGreaterThan(desk.quiet)
  })

  it.each(['帮我推荐一家人均一百的餐厅', '急，要两百件文化衫，能做吗', '想租个两居，三千左右', '门禁 6套 什么价'])(
    '%s begins a talk and changes nothing',
    (text) => expect(hear(text, [], null).change).toBe(false),
  )
})

describe('what is said in few words', () => {
  it.each([
    ['升降桌和网布椅各加6套', [], ['quantity 升降桌: 45 张 → 51 张', 'quantity 网布椅: 45 把 → 51 把']],
    ['就按30', ['销:网布椅现货只剩30把，先按30把发可以吗'], ['quantity 网布椅: 45 把 → 30 把']],
    ['盖子再来3万', [], ['quantity 塑料瓶盖: 120000 个 → 150000 个']],
    ['成交，就89000', ['销:总价给您做到89000'], ['budget null: 96000 → 89000']],
    ['24号就24号', ['销:最快24号能到，您看行吗'], ['delivery null: 2026-12-20 → 2026-12-24']],
    ['瓶盖颜色改成蓝色', [], ['spec 塑料瓶盖: 28口 白色 → 蓝色']],
  ])('%s after %j', (text, context, slots) => expect(said(text, context)).toEqual(slots))

  it.each([
    ['可能要加到60张，等领导批了再跟您说', []],
    ['我们考虑把椅子换成皮的，还没定', []],
    ['公众号上写的满十万打九五折，活动到几号截止？', []],
    ['还是45', ['客:桌子45张吧']],
    ['没问题，把安装视频发给我', ['销:12月20日给您送到，可以吗']],
    ['端午节快乐，你们哪天放假', []],
  ])('%s after %j changes nothing', (text, context) => expect(hear(text, context).change).toBe(false))
})
