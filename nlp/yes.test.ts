import { describe, expect, it } from 'vitest'
import { beginsWithYes, isYes, onlyThanks, tellsDecision } from './yes.js'

describe('a yes', () => {
  it.each(['好', '行吧', '可以的', '要得', 'OK', '👌', '就这么定', '嗯好的'])('%s stands alone', (text) =>
    expect(isYes(text)).toBe(true),
  )
  it.each([
    '300没问题',
    '24号就24号',
    '一四三〇就一四三〇嘛，啥时候送',
    '好，怎么补给你',
    '8%能接受，请更新PI',
    '行吧就这个薄的',
    '那就按你说的配，下午签',
    '漂亮，就这么办',
    '4.5分也行，地址给我好吗？',
  ])('%s begins with it, whatever is asked after', (text) => expect(beginsWithYes(text)).toBe(true))
  it.each(['不行', '好的，不过我再想想', '行是行，但是太贵', '可以吗', '好多钱', '哦19号是端午', '10台都换', '等等', '不能接受'])(
    '%s is none',
    (text) => expect(beginsWithYes(text)).toBe(false),
  )
  it('tells whoever decides from whoever still has to', () => {
    expect(['老板同意了', '院里批了', '商量过了，财务没意见'].map(tellsDecision)).toEqual([true, true, true])
    expect(['老板不同意', '领导批了没？', '院里还没批'].map(tellsDecision)).toEqual([false, false, false])
  })
  it('thanks agree to nothing', () => {
    expect(['谢谢', '好的，谢谢啦', '收到，辛苦'].map(onlyThanks)).toEqual([true, true, true])
    expect(['好的', '行，谢谢，改吧'].map(onlyThanks)).toEqual([false, false])
  })
})
