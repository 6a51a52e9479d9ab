import type { Item } from './finding.js'

/** A place in a text that names an item of the deal, by its name, a part of it, or what only its spec says. */
export type Mention = {
  item: Item
  from: number
  to: number /** How plainly it is named. */
  weight: number
  by: 'name' | 'spec'
}

/** Characters that end or begin names and stand in many other words. */
const COMMON = new Set(
  '件品机器具料子头包装务统车单位费口面条理版大小高低新老一二三四五六七八九十上下中全快年月日人工电水不无国标准服定制加产'.split(
    '',
  ),
)
/** Parts of names that say nothing of which. */
const EMPTY =
  /^(?:标准|定制|服务|系统|设备|材料|产品|配件|套餐|普通|一次性?|专用|工业|商用|不锈|实施|开发|安装|公司|现货|[\d.]+)$/

const isHan = (char: string) => char >= '一' && char <= '龥'
const BEFORE_CHAR = new Set('，,。！!？?；;、 的那这个把和跟与及同还先就你我们来要加减'.split(''))
const AFTER_CHAR = new Set(
  '，,。！!？?；;、 的这那就也都要再多少加减改换不先还给你我只按照可以能各和跟与同用得太有是做发送0123456789'.split(''),
)
const fold = (text: string) => text.toLowerCase().replaceAll('×', '*')

/** How many characters of `name` from `j` on stand in `text` at `i`. */
function run(text: string, i: number, name: string, j: number): number {
  let n = 0
  while (i + n < text.length && j + n < name.length && text.charCodeAt(i + n) === name.charCodeAt(j + n)) n++
  return n
}

type Hit = { length: number; weight: number }

/** The longest part of the name that stands here: 钢板 of 锁定钢板; its first or last character where it stands alone: 布 of 遮光布. */
function hitName(text: string, at: number, name: string): Hit | null {
  let best: Hit | null = null
  for (let j = 0; j < name.length; j++) {
    if (text.charCodeAt(at) !== name.charCodeAt(j)) continue
    const length = run(text, at, name, j)
    if (length < 2 || (best && length <= best.length)) continue
    const words = text.slice(at, at + length)
    // 「12.9的加到100箱」
    if (/^[\d.]+$/.test(words)) {
      if (POINTS.test(text.slice(at + length, at + length + 3)) && !/[\d.]/.test(text.charAt(at - 1)))
        best = { length, weight: 4 }
      continue
    }
    if (EMPTY.test(words)) continue
    const ends = j + length === name.length
    best = { length, weight: 2 * length + (ends ? 1 : 0) + (ends && j === 0 ? 4 : 0) }
  }
  if (best || name.length < 2) return best
  const short = hitShort(text, at, name) ?? hitMistyped(text, at, name)
  if (short) return short
  const char = text.charAt(at)
  const last = name.charAt(name.length - 1)
  if (char === last && text.charAt(at + 1) === '子' && isHan(char)) return { length: 2, weight: 3 }
  if ((char !== last && char !== name.charAt(0)) || !isHan(char) || COMMON.has(char)) return null
  const before = text.charAt(at - 1)
  const after = text.charAt(at + 1)
  return (before === '' || BEFORE_CHAR.has(before)) && (after === '' || AFTER_CHAR.has(after)) ? { length: 1, weight: 2 } : null
}

/** 红酒 for 干红葡萄酒: two characters of the name, the last one its last, with something left out between. */
function hitShort(text: string, at: number, name: string): Hit | null {
  const [a, b] = [text.charAt(at), text.charAt(at + 1)]
  if (b !== name.charAt(name.length - 1) || !isHan(a) || !isHan(b) || name.length < 4) return null
  const i = name.indexOf(a)
  return i >= 0 && i < name.length - 2 ? { length: 2, weight: 4 } : null
}

/** 法栏盘 for 法兰盘, 树之扣 for 树脂扣: a whole name with one character mistaken. */
function hitMistyped(text: string, at: number, name: string): Hit | null {
  if (name.length < 3 || name.length > 8 || at + name.length > text.length) return null
  let wrong = 0
  for (let i = 0; i < name.length; i++) {
    if (text.charCodeAt(at + i) === name.charCodeAt(i)) continue
    wrong++
    if (wrong > 1 || !isHan(text.charAt(at + i)) || !isHan(name.charAt(i))) return null
  }
  return { length: name.length, weight: name.length + 2 }
}

const ENDS_PART = /[\s,，、/;；()（）]/
const POINTS = /^(?:的(?!话|时候)|那[款种个批]|号|规格|款|系列)/

/** A word of the spec: M8*30, 12R of 12R22.5, 藏青; or its number where it points: the 20 of φ20 in 「20的加30吨」. */
function hitSpec(text: string, at: number, spec: string): Hit | null {
  const first = text.charAt(at)
  let j = spec.indexOf(first)
  if (j < 0) return null
  const digitBefore = /[\d.a-z]/.test(text.charAt(at - 1))
  let best: Hit | null = null
  for (; j >= 0; j = spec.indexOf(first, j + 1)) {
    const starts = j === 0 || ENDS_PART.test(spec.charAt(j - 1))
    const length = run(text, at, spec, j)
    const words = text.slice(at, at + length).trimEnd()
    const whole =
      starts && (j + length >= spec.length || ENDS_PART.test(spec.charAt(j + length)) || ENDS_PART.test(words.at(-1) ?? ''))
    const digits = /^\d+(?:\.\d+)?$/.exec(words)
    if (digits) {
      const next = spec.charAt(j + length)
      const number = !/\d/.test(spec.charAt(j - 1)) && !/[\d.]/.test(next) && !digitBefore
      if (number && POINTS.test(text.slice(at + length, at + length + 3)) && (!best || best.length < length))
        best = { length, weight: 4 }
      continue
    }
    if (words.length < 2 || (best && words.length <= best.length)) continue
    if (/[\d]/.test(words.charAt(0)) && digitBefore) continue
    if (/[\d]$/.test(words) && /^[\d]|^\.\d/.test(text.slice(at + words.length, at + words.length + 2))) continue
    // Half a word of the spec names nothing; the head of a size does (12R of 12R22.5).
    if (
      whole ||
      (starts && /^\d+(?:\.\d+)?[a-z]+$/.test(words)) ||
      (isHan(words.charAt(0)) && words.length >= 2 && isHan(words.at(-1) ?? ''))
    )
      best = { length: words.length, weight: 5 + words.length }
  }
  return best
}

/** Every item that the text names, in order; where names overlap the longer counts, and what belongs to several names none. */
export function findMentions(text: string, items: Item[]): Mention[] {
  if (items.length === 0) return []
  const said = fold(text)
  const known = items.map((item) => ({ item, name: fold(item.name), spec: fold(item.spec ?? '') }))
  const found: Mention[] = []
  // 「不锈钢那款」 of 304 and 12.9级
  const stainless = said.includes('不锈钢') && !known.some(({ name, spec }) => `${name}${spec}`.includes('不锈钢'))
  const [steel, ...more] = stainless
    ? known.filter(({ name, spec }) => /(?:^|\D)(?:201|304|316)(?!\d)/.test(`${name} ${spec}`))
    : []
  if (steel && more.length === 0) {
    const from = said.indexOf('不锈钢')
    found.push({ item: steel.item, from, to: from + 3, weight: 6, by: 'spec' })
  }
  const endsWith = (char: string) =>
    isHan(char) && !COMMON.has(char) ? known.filter(({ name }) => name.length > 1 && name.endsWith(char)) : []
  for (let at = 0; at < said.length; at++) {
    let best: Mention | null = null
    let tied = false
    for (const { item, name, spec } of known) {
      const a = name === '' ? null : hitName(said, at, name)
      const b = spec === '' ? null : hitSpec(said, at, spec)
      const hit = a && b ? (b.weight > a.weight ? b : a) : (a ?? b)
      if (!hit) continue
      const length = best ? best.to - best.from : 0
      if (!best || hit.length > length || (hit.length === length && hit.weight > best.weight)) {
        best = { item, from: at, to: at + hit.length, weight: hit.weight, by: hit === a ? 'name' : 'spec' }
        tied = false
      } else if (hit.length === length && hit.weight === best.weight) tied = true
    }
    if (!best) {
      // 桌椅 for 办公桌 and 人体工学椅
      const [a, ...moreA] = endsWith(said.charAt(at))
      const [b, ...moreB] = a ? endsWith(said.charAt(at + 1)) : []
      if (a && b && a !== b && moreA.length + moreB.length === 0) {
        found.push(
          { item: a.item, from: at, to: at + 1, weight: 3, by: 'name' },
          { item: b.item, from: at + 1, to: at + 2, weight: 3, by: 'name' },
        )
        at++
      }
      continue
    }
    if (!tied) found.push(best)
    at = best.to - 1
  }
  return found
}

/** The item that these words name most plainly; null where two are named alike. */
export function plainest(mentions: Mention[]): Item | null {
  let best: Item | null = null
  let top = 0
  let tie = false
  const weights = new Map<Item, number>()
  for (const { item, weight } of mentions) weights.set(item, (weights.get(item) ?? 0) + weight)
  for (const [item, weight] of weights) {
    if (weight > top) {
      top = weight
      best = item
      tie = false
    } else if (weight === top) tie = true
  }
  return tie ? null : best
}
