import { expect, it } from 'vitest'
import { effectScope } from 'vue'
import { Failed } from './failed.js'
import { useTyped } from './use-typed.js'

type Asked = { words: string; signal: AbortSignal; answer: (found: string) => void; fail: (thrown: Error) => void }

function typing() {
  const asked: Asked[] = []
  const scope = effectScope()
  const load = (words: string, signal: AbortSignal) =>
    new Promise<string>((answer, fail) => asked.push({ words, signal, answer, fail }))
  const typed = scope.run(() => useTyped(load, 'seen'))
  if (!typed) throw new Error('the scope did not run')
  return { ...typed, asked, leave: () => scope.stop() }
}

it('asks at once, shows what was seen till then, and only the newest answer counts', async () => {
  const { query, found, search, asked } = typing()
  expect([found.value, asked[0]?.words]).toEqual(['seen', ''])
  query.value = ' 螺栓 '
  const newest = search()
  expect([asked[0]?.signal.aborted, asked[1]?.words]).toEqual([true, '螺栓'])
  asked[1]?.answer('new')
  await newest
  asked[0]?.answer('old')
  await Promise.resolve()
  expect(found.value).toBe('new')
})

it('what went wrong is told until the next answer; who left or was overtaken is told nothing', async () => {
  const { failed, search, asked, leave } = typing()
  const wrong = search()
  asked[1]?.fail(new Failed('offline', '网络断了'))
  await wrong
  expect(failed.value?.words).toBe('网络断了')
  const right = search()
  asked[2]?.answer('found')
  await right
  expect(failed.value).toBeNull()
  const gone = search()
  leave()
  expect(asked[3]?.signal.aborted).toBe(true)
  asked[3]?.fail(new Error('aborted'))
  await gone
  expect(failed.value).toBeNull()
})
