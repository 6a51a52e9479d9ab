import { expect, it } from 'vitest'
import { searchTextOf } from './search-text.js'

const text = (name: string) => searchTextOf({ name, spec: null, code: null, nicknames: [] })

it('a name of many characters with many readings stays short enough, and is found by each of them', () => {
  const long = text('重型长单行调重型长单行调不锈钢角大盖石')
  expect(long.length).toBeLessThan(5_000)
  for (const part of ['chongxing', 'zhangdan', 'xingtiao', 'hangdiao', 'zhongxingchangdanhang']) expect(long).toContain(part)
})

it('is one line for each way, each once', () => {
  expect(text('长M8')).toBe('\n长m8\nchangm8\nzhangm8\ncm8\nzm8\n')
  expect(text('M8')).toBe('\nm8\n')
})
