import { expect, it } from 'vitest'
import { maskPoint, readMail, readMobile } from './read-point.js'

it('reads and masks numbers and addresses', () => {
  expect([readMobile('0086 138 1234 5678'), readMobile('02112345678')]).toEqual(['13812345678', null])
  expect([readMail(' Li.Na@Yonggu.Example '), readMail('a@b'), readMail('<a@b.cn>')]).toEqual([
    'Li.Na@yonggu.example',
    null,
    null,
  ])
  expect(maskPoint('sms', '13812345678')).toBe('138****5678')
  expect([maskPoint('mail', 'wanglei@a.cn'), maskPoint('mail', 'li@a.cn')]).toEqual(['w***i@a.cn', 'l***@a.cn'])
})
