import { expect, test } from 'vitest'
import { latestOnly } from './latest-only.js'

function slowAnswers() {
  const waiting: ((answer: string) => void)[] = []
  const seen: string[] = []
  const refresh = latestOnly(async (overtaken) => {
    const answer = await new Promise<string>((resolve) => waiting.push(resolve))
    if (!overtaken()) seen.push(answer)
  })
  return { refresh, seen, answer: (i: number, words: string) => waiting[i]?.(words) }
}

test('an answer that was overtaken does not win, whichever comes in first', async () => {
  const { refresh, seen, answer } = slowAnswers()
  const both = [refresh(), refresh()]
  answer(1, 'new')
  answer(0, 'old')
  await Promise.all(both)
  expect(seen).toEqual(['new'])
})

test('whoever was overtaken waits for the newer answer', async () => {
  const { refresh, seen, answer } = slowAnswers()
  const first = refresh().then(() => [...seen])
  void refresh()
  answer(0, 'old')
  await Promise.resolve()
  answer(1, 'new')
  expect(await first).toEqual(['new'])
})
