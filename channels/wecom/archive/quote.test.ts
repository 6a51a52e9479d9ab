import { describe, expect, it } from 'vitest'
import { splitQuote } from './quote.js'

describe('splitQuote', () => {
  it.each([
    ['这是一条引用/回复消息：\n"王磊：\n200套，月底交"\n------\n改成300套', '改成300套', '200套，月底交'],
    ['这是一条引用/回复消息：\n“刘主任:\n200套\n月底交”\n------\n改成300套\n下周五到', '改成300套\n下周五到', '200套\n月底交'],
    ['这是一条引用/回复消息："\n------\n@nick777', '@nick777', null],
    ['This is a quote/reply:\n"Wang: 200 sets"\n------\n300 please', '300 please', '200 sets'],
    ['「刘主任：200套」\n- - - - - - - - - - - - - - -\n改成300套', '改成300套', '200套'],
  ])('keeps only the reply of %j', (content, words, quoted) => {
    expect(splitQuote(content)).toEqual({ words, quoted })
  })

  it.each([
    '交期改成下周五吧，数量加到300套',
    '他说“这是一条引用/回复消息：”是什么意思',
    '这是一条引用/回复消息：没有下文',
    '「华强」牌的\n- - 两种都要',
    '',
  ])('leaves %j as it is', (content) => {
    expect(splitQuote(content)).toEqual({ words: content, quoted: null })
  })
})
