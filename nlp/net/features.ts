import type { Day } from '../entities/calendar.js'
import type { Entity } from '../entities/entity.js'
import { extractEntities } from '../entities/extract.js'

/** What a value is, not which: so that 300套 and 两百来箱 look alike. One character each, for the n-grams. */
export const MASK: Record<Entity['kind'], string> = {
  date: '⑴',
  duration: '⑵',
  amount: '⑶',
  quantity: '⑷',
  number: '⑸',
  percent: '⑹',
  spec: '⑺',
  payment: '⑻',
}

const code = (char: string) => char.charCodeAt(0)
const [BEGIN, END, PAUSE, ASKS] = [code('^'), code('$'), code('，'), code('？')]
const PAUSES = new Set([...' \t\n\r\f\v\u00a0\u3000\ufeff，。！；、：,.!;:~…-"“”\'‘’()（）【】[]'].map(code))

/**
 * The text as the nets see it, sign by sign between its two ends: values masked, without spaces, each pause one sign, and each
 * run of question marks another.
 */
export function signsOf(text: string, entities: Entity[]): number[] {
  const out = [BEGIN]
  let e = 0
  for (let at = 0; at < text.length; ) {
    while (e < entities.length && ((entities[e] as Entity).to <= at || isArticle(entities[e] as Entity))) e++
    const entity = entities[e]
    if (entity && entity.from === at) {
      out.push(code(MASK[entity.kind]))
      at = entity.to
      continue
    }
    const sign = text.charCodeAt(at++)
    const last = out[out.length - 1]
    if (sign === 63 || sign === ASKS) {
      if (last !== ASKS) out.push(ASKS)
    } else if (PAUSES.has(sign)) {
      if (last !== PAUSE && out.length > 1) out.push(PAUSE)
    } else out.push(sign >= 65 && sign <= 90 ? sign + 32 : sign)
  }
  if (out.length > 1 && out[out.length - 1] === PAUSE) out.pop()
  out.push(END)
  return out
}
const isArticle = (e: Entity) => e.kind === 'quantity' && e.article

/**
 * Everything that the nets see of a normalized text: single signs and pairs of them, each counted once, with both ends marked:
 * the tokenizer and stemmer of our nets.
 */
export function bagOf(text: string, today: Day, entities = extractEntities(text, today)): Record<string, number> {
  const bag: Record<string, number> = {}
  const signs = signsOf(text, entities)
  for (let i = 0; i < signs.length - 1; i++) {
    const sign = String.fromCharCode(signs[i] as number)
    if (i > 0) bag[sign] = 1
    bag[sign + String.fromCharCode(signs[i + 1] as number)] = 1
  }
  return bag
}
