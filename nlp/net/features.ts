import type { Day } from '../entities/calendar.js'
import type { Entity } from '../entities/entity.js'
import { extractEntities } from '../entities/extract.js'

/** What a value is, not which: so that 300套 and 两百来箱 look alike. One character each, for the n-grams. */
const MASK: Record<Entity['kind'], string> = {
  date: '⑴',
  duration: '⑵',
  amount: '⑶',
  quantity: '⑷',
  number: '⑸',
  percent: '⑹',
  spec: '⑺',
  payment: '⑻',
}

/** The text with its values masked, without spaces, punctuation folded to one sign. */
function mask(text: string, today: Day, entities = extractEntities(text, today)): string {
  let out = ''
  let at = 0
  for (const e of entities) {
    if (e.kind === 'quantity' && e.article) continue
    out += text.slice(at, e.from) + MASK[e.kind]
    at = e.to
  }
  out += text.slice(at)
  return out
    .toLowerCase()
    .replace(/[?？]+/g, '？')
    .replace(/[\s，。！；、：,.!;:~…\-"“”'‘’()（）【】[\]]+/g, '，')
    .replace(/^，|，$/g, '')
}

/** Single characters and pairs of a masked text, each counted once, with both ends marked: the tokenizer and stemmer of our nets. */
function addGrams(bag: Record<string, number>, masked: string): void {
  const text = `^${masked}$`
  for (let i = 0; i < text.length; i++) {
    if (i > 0 && i < text.length - 1) bag[text.charAt(i)] = 1
    if (i < text.length - 1) bag[text.slice(i, i + 2)] = 1
  }
}

/** Everything that the nets see of a normalized text. */
export function bagOf(text: string, today: Day, entities?: Entity[]): Record<string, number> {
  const bag: Record<string, number> = {}
  addGrams(bag, mask(text, today, entities))
  return bag
}
