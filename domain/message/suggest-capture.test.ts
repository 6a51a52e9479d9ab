import { expect, it } from 'vitest'
import { delivery, quantity } from '../../test/factories/cast.js'
import { titleOf } from '../requirement/title-of.js'
import type { ChangeType, Slot } from './message.contract.js'
import { suggestCapture as suggest } from './suggest-capture.js'
import { isTakenBack } from './take-back.js'

const suggestCapture = (messages: Parameters<typeof suggest>[0], last: Slot[] = []) => suggest(messages, last)

type Said = {
  text?: string
  change?: boolean
  types?: ChangeType[]
  slots?: Slot[]
  captured?: boolean
  revoked?: boolean
  speaker?: string
  score?: number
}
const said = (id: string, { change = true, types = ['功能增减'], slots = [], score = 0.9, ...rest }: Said = {}) => ({
  id,
  speaker: 'customer',
  text: '',
  captured: false,
  revoked: false,
  finding: { change, score, types, slots, spans: [] },
  ...rest,
})

it('takes all of the customer’s messages that ask for a change, with their types and values together', () => {
  const messages = [
    said('1', { slots: [quantity('300套', '200套')], score: 0.7 }),
    said('2', { change: false }),
    said('3', { types: ['交付时间调整', '功能增减'], slots: [delivery('2026-11-27')], score: 0.8 }),
  ]
  expect(suggestCapture(messages)).toEqual({
    messageIds: ['1', '3'],
    types: ['功能增减', '交付时间调整'],
    slots: [quantity('300套', '200套'), delivery('2026-11-27')],
    score: 0.8,
  })
})

it('a value said twice keeps its first «before» and its last «after»; said back to what it was it is gone', () => {
  const twice = [said('1', { slots: [quantity('300套', '200套')] }), said('2', { slots: [quantity('350套', '300套')] })]
  expect(suggestCapture(twice).slots).toEqual([quantity('350套', '200套')])
  const back = [...twice, said('3', { slots: [quantity('200套', '350套')] })]
  expect(suggestCapture(back).slots).toEqual([])
})

it('leaves out what was captured or taken back', () => {
  const messages = [said('1', { captured: true }), said('2', { revoked: true }), said('3')]
  expect(suggestCapture(messages).messageIds).toEqual(['3'])
})

it('with no change found, the customer’s newest message stands selected and a person chooses', () => {
  const messages = [
    said('1', { change: false }),
    said('2', { change: false }),
    { ...said('3', { change: false }), speaker: 'rep' },
  ]
  expect(suggestCapture(messages)).toEqual({ messageIds: ['2'], types: [], slots: [], score: 0 })
  expect(suggestCapture([])).toMatchObject({ messageIds: [] })
})

it.each([
  ['what is wanted and how much', [quantity('50颗', null, '空心钉')], '好', '空心钉 50颗'],
  ['the customer’s words, when nothing was read', [], '  做一批\n加长的  ', '做一批 加长的'],
  ['no more than fits on a line', [], '一'.repeat(40), `${'一'.repeat(23)}…`],
  ['whole characters', [], '👍'.repeat(40), `${'👍'.repeat(23)}…`],
  ['something, whatever happens', [], ' ', '新需求'],
])('a new requirement is called by %s', (_what, slots, words, title) => {
  expect(
    titleOf({ slots, note: null }, [
      { speaker: 'rep', text: '您说' },
      { speaker: 'customer', text: words },
    ]),
  ).toBe(title)
})

const back = (id: string, text: string, at = 0) => ({
  ...said(id, { types: ['撤回'], text }),
  finding: { change: true, score: 0.9, types: ['撤回' as const], slots: [], spans: [{ from: at, to: at + 2, field: 'other' }] },
})
const qty = quantity('300套', '200套')
const day = delivery('2026-11-27', '2026-12-17')

it('what was said and taken back before anybody captured it comes to nothing but the taking back', () => {
  const messages = [said('1', { slots: [qty, day], types: ['功能增减', '交付时间调整'] }), back('2', '算了，不改了')]
  expect(suggestCapture(messages, [quantity('9套', '8套')])).toMatchObject({ messageIds: ['1', '2'], types: ['撤回'], slots: [] })
})

it('only what is named is taken back, where something is named', () => {
  const messages = [said('1', { slots: [qty, day] }), back('2', '刚才说的数量不改了，交期照改', 6)]
  expect(suggestCapture(messages).slots).toEqual([day])
  expect(isTakenBack(back('2', '交期照改，数量不改了', 7), day)).toBe(false)
})

it('what was captured already has its way back ready to save', () => {
  const added: Slot = { field: 'item', item: null, before: null, after: '弹垫' }
  const unknown = quantity('5箱')
  const suggested = suggestCapture([back('1', '算了，不改了')], [qty, day, added, unknown])
  expect(suggested).toMatchObject({ types: ['撤回'] })
  expect(suggested.slots).toEqual([
    quantity('200套', '300套'),
    delivery('2026-12-17', '2026-11-27'),
    { ...added, before: '弹垫', after: null },
  ])
  expect(suggestCapture([back('1', '交期不用提前了', 2)], [qty, day]).slots).toEqual([delivery('2026-12-17', '2026-11-27')])
})

it('and what is said after that counts anew', () => {
  const messages = [said('1', { slots: [qty] }), back('2', '算了'), said('3', { slots: [quantity('250套', '200套')] })]
  expect(suggestCapture(messages)).toMatchObject({ types: ['撤回', '功能增减'], slots: [quantity('250套', '200套')] })
})
