import { describe, expect, it } from 'vitest'
import { readNamedPrice } from './named-price.js'

describe('a price that one of ours names', () => {
  it.each([
    ['M8螺丝12.5元一箱', 12.5, false],
    ['这款给您报价 3.8 元/套', 3.8, false],
    ['300套的话单价八块五', 8.5, false],
    ['一共是12800元，含税', 12_800, true],
    ['总价给您做到8万', 80_000, true],
    ['您要的那款，现在360块一台，运费另算', 360, false],
    ['￥4,500 一台，质保两年', 4_500, false],
    ['运费50块，货款一共3200元。单价16块', 16, false],
  ])('%s', (text, yuan, total) => {
    expect(readNamedPrice(text)).toMatchObject({ yuan, total })
  })

  it('is shown in the words that were said', () => {
    const text = '好的，这款给您３.８元/套'
    expect(text).toContain(readNamedPrice(text)?.words)
  })
})

it.each([
  '运费大概50块',
  '快递费12元一单',
  '您说的12块一套实在做不了',
  '您的预算是8万吧',
  '您心理价位是12块吗？',
  '12块一套可以吗',
  '最多再便宜5块',
  '别家报12块质量不一样的',
  '定金先付2000元',
  '上次的3200元收到了',
  '300套下周五能到',
  '质保两年，不锈钢304的',
  '税点13块另算',
  '',
])('is none in «%s»', (text) => {
  expect(readNamedPrice(text)).toBeNull()
})
