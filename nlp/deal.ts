import type { Deal, Item } from './finding.js'

/** 「200 套」 */
export const formatQuantity = (qty: number, unit: string | null): string =>
  `${Number.isInteger(qty) ? qty : Math.round(qty * 1000) / 1000}${unit ? ` ${unit}` : ''}`

/** Yuan as a plain number: 「80000」, 「12.5」. */
export const formatMoney = (yuan: number): string => String(Math.round(yuan * 1e6) / 1e6)

/** Length of the longest run of characters that both hold; runs that end the name weigh more, as 「钢板」 for 「锁定钢板」. */
function overlap(text: string, name: string): number {
  let best = 0
  for (let from = 0; from < name.length; from++) {
    for (let to = name.length; to - from > best; to--) {
      const part = name.slice(from, to).trim()
      if (part.length >= 2 && text.includes(part)) {
        best = Math.max(best, part.length + (to === name.length ? 0.5 : 0))
        break
      }
    }
  }
  return best
}

const squeeze = (text: string) => text.replace(/[\s×x*]/gi, (c) => (c === ' ' ? '' : '*'))

/** 碗 for 纸碗, 膜 for 缠绕膜: the last character of one name alone, where it stands as a word. */
function namesHead(text: string, name: string, items: Item[]): boolean {
  const head = name.slice(-1)
  if (name.length < 2 || !text.includes(head) || !/[一-龥]/.test(head) || COMMON.has(head)) return false
  if (items.filter((i) => i.name.includes(head)).length > 1) return false
  let alone = HEADS.get(head)
  if (!alone) {
    alone = new RegExp(
      `(?:^|[，,。\\s的那这个把和跟与及]|还有|另外|先|就|你)${head}(?=$|[，,。\\s的这那就也都要再多少加减改换不先还给你我只按照可以能]|\\d)`,
    )
    HEADS.set(head, alone)
  }
  return alone.test(text)
}
const HEADS = new Map<string, RegExp>()
/** Characters that end names and stand in many other words. */
const COMMON = new Set('件品机器具料子头包装务统车单位费口面条理版'.split(''))

/** The item of the deal that these words name, if they name one clearly. */
export function findItem(text: string, items: Item[]): Item | null {
  if (items.length === 0) return null
  const asked = FOUND.get(items) ?? new Map<string, Item | null>()
  FOUND.set(items, asked)
  const known = asked.get(text)
  if (known !== undefined) return known
  const found = searchItem(text, items)
  asked.set(text, found)
  return found
}

/** The same clause is asked about by several readers. */
const FOUND = new WeakMap<Item[], Map<string, Item | null>>()

function searchItem(text: string, items: Item[]): Item | null {
  let best: Item | null = null
  let top = 0
  let tie = false
  for (const item of items) {
    if (item.name === '') continue
    const name = text.includes(item.name) ? item.name.length + 2 : overlap(text, item.name)
    // 椅子 for 办公椅, 桌子 for 会议桌
    const short = item.name.length > 1 && text.includes(`${item.name.slice(-1)}子`) ? 2 : 0
    const head = name === 0 && short === 0 && namesHead(text, item.name, items) ? 1.5 : 0
    const spec = item.spec !== null && item.spec !== '' && squeeze(text).includes(squeeze(item.spec)) ? 3 : 0
    const score = Math.max(name, short, head) + spec
    if (score > top) {
      top = score
      best = item
      tie = false
    } else if (score === top && score > 0) tie = true
  }
  return top >= 1.5 && !tie ? best : null
}

export const emptyDeal: Deal = { items: [], delivery: null, budget: null, terms: null }
