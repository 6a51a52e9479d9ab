import { expect, it } from 'vitest'
import { matches } from './matches.js'
import { remember } from './remember.js'

it('finds once what is asked twice, forgets the oldest, and begins anew of another kind', () => {
  const asked: string[] = []
  const find = remember(2, (text: string, of: number): string | null => {
    asked.push(`${text}${of}`)
    return text === 'none' ? null : `${text}!`
  })
  expect([find('a', 1), find('a', 1), find('none', 1), find('none', 1)]).toEqual(['a!', 'a!', null, null])
  expect(asked).toEqual(['a1', 'none1'])
  for (const text of ['b', 'c', 'd', 'e', 'a']) find(text, 1)
  expect(asked.filter((one) => one === 'a1')).toHaveLength(2)
  find('a', 2)
  find('a', 1)
  expect(asked.slice(-2)).toEqual(['a2', 'a1'])
})

it('matches as matchAll does, also where nothing stands between', () => {
  for (const pattern of [/\d+/g, /(?<=b)(?=a)/g, /x*/g]) {
    const text = 'ba12 ba3 xxb'
    const plain = (found: Iterable<RegExpExecArray>) => [...found].map((match) => [match[0], match.index])
    expect(plain(matches(pattern, text))).toEqual(plain(text.matchAll(pattern)))
    expect(matches(pattern, text)).toEqual(matches(pattern, text))
  }
})
