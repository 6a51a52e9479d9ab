import { expect, it } from 'vitest'
import { newForm, readForm } from './product-form.js'

const screw = { ...newForm(), name: ' M8 螺栓 ', unit: '个', price: '０。035', nicknames: '大螺丝、八号栓，大螺丝' }

it('takes what a thumb types: full width, blanks, one nickname twice', () => {
  expect(readForm(screw)).toEqual({
    input: {
      ...{ name: 'M8 螺栓', unit: '个', spec: null, code: null, line: null, nicknames: ['大螺丝', '八号栓'] },
      ...{ price: '0.035', cost: null, stock: null, taxBp: 1300, params: [] },
    },
  })
})

it('an empty price is by agreement, a price of nothing is a slip', () => {
  expect(readForm({ ...screw, price: '' })).toMatchObject({ input: { price: null } })
  expect(readForm({ ...screw, price: '0.00' })).toEqual({ problems: [{ at: 'price', words: '单价要大于零；面议的就空着' }] })
})

it('says at each field what is missing', () => {
  const read = readForm({
    ...newForm(),
    cost: '三块',
    params: [
      { name: '材质', value: '' },
      { name: '', value: '' },
    ],
  })
  expect('problems' in read && read.problems.map((one) => one.at)).toEqual(['name', 'unit', 'cost', 'params'])
})

it('leaves out parameters that were opened and never filled in', () => {
  const params = [
    { name: ' 材质 ', value: '45# 钢' },
    { name: '', value: ' ' },
  ]
  expect(readForm({ ...screw, params })).toMatchObject({ input: { params: [{ name: '材质', value: '45# 钢' }] } })
})
