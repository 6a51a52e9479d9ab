import { expect, it } from 'vitest'
import { maskPhone, normalPhone } from './phone.js'

it.each([
  ['13812345678', '13812345678'],
  ['+86 138-1234-5678', '13812345678'],
  ['0086 138 1234 5678', '13812345678'],
  ['8613812345678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ['013812345678', '13812345678'],
  ['\u202d13812345678\u202c', '13812345678'],
  ['0755-8888 6666', '075588886666'],
  ['(021) 6666-8888 转 801', '02166668888'],
  ['+86 21 6666 8888', '02166668888'],
  ['021-66668888-801', '02166668888'],
  ['400-820-8820', '4008208820'],
  ['+1 415 555 0123', '+14155550123'],
])('%s is %s', (typed, phone) => expect(normalPhone(typed)).toBe(phone))

it.each(['', '8001', '12345678901', '王磊', '1381234567', '138123456789'])('«%s» is no number to find somebody by', (typed) =>
  expect(normalPhone(typed)).toBeNull(),
)

it('shows a number so that it is known again and can not be called', () => {
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(maskPhone('110')).toBe('***')
})
