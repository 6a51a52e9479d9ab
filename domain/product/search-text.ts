import { pinyin, polyphonic } from 'pinyin-pro'

/** Of a name whose characters have several readings at most so many ways to say it are kept. */
const MOST_WAYS = 48
const known = new Map<string, string[]>()

type Named = { name: string; spec: string | null; code: string | null; nicknames: string[] }

/**
 * What stands in `product.search`: each thing that it is called on a line of its own, then how that is typed, whole and by its
 * first letters. A character of two readings (长, 重, 行) is found by either, whatever the word makes of it.
 */
export function searchTextOf({ name, spec, code, nicknames }: Named): string {
  const terms = [name, spec, code, ...nicknames].map((term) => plainOf(term ?? '')).filter(Boolean)
  const typed = terms.filter((term) => /\p{Script=Han}/u.test(term)).flatMap(waysToType)
  return `\n${[...new Set([...terms, ...typed])].join('\n')}\n`
}

/** What is compared: case, width, blanks and signs don't count, 「M8×25」「M8*25」 and 「m8-x25」 are one. */
export const plainOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)\s*[*×✕✖]\s*(?=\d)/g, 'x')
    .replace(/ü/g, 'v')
    .replace(/[^\p{L}\p{N}.]/gu, '')

function waysToType(term: string): string[] {
  const characters = [...term]
  const usual = pinyin(term, { toneType: 'none', type: 'array', v: true })
  const readings = characters.map((one, i) => [...new Set([usual[i] ?? one, ...readingsOf(one)])])
  const ways = waysThrough(readings)
  return [...ways.map((way) => way.join('')), ...ways.map((way) => way.map((syllable) => syllable[0]).join(''))]
}

/** All ways through, the usual one first, then those that differ from it in one character, in two … until there are enough. */
function waysThrough(readings: string[][]): string[][] {
  let ways = [{ way: readings.map(([first]) => first ?? ''), from: 0 }]
  const all = ways.map(({ way }) => way)
  while (ways.length > 0 && all.length < MOST_WAYS) {
    ways = ways.flatMap(({ way, from }) =>
      readings
        .slice(from)
        .flatMap((others, i) => others.slice(1).map((one) => ({ way: way.with(from + i, one), from: from + i + 1 }))),
    )
    all.push(...ways.map(({ way }) => way))
  }
  return all.slice(0, MOST_WAYS)
}

function readingsOf(character: string): string[] {
  const there = known.get(character)
  if (there) return there
  const found = /\p{Script=Han}/u.test(character)
    ? (polyphonic(character, { toneType: 'none', type: 'array' })[0] ?? [])
    : [character]
  const readings = (found as string[]).map((one) => one.replace(/ü/g, 'v'))
  known.set(character, readings)
  return readings
}
