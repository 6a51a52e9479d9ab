import { describe, expect, it } from 'vitest'
import { createCatalogue } from './catalogue.js'
import { type Opening, readCommand } from './command.js'

const openings: Opening[] = [
  { name: 'help', says: ['帮助', '菜单'] },
  { name: 'who-am-i', says: ['我是谁', '绑定'] },
  { name: 'waiting', says: ['待办'] },
  { name: 'must-follow', says: ['今日必跟'] },
  { name: 'look-up', says: ['查', '查客户'] },
  { name: 'quote', says: ['报价'] },
  { name: 'payments', says: ['回款'] },
  { name: 'requirements', says: ['需求'] },
  { name: 'note', says: ['记', '跟进'] },
  { name: 'remind-me', says: ['提醒我'] },
  { name: 'opportunity', says: ['建商机'] },
  { name: 'lost', says: ['丢单'] },
  { name: 'customer-said', says: ['客户说'] },
  { name: 'feedback', says: ['反馈'] },
  { name: 'team', says: ['团队'] },
  { name: 'nudge', says: ['催'] },
]
const customers = createCatalogue([
  { id: 'hb', name: '海贝建材', nicknames: ['马老板'] },
  { id: 'tl', name: '通力电梯' },
  { id: 'tl2', name: '通力轴承厂' },
])
const people = createCatalogue([{ id: 'qf', name: '钱帆' }])
const hear = (text: string) => readCommand(text, { openings, customers, people, today: '2026-11-21' })

describe('a command', () => {
  it('is taken at its word when it begins with an opening', () => {
    expect(hear('查 通力电梯')).toMatchObject({ kind: 'command', name: 'look-up', how: 'opening' })
    expect(hear('查马老板')).toMatchObject({ name: 'look-up', how: 'opening', args: { customers: [{ ids: ['hb'] }] } })
    expect(hear('催钱帆')).toMatchObject({ name: 'nudge', how: 'opening', args: { people: [{ ids: ['qf'] }] } })
    expect(hear('查客户')).toMatchObject({ name: 'look-up', args: { rest: '' } })
    expect(hear('丢单 海贝 价格太高')).toMatchObject({ name: 'lost', args: { rest: '价格太高' } })
  })

  // None of these stands in the corpus.
  it.each([
    ['我今天先打给哪家', 'must-follow'],
    ['海贝现在啥情况了', 'look-up'],
    ['马老板还差我们多少钱没给', 'payments'],
    ['明天下午三点提醒我给马老板送样', 'remind-me'],
    ['通力电梯那个单子黄了，嫌贵', 'lost'],
    ['你到底能帮我干些什么', 'help'],
    ['叫钱帆抓紧给海贝报价', 'nudge'],
    ['组里兄弟今天都跟了谁', 'team'],
    ['海贝又改了哪些要求', 'requirements'],
    ['给通力电梯做一份报价单', 'quote'],
  ])('%s → %s', (text, name) => expect(hear(text)).toMatchObject({ kind: 'command', name, how: 'model' }))

  it('has its arguments read by the extractor', () => {
    expect(hear('提醒我 下周三下午三点 去海贝收2万5')).toMatchObject({
      name: 'remind-me',
      args: { date: '2026-11-25', time: '15:00', amount: 25000, customers: [{ ids: ['hb'] }] },
    })
    expect(hear('查通力')).toMatchObject({ args: { customers: [{ ids: ['tl', 'tl2'] }] } })
  })

  it('asks back with two choices rather than guess, and is silent on what means nothing to it', () => {
    const doubtful = ['海贝', '报价回款', '通力电梯的单'].map(hear).filter(({ kind }) => kind === 'choice')
    expect(doubtful.length).toBeGreaterThan(0)
    for (const text of ['谢谢', '哈哈哈', '', '。。。']) expect(hear(text).kind).toBe('unknown')
  })

  it('offers only commands that exist', () => {
    expect(
      readCommand('团队今天怎么样', { openings: openings.filter(({ name }) => name !== 'team'), today: '2026-11-21' }),
    ).not.toMatchObject({ name: 'team' })
  })
})
