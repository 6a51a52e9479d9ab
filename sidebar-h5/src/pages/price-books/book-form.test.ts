import { expect, it } from 'vitest'
import { bookInput, bookPriceInput } from '../../../../domain/price/price.contract.js'
import { bookFormOf, newBookForm, priceFormOf, readBook, readPrice } from './book-form.js'

const vip = {
  ...newBookForm(),
  ...{ name: ' VIP 模板B ', tiers: ['VIP'], discount: '95', margin: '18.5%' },
  rebates: [
    { from: '10000', value: '1' },
    { from: '5万', value: '' },
  ],
}
const id = '00000000-0000-4000-8000-000000000001'

it('a book as the server takes it', () => {
  const read = readBook({
    ...vip,
    rebates: [
      { from: '10,000', value: '1' },
      { from: '', value: '' },
    ],
  })
  expect('input' in read && bookInput.parse(read.input)).toEqual({
    ...{ name: 'VIP 模板B', tiers: ['VIP'], validFrom: null, validUntil: null, discountBp: 9500, marginBp: 1850 },
    rebates: [{ fromFen: 1_000_000, rateBp: 100 }],
  })
})

it('says what is wrong at its field, before the server has to', () => {
  expect(readBook(vip)).toEqual({ problems: [{ at: 'rebates', words: '每一档都要有金额和返点' }] })
  const falling = [
    { from: '200', value: '2' },
    { from: '100', value: '3' },
  ]
  expect(readBook({ ...vip, rebates: falling })).toMatchObject({ problems: [{ at: 'rebates' }] })
  const late = {
    ...vip,
    rebates: [],
    validFrom: '2026-12-01',
    validUntil: '2026-11-01',
    discount: '0',
    name: ' ',
    margin: '99.5',
  }
  const read = readBook(late)
  expect('problems' in read && read.problems.map((one) => one.at)).toEqual(['name', 'validUntil', 'discount', 'margin'])
})

it('a stepped price of a screw, to a tenth of a 分', () => {
  const read = readPrice({ price: '0.035', steps: [{ from: '10000', value: '0.0335' }], margin: '' }, id)
  expect('input' in read && bookPriceInput.parse(read.input)).toEqual({
    ...{ productId: id, price: '0.035', marginBp: null, steps: [{ fromQty: '10000', price: '0.0335' }] },
  })
})

it('more never costs more a unit, and nothing is no price', () => {
  const steps = [{ from: '100', value: '0.04' }]
  expect(readPrice({ price: '0.035', steps, margin: '' }, id)).toMatchObject({ problems: [{ words: '买得越多，单价不能更高' }] })
  expect(readPrice({ price: '', steps: [], margin: '' }, id)).toMatchObject({ problems: [{ at: 'price' }] })
  expect(readPrice({ price: '', steps, margin: '' }, id)).toMatchObject({ input: { price: null } })
})

it('what was saved comes back as it was typed', () => {
  const price = { price: '0.035000', steps: [{ fromQty: '10000.000', price: '0.03350' }], marginBp: 1850 }
  expect(priceFormOf(price)).toEqual({ price: '0.035', steps: [{ from: '10000', value: '0.0335' }], margin: '18.5' })
  const read = readBook({ ...vip, rebates: [{ from: '10000.5', value: '1.25' }] })
  if ('problems' in read) throw new Error('it is right')
  const saved = { ...read.input, id, products: 0, inForce: true, stopped: false, updatedAt: '', version: 1 }
  expect(bookFormOf(saved)).toMatchObject({ discount: '95', margin: '18.5', rebates: [{ from: '10000.5', value: '1.25' }] })
})
