import { expect, it } from 'vitest'
import { keepPlace } from './keep-place.js'

const rows = (ids: string) => [...ids].map((id) => ({ id }))
const kept = (before: string, now: string, stays: string) =>
  keepPlace(rows(before), rows(now), (id) => stays.includes(id))
    .map(({ id }) => id)
    .join('')

it.each([
  ['abc', 'ac', 'b', 'abc'],
  ['abc', 'bc', 'a', 'abc'],
  ['abc', 'ab', 'c', 'abc'],
  ['abcd', 'ad', 'bc', 'abcd'],
  ['abc', 'xac', 'b', 'xabc'],
  ['abc', 'a', 'b', 'ab'],
  ['', 'ab', '', 'ab'],
])('%s, then %s while %s stays: %s', (before, now, stays, wanted) => expect(kept(before, now, stays)).toBe(wanted))
