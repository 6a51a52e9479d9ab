import { normalize } from './normalize.js'

/** A customer, person or product as others may name it. */
export type Entry = { id: string; name: string; nicknames?: string[] }
export type How = 'name' | 'nickname' | 'short' | 'sound' | 'typo'
/** [from, to) of the text; several ids where several entries are called so: that is for the person to choose. */
export type Match = { ids: string[]; words: string; from: number; to: number; how: How }
export type Catalogue = { find(text: string): Match[] }
/** One syllable for each character, where a library for it is at hand. */
export type Sound = (text: string) => string[]

type Node = { next: Map<string, Node>; ends: Map<How, Set<string>> }
const node = (): Node => ({ next: new Map(), ends: new Map() })

/** What may be left away: 「华强五金有限公司」 is called 华强五金, 华强. */
const LEGAL =
  /(?:股份|集团|控股)?(?:有限)?(?:责任)?(?:公司|集团|厂|店|商行|经营部|合作社)$|(?:第[一二三四五六七八九十]+)?(?:人民|中心|骨科|中医|专科)*医院$/
const TRADE =
  /(?:五金|机电|建材|医疗(?:器械)?|阀门|紧固件|科技|贸易|商贸|实业|电子|电气|机械|物流|食品|餐饮|服饰|家具|包装|印刷|化工|轴承|软件|信息|工程|装饰|制造|设备|材料|电梯|门窗|玻璃|塑料|钢材|汽配|农资|医药|药业|生物|光电|自动化|环保|能源|纺织|服装|印务|广告|装修|建设|置业)+$/
const PLACE =
  /^(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|宁波|无锡|成都|武汉|西安|长沙|郑州|青岛|济南|合肥|福州|厦门|东莞|佛山|温州|义乌|常州|昆山)(?:市)?(?=..)/

/** The shorter names that people use for it; never fewer than two characters. */
export function shortNames(name: string): string[] {
  const bare = name.replace(/[（(].*?[）)]/g, '')
  const out = new Set<string>()
  for (const start of [bare, bare.replace(PLACE, '')]) {
    const legal = start.replace(LEGAL, '')
    for (const short of [start, start.replace(/医院$/, ''), legal, legal.replace(TRADE, '')])
      if (short.length >= 2 && short !== name) out.add(short)
  }
  return [...out]
}

function* withoutOne(word: string): Generator<string> {
  for (let i = 0; i < word.length; i++) yield word.slice(0, i) + word.slice(i + 1)
}

/** Names shorter than this have too many neighbours to be guessed at. */
const LONG_ENOUGH = 4

/**
 * Finds the entries that a text names: by name, nickname, short name, sound (华墙五金), and with one wrong, missing or
 * extra character. The longest and surest wins; nothing overlaps. Pure over the entries that it was made of.
 */
export function createCatalogue(entries: Entry[], sound?: Sound): Catalogue {
  const root = node()
  const sounds = node()
  /** Each name that is long enough to be guessed at, and whose it is. */
  const guessable = new Map<string, Set<string>>()
  const put = (at: Node, keys: string[], how: How, id: string) => {
    let here = at
    for (const key of keys) {
      const next = here.next.get(key) ?? node()
      here.next.set(key, next)
      here = next
    }
    here.ends.set(how, (here.ends.get(how) ?? new Set()).add(id))
  }
  for (const { id, name, nicknames = [] } of entries) {
    const called: [string, How][] = [[name, 'name']]
    for (const word of nicknames) called.push([word, 'nickname'])
    for (const word of shortNames(name)) called.push([word, 'short'])
    for (const [word, how] of called) {
      if (word.length < 2) continue
      put(root, [...fold(word)], how, id)
      if (sound && word.length >= 3) put(sounds, sound(word), 'sound', id)
      if (word.length >= LONG_ENOUGH) guessable.set(fold(word), (guessable.get(fold(word)) ?? new Set()).add(id))
    }
  }

  const walk = (at: Node, keys: string[]): Match[] => {
    const found: Match[] = []
    for (let from = 0; from < keys.length; from++) {
      let here: Node | undefined = at
      for (let to = from; here; to++) {
        for (const [how, ids] of here.ends) found.push({ ids: [...ids], words: '', from, to, how })
        here = here.next.get(keys[to] ?? '')
      }
    }
    return found
  }

  /** A name with one character left away → the names it may have been. Costs the most, and most texts never need it. */
  let near: Map<string, string[]> | null = null
  const neighbours = () => {
    if (near) return near
    near = new Map()
    for (const name of guessable.keys())
      for (const key of [name, ...withoutOne(name)]) {
        const names = near.get(key)
        if (names) names.push(name)
        else near.set(key, [name])
      }
    return near
  }

  const guess = (text: string): Match[] => {
    const found: Match[] = []
    const near = neighbours()
    for (let from = 0; from < text.length; from++) {
      for (let to = from + LONG_ENOUGH - 1; to <= Math.min(text.length, from + 13); to++) {
        const said = text.slice(from, to)
        for (const key of [said, ...withoutOne(said)]) {
          for (const name of near.get(key) ?? []) {
            if (isOneApart(said, name)) found.push({ ids: [...(guessable.get(name) ?? [])], words: '', from, to, how: 'typo' })
          }
        }
      }
    }
    return found
  }

  return {
    find(text) {
      const folded = fold(text)
      const exact = walk(root, [...folded])
      const heard = sound && exact.length === 0 ? walk(sounds, sound(text)) : []
      const found = exact.length + heard.length > 0 ? [...exact, ...heard] : guess(folded)
      return choose(found).map((m) => ({ ...m, words: text.slice(m.from, m.to) }))
    },
  }
}

/** One spelling for what people write in several; offsets hold. */
const fold = (text: string) =>
  normalize(text)
    .toLowerCase()
    .replace(/[（【]/g, '(')
    .replace(/[）】]/g, ')')
const RANK: How[] = ['name', 'nickname', 'short', 'sound', 'typo']

/** The longest first, then the surest; what overlaps a better one is dropped, what is as good joins it. */
function choose(found: Match[]): Match[] {
  const sorted = found.sort((a, b) => b.to - b.from - (a.to - a.from) || RANK.indexOf(a.how) - RANK.indexOf(b.how))
  const out: Match[] = []
  for (const match of sorted) {
    const rival = out.find((m) => match.from < m.to && m.from < match.to)
    if (!rival) out.push({ ...match })
    else if (rival.from === match.from && rival.to === match.to && (rival.how === match.how || rival.how === 'short'))
      rival.ids = [...new Set([...rival.ids, ...match.ids])]
  }
  return out.sort((a, b) => a.from - b.from)
}

/** One character replaced, missing or added. */
export function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  return a.length === b.length
    ? a.slice(i + 1) === b.slice(i + 1)
    : a.length < b.length
      ? a.slice(i) === b.slice(i + 1)
      : a.slice(i + 1) === b.slice(i)
}
