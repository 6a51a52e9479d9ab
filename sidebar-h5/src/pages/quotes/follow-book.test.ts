import { describe, expect, it } from 'vitest'
import type { DraftLine } from '../../../../domain/quote/quote.contract.js'
import { type Booked, followBook, samePrice } from './follow-book.js'

const line = (more: Partial<DraftLine> = {}): DraftLine => ({
  id: 'a',
  productId: 'p',
  code: null,
  name: 'M8 螺丝',
  spec: null,
  unit: '箱',
  qty: '100',
  price: '0.035',
  gift: false,
  note: null,
  params: [],
  pictureId: null,
  ...more,
})
const prices = (price: string) => ({ a: { price, listPrice: null, book: '标准价' } })
const asked = new Map([['a', '100']])

describe('followBook', () => {
  it('takes the price of the step where the price came from the book', () => {
    const booked: Booked = new Map([['a', '0.035']])
    const lines = [line()]
    expect(followBook(lines, prices('0.033'), booked, asked)).toEqual([
      { lineId: 'a', name: 'M8 螺丝', from: '0.035', to: '0.033' },
    ])
    expect(lines[0]?.price).toBe('0.033')
    expect(booked.get('a')).toBe('0.033')
  })

  it('leaves a price that was typed, also when the book moves past it', () => {
    const booked: Booked = new Map([['a', '0.035']])
    const lines = [line({ price: '0.034' })]
    expect(followBook(lines, prices('0.033'), booked, asked)).toEqual([])
    expect(lines[0]?.price).toBe('0.034')
  })

  it('changes nothing on the first look, and nothing for a quantity that is not the one any more', () => {
    const lines = [line({ price: '0.034' })]
    expect(followBook(lines, prices('0.033'), new Map(), asked)).toEqual([])
    expect(followBook([line({ qty: '200' })], prices('0.033'), new Map([['a', '0.035']]), asked)).toEqual([])
    expect(lines[0]?.price).toBe('0.034')
  })

  it('knows one price by another writing', () => {
    expect(samePrice('0.50', '0.5')).toBe(true)
    expect(samePrice('10', '10.00')).toBe(true)
    expect(samePrice('100', '10')).toBe(false)
    expect(samePrice('00.5', '0.5')).toBe(true)
  })
})
