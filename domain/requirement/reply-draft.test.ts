import { describe, expect, it } from 'vitest'
import { delivery, quantity } from '../../test/factories/cast.js'
import { NOW } from '../../test/factories/work.js'
import type { Slot } from '../message/message.contract.js'
import { draftReply } from './reply-draft.js'

const slot = (field: Slot['field'], after: string | null, before: string | null = null, item: string | null = null): Slot => ({
  field,
  item,
  before,
  after,
})
const can = { verdict: 'can', note: null } as const
const open = { verdict: null, note: null } as const
const conditional = (note: string) => ({ verdict: 'conditional', note }) as const
const cannot = (note: string) => ({ verdict: 'cannot', note }) as const
const draft = (slots: Slot[], ...answers: Parameters<typeof draftReply>[1]) => draftReply(slots, answers, NOW)

describe('a reply is drafted', () => {
  it('only once everybody who confirms has said that it can be done', () => {
    expect(draft([quantity('300套')])).toBeNull()
    expect(draft([quantity('300套')], open)).toBeNull()
    expect(draft([quantity('300套')], can, open)).toBeNull()
    expect(draft([quantity('300套')], can, can)).not.toBeNull()
  })

  it('or as soon as one says no', () => {
    expect(draft([quantity('300套')], open, cannot('没货'))).toContain('做不了')
  })
})

// Read aloud: each must be what a salesperson would type, with nothing to mend.
it.each<[string, Slot[], string]>([
  ['数量和交期', [quantity('300套'), delivery('2026-11-27')], '300 套没问题，11月27日能到。'],
  ['哪一样的数量', [quantity('500 套', '200 套', '膨胀螺栓')], '膨胀螺栓 500 套没问题。'],
  ['一段交期', [delivery('2026-11-27/2026-12-01')], '11月27日～12月1日能到。'],
  ['明年的交期', [delivery('2027-01-05')], '2027年1月5日能到。'],
  ['预算', [slot('budget', '80000', '85000')], '预算 8 万没问题。'],
  ['单价低于一分', [slot('price', '0.035', null, '自攻钉')], '自攻钉 价格 0.035 元可以。'],
  ['账期', [slot('terms', '月结 60 天')], '月结 60 天可以。'],
  ['加一样', [slot('item', '空心钉')], '加空心钉没问题。'],
  ['换一样', [slot('item', '8孔钢板', '7孔钢板')], '7孔钢板换成8孔钢板没问题。'],
  ['去掉一样', [slot('item', null, '空心钉')], '空心钉不要了，没问题。'],
  ['规格', [slot('spec', 'M12×80', 'M10×80', '膨胀螺栓')], '膨胀螺栓 规格换成M12×80没问题。'],
  ['没读出什么', [], '您说的调整没问题，我这边已经安排了。'],
])('能做：%s', (_what, slots, words) => expect(draft(slots, can)).toBe(words))

it('有条件：先说能，再说条件', () => {
  expect(draft([quantity('300套'), delivery('2026-11-27')], conditional('要分两批，最快下周五先到 200 套。'), can)).toBe(
    '300 套、11月27日到货可以安排，有一点先跟您说明：要分两批，最快下周五先到 200 套。您看可以吗？',
  )
  expect(draft([], conditional('付 30% 定金'), conditional('含税'))).toBe(
    '您说的调整可以安排，有一点先跟您说明：付 30% 定金；含税。您看可以吗？',
  )
})

it('做不了：不绕弯，说原因，留一条路', () => {
  expect(draft([slot('budget', '80000', '85000')], cannot('价格守不住！'))).toBe(
    '预算 8 万这次做不了，价格守不住。我们一起想想别的办法，您方便的时候我给您打个电话？',
  )
  expect(draft([], { verdict: 'cannot', note: null })).toBe(
    '您说的调整这次做不了。我们一起想想别的办法，您方便的时候我给您打个电话？',
  )
})
