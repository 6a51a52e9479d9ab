import type { Reader } from '../../lib/db.js'

type Line = { productId?: string | null; name?: string; gift?: boolean }

/** What a quote is mostly of: the product line of its first line that is no gift, else that product's name. Null: no quote. */
export async function productOf(db: Reader, contents: unknown[]): Promise<(string | null)[]> {
  const firsts = contents.map(firstLine)
  const ids = [...new Set(firsts.flatMap((line) => line?.productId ?? []))]
  const products = await db.product.findMany({ where: { id: { in: ids } }, select: { id: true, line: true, name: true } })
  const known = new Map(products.map(({ id, line, name }) => [id, line ?? name]))
  return firsts.map((line) => (line ? ((line.productId && known.get(line.productId)) ?? line.name ?? null) : null))
}

function firstLine(content: unknown): Line | null {
  const lines = (content as { lines?: Line[] } | null)?.lines ?? []
  return lines.find((line) => !line.gift) ?? lines[0] ?? null
}
