import { expect, test } from 'vitest'
import { effectScope, ref } from 'vue'
import { useReply } from './use-reply.js'

function open(start: string) {
  const draft = ref(start)
  const reply = effectScope().run(() => useReply('c1', draft))
  if (!reply) throw new Error('no scope')
  return { draft, ...reply }
}

test('an unedited reply follows the newest draft', () => {
  const { draft, text, outdated } = open('300 套没问题')
  draft.value = '300 套这次做不了'
  expect(text.value).toBe('300 套这次做不了')
  expect(outdated.value).toBe(false)
})

test('an edited reply stays, and says when the facts under it changed', () => {
  const { draft, text, outdated, takeNew } = open('300 套没问题')
  text.value = '刘主任，300 套没问题'
  expect(outdated.value).toBe(false)
  draft.value = '300 套这次做不了'
  expect(text.value).toBe('刘主任，300 套没问题')
  expect(outdated.value).toBe(true)
  takeNew()
  expect(text.value).toBe('300 套这次做不了')
  expect(outdated.value).toBe(false)
})

test('an edit taken back is no edit: the next draft is followed again', () => {
  const { draft, text } = open('300 套没问题')
  text.value = '好'
  text.value = '300 套没问题'
  draft.value = '300 套要加急费'
  expect(text.value).toBe('300 套要加急费')
})
