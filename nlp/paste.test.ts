import { describe, expect, it } from 'vitest'
import { parsePaste } from './paste.js'

const known = { reps: ['王磊', '陈静'], contacts: ['刘主任'] }
const today = '2026-11-21'
const read = (text: string, names = known) => {
  const { messages, unclear } = parsePaste(text, names, today)
  return { lines: messages.map((m) => `${m.speaker ?? '?'} ${m.name ?? '-'} ${m.at ?? '-'} ${m.text}`), unclear }
}

describe('parsePaste', () => {
  it('takes one bare sentence', () => {
    expect(read('交期改成下周五吧，数量加到300套')).toEqual({ lines: ['? - - 交期改成下周五吧，数量加到300套'], unclear: [] })
  })

  it.each([
    ['WeCom with a Chinese date', '刘主任 11月20日 14:03\n改下周五\n数量300\n王磊 11月20日 14:05\n好的'],
    ['WeCom desktop', '刘主任 2026/11/20 14:03:22\n改下周五\n数量300\n\n王磊 2026/11/20 14:05:01\n好的'],
    ['an external contact', '刘主任@微信 11/20 14:03:22\n改下周五\n数量300\n\n王磊@甬固 11/20 14:05:01\n好的'],
    ['a day line, then times', '—————  2026-11-20  —————\n\n刘主任  14:03\n改下周五\n数量300\n\n王磊  14:05\n好的'],
    ['time first', '[2026-11-20 14:03] 刘主任: 改下周五\n数量300\n[2026-11-20 14:05] 王磊: 好的'],
    ['afternoon in words', '刘主任 昨天 下午2:03\n改下周五\n数量300\n王磊 昨天 下午2:05\n好的'],
  ])('%s', (_, text) => {
    const { lines, unclear } = read(text)
    expect(unclear).toEqual([])
    expect(lines.map((l) => l.replace(/刘主任@微信/, '刘主任').replace(/王磊@甬固/, '王磊'))).toEqual([
      'customer 刘主任 2026-11-20 14:03 改下周五\n数量300',
      'rep 王磊 2026-11-20 14:05 好的',
    ])
  })

  it.each([
    ['names on their own lines', '刘主任:\n加到300套\n\n王磊:\n好的'],
    ['name and text on one line', '刘主任：加到300套\n王磊：好的'],
  ])('WeChat, %s', (_, text) => {
    expect(read(text).lines).toEqual(['customer 刘主任 - 加到300套', 'rep 王磊 - 好的'])
  })

  it('does not take 「数量：」 or half a sentence for a name', () => {
    expect(read('数量：300套\n交期：下周五').lines).toEqual(['? - - 数量：300套\n交期：下周五'])
    expect(read('刘主任：\n数量：300套\n备注：加急').lines).toEqual(['customer 刘主任 - 数量：300套\n备注：加急'])
    expect(read('送货改到 11/20 14:00').lines).toEqual(['? - - 送货改到 11/20 14:00'])
    expect(read('会议改到 14:00').lines).toEqual(['? - - 会议改到 14:00'])
    expect(read('改到12月20日').lines).toEqual(['? - - 改到12月20日'])
  })

  it('knows a stranger as the other side of somebody known, and asks when there are more', () => {
    expect(read('刘建国 11/20 14:03\n加到300\n王磊 11/20 14:10\n好').lines[0]).toMatch(/^customer 刘建国/)
    expect(read('张三：改成300套\n李四：好').unclear).toEqual(['张三', '李四'])
    expect(read('刘主任：改\n王磊：好\n孙悦：在吗').unclear).toEqual(['孙悦'])
  })

  it('a name that would be both sides stays unclear', () => {
    expect(read('刘主任：改成300套', { reps: ['刘主任'], contacts: ['刘主任'] }).unclear).toEqual(['刘主任'])
  })

  it('takes an answer apart from what it quotes', () => {
    expect(read('「刘主任：加到300套」\n- - - - - - - - - - - - - - -\n好的').lines).toEqual([
      'customer 刘主任 - 加到300套',
      '? - - 好的',
    ])
  })

  it('leaves out what no person said', () => {
    expect(read('刘主任 11/20 14:03\n加到300套\n刘主任撤回了一条消息').lines).toEqual([
      'customer 刘主任 2026-11-20 14:03 加到300套',
    ])
  })

  it('a copied day is never in the future', () => {
    expect(read('刘主任 12/25 14:03\n圣诞快乐').lines).toEqual(['customer 刘主任 2025-12-25 14:03 圣诞快乐'])
  })
})
