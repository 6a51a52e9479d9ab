import { describe, expect, it } from 'vitest'
import type { Deal } from './finding.js'
import { readNeed } from './need.js'
import { understand } from './understand.js'

const deal: Deal = {
  items: [{ name: '膨胀螺栓', spec: 'M10×80', qty: 200, unit: '套' }],
  delivery: '2026-12-02',
  budget: null,
  terms: '月结 30 天',
}
const read = (text: string, open: Deal | null = null) => {
  const question = { text, context: [], deal: open, today: '2026-11-23' }
  return readNeed(question, understand(question))
}
const said = (text: string, open: Deal | null = null) =>
  read(text, open)?.slots.map(({ field, item, before, after }) => {
    expect(before).toBeNull()
    return `${field} ${item ?? '?'} ${after}`
  })

describe('a need of its own', () => {
  it.each<[string, string[]]>([
    ['再来200箱', ['quantity ? 200 箱']],
    ['老样子，再来40箱胶带', ['quantity 胶带 40 箱']],
    ['吸塑托盘2000个什么价', ['quantity 吸塑托盘 2000 个']],
    ['急！下周五之前要200件文化衫，能做吗？', ['quantity 文化衫 200 件', 'delivery ? 2026-12-04']],
    ['照上次的再来一份', []],
  ])('when nothing is open: %s', (text, slots) => expect(said(text)).toEqual(slots))

  it.each<[string, string[]]>([
    ['补货 200 箱', ['quantity ? 200 箱']],
    ['膨胀螺栓再订一批，300套', ['quantity 膨胀螺栓 300 套']],
    ['补货200箱，下月初要', ['quantity ? 200 箱', 'delivery ? 2026-12-01/2026-12-05']],
    ['返单，还是 M10×80，200套', ['quantity 膨胀螺栓 200 套', 'spec 膨胀螺栓 M10×80']],
    ['另外再下一单，六角螺栓50箱', ['quantity 六角螺栓 50 箱']],
  ])('beside a running order, where the words say so: %s', (text, slots) => expect(said(text, deal)).toEqual(slots))

  it('shows which words it is made of', () => {
    const need = read('另外再下一单，六角螺栓50箱', deal)
    expect(need?.spans.map(({ from, to }) => '另外再下一单，六角螺栓50箱'.slice(from, to))).toEqual(['另外再下一单', '50箱'])
  })

  it('is no change: a running order that shall grow is one, and then no need', () => {
    expect(understand({ text: '再来200箱', context: [], deal, today: '2026-11-23' }).change).toBe(true)
    expect(read('再来200箱', deal)).toBeNull()
  })

  it.each([
    '你们补货了没',
    '上次补货那批到了吗',
    '收到了50箱，谢谢',
    '我们3个人明天过来',
    '如果来200箱什么价',
    '在吗',
    '',
    '这个多少钱',
  ])('nothing is wanted: %s', (text) => {
    expect(read(text)).toBeNull()
    expect(read(text, deal)).toBeNull()
  })
})
