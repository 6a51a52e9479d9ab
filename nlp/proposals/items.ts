import type { Clause } from '../clauses.js'
import { findItem } from '../deal.js'
import type { AmountEntity, BareEntity } from '../entities/entity.js'
import type { Item } from '../finding.js'
import type { Scene } from '../scene.js'
import { findShape, shapeOf } from './spec-shape.js'

/** The item that a clause speaks of: named in it, the only one, the one with such a size, or the last one named before. */
export function itemOf(scene: Scene, clause: Clause, size?: string): Item | null {
  const { items } = scene.deal
  if (items.length <= 1) return items[0] ?? null
  const named = findItem(clause.text, items)
  if (named) return named
  const shape = size === undefined ? null : shapeOf(size)
  if (shape !== null) {
    const alike = items.filter((item) => findShape(item.spec ?? '', shape) !== null || findShape(item.name, shape) !== null)
    if (alike.length === 1) return alike[0] ?? null
  }
  for (const earlier of scene.clauses.filter((c) => c.to <= clause.from).reverse()) {
    const found = findItem(earlier.text, items)
    if (found) return found
  }
  return scene.mentioned
}

/** A unit that the deal counts nothing in, but that a size of the deal is written with: the 米 of a table 2.4米 long. */
export const isSize = (unit: string, scene: Scene): boolean =>
  scene.deal.items.every((item) => item.unit !== unit) &&
  scene.deal.items.some((item) => item.spec && /\d/.test(item.spec) && spelt(unit).some((u) => item.spec?.includes(u)))

const SAME_UNIT = [
  ['克', 'g'],
  ['公斤', '千克', 'kg', 'KG', 'Kg'],
  ['升', 'L'],
  ['毫升', 'ml'],
  ['米', 'm'],
  ['厘米', 'cm'],
  ['毫米', 'mm'],
]
const spelt = (unit: string) => SAME_UNIT.find((units) => units.includes(unit)) ?? [unit]

/** 「盖子再来3万」: a large number without a sign of money counts what the clause names. */
export function asCount(scene: Scene, clause: Clause, e: AmountEntity): BareEntity | null {
  if (e.signed || e.per !== null || e.bound !== 'none' || /价|预算|费|钱|款|贵|便宜|付|总/.test(clause.text)) return null
  const item = findItem(clause.text, scene.deal.items)
  if (!item || item.qty === null || e.value > item.qty * 10 || e.value < item.qty / 10) return null
  const { from, to, value, max, approximate } = e
  return { kind: 'number', from, to, value, max, approximate }
}
