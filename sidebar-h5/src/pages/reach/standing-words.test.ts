import { expect, it } from 'vitest'
import { toldWords } from './standing-words.js'

it('says what WeCom told, and what it did not', () => {
  expect(toldWords('sms,mail')).toBe('手机号和邮箱记下了')
  expect(toldWords('mail')).toBe('邮箱记下了')
  expect(toldWords('none')).toMatch(/没有给/)
  expect(toldWords(null)).toBeNull()
})
