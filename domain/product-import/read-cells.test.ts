import { expect, it } from 'vitest'
import { readFromQty, readNicknames, readPrice, readRate, readStock, readUnit } from './read-cells.js'

it.each([
  ['0.035', '0.035'],
  ['￥1,234.50', '1234.5'],
  ['¥ 12.5元', '12.5'],
  ['０．０３５元/个', '0.035'],
  ['12,300，000.5', '12300000.5'],
  ['12.5/箱', '12.5'],
  ['1.2万', '12000'],
  ['0.00000012万', '0.0012'],
  ['人民币 88 元', '88'],
  ['RMB 3.2', '3.2'],
  ['.5', '0.5'],
  ['007', '7'],
  ['0.123456', '0.123456'],
  ['1.5000000000', '1.5'],
  ['8块', '8'],
])('the price 「%s」 is %s', (cell, price) => {
  expect(readPrice(cell)).toEqual({ value: price, wrong: null })
})

it.each([
  ['-3', '是负数'],
  ['0', '要大于 0'],
  ['￥0.00', '要大于 0'],
  ['0.0000001', '超过 6 位小数'],
  ['0.0351666666666667', '超过 6 位小数'],
  ['1,5', '不是一个价格'],
  ['1,23,456', '不是一个价格'],
  ['10-12', '不是一个价格'],
  ['3.5e-7', '不是一个价格'],
  ['(12.5)', '不是一个价格'],
  ['十二', '不是一个价格'],
  ['1.2.3', '不是一个价格'],
  ['.', null],
  ['1234567890', '太大了'],
  ['=1+1', '不是一个价格'],
])('the price 「%s」 is refused: %s', (cell, words) => {
  expect(readPrice(cell)).toEqual({ value: null, wrong: words })
})

it('nothing is no price, and nothing wrong', () => {
  for (const cell of ['', ' ', '-', '—', '面议', '暂无', 'N/A']) expect(readPrice(cell)).toEqual({ value: null, wrong: null })
})

it('rates, stocks, units, steps and nicknames are read as people write them', () => {
  const rate = (cell: string) => readRate(cell).value ?? readRate(cell).wrong
  expect(['13%', '13', '0.13', '9.5％', '免税', '0', '1', '100%'].map(rate)).toEqual([1300, 1300, 1300, 950, 0, 0, 100, 10_000])
  expect(['101%', '-3', '十三', '13.333%', '0.12345'].map(rate)).toEqual([
    '超过 100%',
    '不是一个百分比',
    '不是一个百分比',
    '小数位太多',
    '小数位太多',
  ])
  const stock = (cell: string) => readStock(cell).value ?? readStock(cell).wrong
  expect(['1,200 箱', '3.5', '0', '-5', '1.2345', '很多', '12-3'].map(stock)).toEqual([
    ...['1200', '3.5', '0', '是负数', '超过 3 位小数', '不是一个数量', '不是一个数量'],
  ])
  const from = (cell: string) => readFromQty(cell).value ?? readFromQty(cell).wrong
  expect(['100', '≥100', '满100件', '100-499', '1,000以上', '500起', '10~', '不限', '', '<100', '一百'].map(from)).toEqual([
    ...['100', '100', '100', '100', '1000', '500', '10', null, null, '不是一个数量', '不是一个数量'],
  ])
  const unit = (cell: string) => readUnit(cell).value ?? readUnit(cell).wrong
  expect(['箱', '元/箱', '千只', 'PCS', ' Kg ', '㎡', '', '-'].map(unit)).toEqual([
    '箱',
    '箱',
    '千只',
    'PCS',
    'Kg',
    'm2',
    null,
    null,
  ])
  for (const cell of ['xyz', '12', '元', '=cmd', '一个很长的单位', '箱(24)']) expect(readUnit(cell).wrong).toMatch('看不懂')
  expect(readNicknames('大螺丝、六角, 六角；-')).toEqual(['大螺丝', '六角'])
})
