import { expect, test } from 'vitest'
import { linkedParts } from './links.js'

test('an address among Chinese words ends where they go on', () => {
  expect(linkedParts('打开 http://x.cn/a?b=1，看看。')).toEqual([
    { words: '打开 ' },
    { words: 'http://x.cn/a?b=1', url: 'http://x.cn/a?b=1' },
    { words: '，看看。' },
  ])
  expect(linkedParts('见<a href="http://x.cn/b">清单</a>')).toEqual([{ words: '见' }, { words: '清单', url: 'http://x.cn/b' }])
  expect(linkedParts('没有地址')).toEqual([{ words: '没有地址' }])
})
