import { expect, test } from 'vitest'
import { diffWords, wordsIn } from './keyword-diff.js'

const version = (value: string[]) => ({ version: 1, value, by: '何平', at: '' })

test('says what each version changed', () => {
  expect(diffWords(version(['改模']), undefined)).toBe('加了 改模')
  expect(diffWords(version(['改模', '换料']), version(['改模', '加急']))).toBe('加了 换料，去掉 加急')
  expect(diffWords(version([]), version(['加急']))).toBe('去掉 加急')
  expect(diffWords(version(['加急']), version(['加急']))).toBe('没有变化')
})

test('takes words out of a line as people write them', () => {
  expect(wordsIn('改模，加急、 换料 改模', ['加急'])).toEqual(['改模', '换料'])
  expect(wordsIn(' ， ', [])).toEqual([])
})
