import * as z from 'zod/mini'
import type { Reader } from '../../lib/db.js'
import type { ProductInput } from '../product/product.contract.js'
import { plainOf } from '../product/search-text.js'
import { param } from '../quote/quote.contract.js'

export type KnownProduct = ProductInput & { id: string }
const paramList = z.array(param)
type Named = { code: string | null; name: string; spec: string | null }

/** Name and spec as they are compared. */
export const keyOf = ({ name, spec }: { name: string; spec: string | null }): string => `${plainOf(name)}\n${plainOf(spec ?? '')}`

/** Finds which product of ours a line means. 'several': nobody can say which. Null: none. */
export type Match = (named: Named) => KnownProduct | 'several' | null

/**
 * Everything that lines with these codes and names may mean. A code is sure; without one it is who has that name and spec, and a
 * line with a code that we don't know may mean a product that has none yet.
 */
export async function findKnownProducts(db: Reader, lines: Named[]): Promise<Match> {
  const codes = [...new Set(lines.flatMap(({ code }) => code ?? []))]
  const names = [...new Set(lines.map(({ name }) => plainOf(name)).filter(Boolean))]
  // The first line of `search` is the name as it is compared.
  const rows = await db.$queryRaw<(Omit<KnownProduct, 'taxBp'> & { taxBp: number })[]>`
    SELECT id, code, name, spec, unit, line, nicknames, trim_scale(price)::text AS price, trim_scale(cost)::text AS cost,
      tax_bp AS "taxBp", trim_scale(stock)::text AS stock, params
    FROM product WHERE code IN (SELECT unnest(${codes}::text[]))
      OR split_part(search, E'\\n', 2) IN (SELECT unnest(${names}::text[]))
    ORDER BY created_at, id`
  const known = rows.map((row) => ({ ...row, params: paramList.parse(row.params) }))
  const byCode = new Map(known.flatMap((one) => (one.code ? [[one.code, one] as const] : [])))
  const byKey = groupBy(known, keyOf)
  return (named) => {
    if (named.code && byCode.has(named.code)) return byCode.get(named.code) ?? null
    if (!named.name) return null
    const same = byKey.get(keyOf(named)) ?? []
    const free = named.code ? same.filter((one) => one.code === null) : same
    return free.length > 1 ? 'several' : (free[0] ?? null)
  }
}

export function groupBy<T>(all: T[], keyOfOne: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOfOne(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
