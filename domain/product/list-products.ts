import type { Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { mayEditProducts } from './may-edit-products.js'
import type { ProductList } from './product.contract.js'
import { searchProducts } from './search-products.js'

const PAGE = 40

type Asked = { query: string; from: number; stopped: boolean; line: string | null }

/** 产品目录, a page at a time. */
export async function listProducts(db: Reader, actor: Actor, asked: Asked): Promise<ProductList> {
  const found = await searchProducts(db, { ...asked, take: PAGE + 1 })
  const lines = await db.product.findMany({
    where: { line: { not: null }, stoppedAt: null },
    distinct: ['line'],
    select: { line: true },
    orderBy: { line: 'asc' },
  })
  return {
    products: found.slice(0, PAGE),
    next: found.length > PAGE ? asked.from + PAGE : null,
    lines: lines.flatMap(({ line }) => line ?? []),
    mayEdit: mayEditProducts(actor),
  }
}
