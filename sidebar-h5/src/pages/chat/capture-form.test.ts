import { expect, test } from 'vitest'
import type { ChatStory } from '../../../../domain/customer/customer.contract.js'
import type { MessageView, Slot } from '../../../../domain/message/message.contract.js'
import { captureInput } from '../../../../domain/requirement/requirement.contract.js'
import { chooseRequirement, openCapture, toCaptureInput, whatIsMissing } from './capture-form.js'

const uuid = (n: number) => `0193a000-0000-7000-8000-${n.toString().padStart(12, '0')}`
const terms = (qty: number, delivery: string | null = null) => ({
  items: [{ name: '锁定钢板', spec: '7孔', qty, unit: '套' }],
  delivery,
  budget: 85000,
  terms: null,
})
const requirement = (n: number, qty: number) => ({
  id: uuid(n),
  number: n,
  title: '锁定钢板',
  terms: terms(qty, '2026-12-17'),
  changes: 0,
})
const quantity: Slot = { field: 'quantity', item: null, before: '200 套', after: '300 套' }

function said(n: number, speaker: 'customer' | 'rep', slots: Slot[] = []): MessageView {
  const finding = slots.length ? { change: true, score: 0.9, types: ['功能增减' as const], slots, spans: [] } : null
  return {
    id: uuid(n),
    speaker,
    name: '刘主任',
    text: '好',
    saidAt: '2026-11-21T09:00:00+08:00',
    source: 'archive',
    revoked: false,
    label: null,
    finding,
  }
}

function story(part: Partial<ChatStory> = {}): ChatStory {
  return {
    version: '1',
    me: { id: 'me', name: '王磊', roles: ['rep'], organisation: '甬固', platform: 'wecom' },
    contact: { id: uuid(9), name: '刘主任', externalUserId: 'wmRenji' },
    customer: null,
    hears: 'archive',
    messages: [],
    requirements: [],
    suggestion: { messageIds: [], types: [], requirementId: null, slots: [], score: 0 },
    changes: [],
    reminded: [],
    silence: null,
    waiting: 0,
    ...part,
  }
}

let row = 0
const ids = { requestId: uuid(1), rowKey: () => `row${++row}` }

test('the suggestion fills the sheet: it can be saved with the next tap', () => {
  const form = openCapture(
    story({
      requirements: [requirement(12, 200), requirement(13, 50)],
      suggestion: { messageIds: [uuid(5)], types: ['功能增减'], requirementId: uuid(12), slots: [quantity], score: 0.9 },
    }),
    ids,
  )
  expect(whatIsMissing(form)).toBeNull()
  const input = toCaptureInput(form, story({}))
  expect(captureInput.parse(input)).toMatchObject({
    requirementId: uuid(12),
    slots: [quantity],
    messageIds: [uuid(5)],
    note: null,
  })
})

test('a choice is forced: types first, then which requirement, then evidence', () => {
  const form = openCapture(
    story({ requirements: [requirement(12, 200), requirement(13, 50)], messages: [said(5, 'customer')] }),
    ids,
  )
  expect(whatIsMissing(form)).toMatch(/变了什么/)
  form.types = ['其他']
  expect(whatIsMissing(form)).toMatch(/哪个需求/)
  form.requirementId = null
  expect(whatIsMissing(form)).toBeNull()
  form.messageIds = []
  expect(whatIsMissing(form)).toMatch(/原话/)
})

test('without a suggestion the last words of the customer are the evidence', () => {
  const form = openCapture(story({ messages: [said(4, 'customer'), said(5, 'customer'), said(6, 'rep')] }), ids)
  expect(form.messageIds).toEqual([uuid(5)])
  expect(form.requirementId).toBeNull()
})

test('what was pasted is the evidence, with what was found in it', () => {
  const form = openCapture(
    story({ requirements: [requirement(12, 200)], messages: [said(4, 'customer'), said(7, 'customer', [quantity])] }),
    ids,
    [uuid(7)],
  )
  expect(form).toMatchObject({ messageIds: [uuid(7)], types: ['功能增减'], requirementId: uuid(12) })
  expect(form.rows.map((one) => one.slot.after)).toEqual(['300 套'])
})

test('another requirement brings its own before, but never over what the rep wrote', () => {
  const told = story({ requirements: [requirement(12, 200), requirement(13, 50)] })
  const form = openCapture(
    {
      ...told,
      suggestion: { messageIds: [uuid(5)], types: ['功能增减'], requirementId: uuid(12), slots: [{ ...quantity }], score: 1 },
    },
    ids,
  )
  form.rows.push({ key: 'hand', slot: { field: 'delivery', item: null, before: '下周', after: '2026-11-27' } })
  chooseRequirement(form, told, uuid(13))
  expect(form.rows.map((one) => one.slot.before)).toEqual(['50套', '下周'])
  chooseRequirement(form, told, null)
  expect(form.rows.map((one) => one.slot.before)).toEqual([null, '下周'])
})

test('a long paste keeps what was found in it, and no more than a change can hold', () => {
  const many = Array.from({ length: 30 }, (_, i) => uuid(100 + i))
  const suggestion = { messageIds: [uuid(100)], types: ['其他' as const], requirementId: null, slots: [], score: 0.8 }
  const form = openCapture(story({ suggestion }), ids, many)
  expect(form.messageIds).toHaveLength(20)
  expect(form.messageIds).toContain(uuid(100))
})
