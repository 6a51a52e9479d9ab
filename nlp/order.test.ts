import { describe, expect, it } from 'vitest'
import { readOrder } from './order.js'
import { readPrices } from './order-price.js'

const read = (text: string) => readOrder(text, '2026-11-23')
const lines = (text: string) =>
  read(text).lines.map(
    ({ name, qty, unit, price, gift }) => `${gift ? '赠 ' : ''}${name}|${qty ?? ''}${unit ?? ''}|${price ?? ''}`,
  )

describe('goods', () => {
  it.each([
    ['M8螺丝 200箱 含税', ['M8螺丝|200箱|']],
    ['螺丝 200箱 3分5 含税 月结30天', ['螺丝|200箱|0.035']],
    ['M8螺丝200箱3.5元，M10螺母 50箱 0.035 送包装箱20只', ['M8螺丝|200箱|3.5', 'M10螺母|50箱|0.035', '赠 包装箱|20只|']],
    ['膨胀螺栓M10×80 1千5百套 单价3块2', ['膨胀螺栓M10*80|1500套|3.2']],
    ['给报价 锁定钢板7孔 十套', ['锁定钢板7孔|10套|']],
    ['做一份报价单 法兰盘 DN50 20个 48.5一个', ['法兰盘 DN50|20个|48.5']],
    ['200箱M8螺丝', ['M8螺丝|200箱|']],
    ['200箱M8螺丝，50箱M10螺母', ['M8螺丝|200箱|', 'M10螺母|50箱|']],
    ['M8螺丝200箱M10螺母50箱', ['M8螺丝|200箱|', 'M10螺母|50箱|']],
    ['M8螺丝，200箱，3分5', ['M8螺丝|200箱|0.035']],
    ['开关 20个 和 报警器 3台', ['开关|20个|', '报警器|3台|']],
    ['2.5平方电线 10卷 每卷120', ['2.5平方电线|10卷|120']],
    ['螺丝 200箱 35', ['螺丝|200箱|35']],
    ['钢材 12.5吨 4,200元', ['钢材|12.5吨|4200']],
    ['M8螺丝', ['M8螺丝||']],
    ['M8螺丝、M10螺母', ['M8螺丝||', 'M10螺母||']],
    ['M8螺丝，镀锌，200箱', ['M8螺丝 镀锌|200箱|']],
    ['帮我给报个价 锁定钢板7孔300套 428.5', ['锁定钢板7孔|300套|428.5']],
    ['PE管 4分 100米 3块5一米', ['PE管 4分|100米|3.5']],
    ['轴承6204 500套 7.8', ['轴承6204|500套|7.8']],
    ['M8螺丝 200 箱 3.5 元', ['M8螺丝|200箱|3.5']],
    ['监护仪 十台 一台8500', ['监护仪|10台|8500']],
    ['', []],
  ])('%s', (text, expected) => expect(lines(text)).toEqual(expected))

  it('what stands beside counted goods and is none of them is told, not quoted', () => {
    expect(read('M8螺丝 200箱，尽快')).toMatchObject({ lines: [{ name: 'M8螺丝' }], unread: ['尽快'] })
  })
})

describe('terms', () => {
  it.each([
    ['螺丝 200箱 含税', { included: true, rateBp: null }],
    ['螺丝 200箱 不含税', { included: false, rateBp: null }],
    ['螺丝 200箱 未税', { included: false, rateBp: null }],
    ['螺丝 200箱 含13%税', { included: true, rateBp: 1300 }],
    ['螺丝 200箱 含13个点专票', { included: true, rateBp: 1300 }],
    ['螺丝 200箱，含13%增值税专票', { included: true, rateBp: 1300 }],
    ['螺丝 200箱 6%含税', { included: true, rateBp: 600 }],
    ['螺丝 200箱', null],
  ])('%s', (text, tax) => {
    expect(read(text).tax).toEqual(tax)
    expect(lines(text)).toEqual(['螺丝|200箱|'])
  })

  it('freight, payment and delivery', () => {
    expect(read('螺丝 200箱 包邮 月结30天 下周五前交货')).toMatchObject({
      ...{ freight: 'included', payment: '月结30天', delivery: '12月4日前交货', unread: [] },
      lines: [{ name: '螺丝', qty: '200' }],
    })
    expect(read('螺丝 200箱，运费到付，预付三成，15天内发货')).toMatchObject({
      ...{ freight: 'collect', payment: '预付三成', delivery: '15天内发货', unread: [] },
    })
    expect(read('螺丝 200箱 不含运费')).toMatchObject({ freight: 'collect' })
    expect(read('螺丝 200箱 货到付款')).toMatchObject({ freight: null, payment: '货到付款', unread: [] })
    expect(read('螺丝 200箱 总价7000')).toMatchObject({ lines: [{ name: '螺丝', price: null }], unread: ['总价7000'] })
  })
})

it.each([
  ['3分5', '0.035'],
  ['三毛五', '0.35'],
  ['3毛5分', '0.35'],
  ['一块二', '1.2'],
  ['12块5', '12.5'],
  ['十二块五', '12.5'],
  ['三块二毛五', '3.25'],
  ['3厘', '0.003'],
  ['3分5厘', '0.035'],
  ['3.5分', '0.035'],
  ['¥0.035', '0.035'],
  ['单价48', '48'],
  ['35元/箱', '35'],
  ['35一箱', '35'],
  ['12块5一个', '12.5'],
])('a price of %s is %s', (text, price) => {
  expect(readPrices(text)).toEqual([{ from: 0, to: text.length, price, sure: true }])
})

it.each(['4分管', '十分钟', '200箱', 'M8', '三五个', '304不锈钢'])('%s is no price', (text) => {
  expect(readPrices(text).filter(({ sure }) => sure)).toEqual([])
})
