import { expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { useNumberText } from './number-text.js'

function field(start: number | null) {
  const number = ref(start)
  const text = useNumberText(
    () => number.value,
    (now) => {
      number.value = now
    },
  )
  const type = async (typed: string) => {
    text.value = typed
    await nextTick()
    return [text.value, number.value]
  }
  return { number, text, type }
}

it('leaves what is being typed as it is', async () => {
  const { type } = field(4)
  expect(await type('0.')).toEqual(['0.', 0])
  expect(await type('0.5')).toEqual(['0.5', 0.5])
  expect(await type('')).toEqual(['', null])
  expect(await type('-')).toEqual(['-', null])
  expect(await type('-2')).toEqual(['-2', -2])
})

it('follows a number that is changed from elsewhere', async () => {
  const { number, text } = field(4)
  number.value = 1 / 3
  await nextTick()
  expect(text.value).toBe('0.33')
  number.value = null
  await nextTick()
  expect(text.value).toBe('')
})
