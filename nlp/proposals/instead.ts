import { formatQuantity } from '../deal.js'
import { UNIT_PATTERN } from '../entities/units.js'
import type { Item, Slot } from '../finding.js'
import { matches } from '../matches.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import { itemAt } from './items.js'
import { ALL } from './several.js'
import { specBefore, stands } from './spec.js'

/** A size as it is said: 0805, 1.8, 70克, M8*30, 8核16G. */
const SIZE = String.raw`[A-Za-zφΦ]{0,3}\d[A-Za-z\d.*×xX/+-]*(?:核\d+[gG])?(?:毫米|厘米|公分|公斤|毫升|英寸|[米吨克寸升瓦伏码匹度孔目号分天人])?`
/** What may stand between what is and what shall be: 「6061强度不够，改7075」. */
const OFF = String.raw`(?:的|那[种个款]|材质|厚度?|规格)?(?:[一-龥]{0,4}(?:不够|不行|太[^，,]{1,2}|不用了?|不要了?|弄错了?)[，,\s]?)?(?:都|全部?|给我们?|帮我们?|就|得|要|也|统一|想|能不能|可以)*`
const MOVE = '(?:改[成为到用做]?|换[成为到用做]?|变[成为]|调[到成]|升[到级成]{0,2}|降[到成]|[加减]到|→|->|=>)'
const PAIR = new RegExp(`(?<![\\dA-Za-z.])(?<a>${SIZE})${OFF}\\s?${MOVE}\\s?(?<b>${SIZE})`, 'g')

const fold = (words: string) => words.toLowerCase().replaceAll('×', '*').replace(/\s+/g, ' ')

/** Whether a size is one of those that the spec holds: 1.8 of 「1.8米」, 0805 of 「0805 25V」, 120 of 「φ120」. */
function holds(spec: string, size: string): boolean {
  for (let at = spec.indexOf(size); at >= 0; at = spec.indexOf(size, at + 1)) {
    const before = spec.charAt(at - 1)
    const after = spec.charAt(at + size.length)
    if (!/[\d.]/.test(before) && !/[\d.]/.test(after)) return true
  }
  return false
}

/**
 * 「0805改1206」「手套7.5→7」「70克换80克」: what is replaced stands in the spec of an item, so that this is another size of that
 * item and neither a number of it nor another item's.
 */
export const readInstead: Reader = (scene, clause) => {
  if (!scene.agreed) return []
  const out: Proposal[] = []
  // The old size may stand in the clause before: 「支架6061强度不够，改7075」.
  const start = scene.clauses[scene.clauses.findIndex((one) => one.to >= clause.to) - 1]?.from ?? clause.from
  for (const match of matches(PAIR, scene.text.slice(start, clause.to))) {
    const { a = '', b = '' } = match.groups ?? {}
    const from = start + match.index
    const to = from + match[0].length
    if (to <= clause.from) continue
    const rest = scene.text.slice(to, clause.to)
    const counted = countedIn(scene, a, b, rest)
    if (counted) {
      out.push({ ...counted.slot, from, to: to + counted.tail, clause, strength: 0.97, same: false, outright: true })
      continue
    }
    // 「60Ah加到120块」 counts what the size names.
    if (UNIT.test(rest) && !UNIT.test(scene.text.slice(from + a.length))) continue
    const item = itemWith(scene, clause, { from, to: from + a.length }, a)
    if (item === null) continue
    const after = scene.raw.slice(to - b.length, to)
    const before = specBefore(item, '', after)
    const same = stands(before, after)
    out.push({ field: 'spec', item: item.name || null, before, after, from, to, clause, strength: 0.97, same, outright: true })
  }
  return out
}

const UNIT = new RegExp(`^\\s?(?:${UNIT_PATTERN})(?![的厚宽长高])`)

/** 「培训3天改2天」「5000改3000」: what is replaced is how many are ordered of one item. */
function countedIn(scene: Scene, a: string, b: string, rest: string): Counted | null {
  const [was, is] = [NUMBER.exec(a), NUMBER.exec(b)]
  if (!was || !is) return null
  const of = scene.deal.items.filter(
    ({ qty, unit }) =>
      qty === Number(was[1]) &&
      unit !== null &&
      (was[2] === unit || (was[2] === '' && (is[2] === unit || rest.startsWith(unit)))),
  )
  const [item] = of
  if (!item || of.length > 1 || item.unit === null || (is[2] !== '' && is[2] !== item.unit)) return null
  const before = formatQuantity(item.qty ?? 0, item.unit)
  const after = formatQuantity(Number(is[1]), item.unit)
  const tail = is[2] === '' && rest.startsWith(item.unit) ? item.unit.length : 0
  return { slot: { field: 'quantity', item: item.name || null, before, after }, tail }
}
type Counted = { slot: Slot; tail: number }
const NUMBER = /^(\d+(?:\.\d+)?)([^\d]*)$/

function itemWith(scene: Scene, clause: Proposal['clause'], at: { from: number; to: number }, size: string): Item | null {
  const said = fold(size)
  const counts = ({ qty, unit }: Item) => qty !== null && said === fold(`${qty}${unit ?? ''}`)
  const alike = scene.deal.items.filter((item) => !counts(item) && item.spec !== null && holds(fold(item.spec), said))
  if (alike.length <= 1) return alike[0] ?? null
  const named = itemAt(scene, clause, at)
  if (named !== null && alike.includes(named)) return named
  return ALL.test(scene.text) ? (alike[0] ?? null) : null
}
