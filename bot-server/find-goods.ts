import * as z from 'zod'
import { keepOffer } from '../domain/bot/offer.js'
import type { ProductBrief } from '../domain/product/product.contract.js'
import { searchProducts } from '../domain/product/search-products.js'
import { plainOf } from '../domain/product/search-text.js'
import { briefsOf } from '../domain/product/view-product.js'
import type { Ordered, OrderedLine } from '../domain/quote/draft-order.js'
import type { Reader } from '../lib/db.js'
import { formatDecimal } from '../lib/format/amount.js'
import { isSameUnit } from '../nlp/entities/units.js'
import type { Order } from '../nlp/order.js'
import type { Asked, PersonCtx } from './define.js'

/** More than these are no choice but a list. */
const MOST_OFFERED = 5
const FREE = 'free'

/** What was said, between two questions: `productId` of a line once it is known which, «free» where it is none of ours. */
const keptOrder = z.object({
  lines: z.array(
    z.object({
      ...{ name: z.string(), qty: z.nullable(z.string()), unit: z.nullable(z.string()), price: z.nullable(z.string()) },
      ...{ gift: z.boolean(), productId: z.optional(z.string()) },
    }),
  ),
  tax: z.nullable(z.object({ included: z.boolean(), rateBp: z.nullable(z.number()) })),
  freight: z.nullable(z.enum(['included', 'collect'])),
  ...{ payment: z.nullable(z.string()), delivery: z.nullable(z.string()), unread: z.array(z.string()) },
})
type KeptOrder = z.infer<typeof keptOrder>

/** The rest of an option as this file wrote it; null for what a person said. */
export function readKept(rest: string): KeptOrder | null {
  if (!rest.startsWith('{')) return null
  try {
    return keptOrder.safeParse(JSON.parse(rest)).data ?? null
  } catch {
    return null
  }
}

type Doubt = { index: number; name: string; hits: ProductBrief[] }

/** The products that are meant, or the first name that fits several. What fits none is quoted in the words that were said. */
export async function findGoods(db: Reader, order: KeptOrder | Order): Promise<Ordered | { doubt: Doubt }> {
  const lines: OrderedLine[] = []
  for (const [index, line] of (order as KeptOrder).lines.entries()) {
    const found = await findProduct(db, line)
    if (Array.isArray(found)) return { doubt: { index, name: line.name, hits: found } }
    const otherUnit = found !== null && line.unit !== null && !isSameUnit(line.unit, found.unit)
    lines.push({ ...line, product: found, otherUnit })
  }
  const { tax, freight, payment, delivery } = order
  return { lines, tax, freight, payment, delivery }
}

async function findProduct(
  db: Reader,
  { name, productId }: KeptOrder['lines'][number],
): Promise<ProductBrief | ProductBrief[] | null> {
  if (productId === FREE) return null
  if (productId) return (await briefsOf(db, [productId]))[0] ?? null
  const hits = await searchProducts(db, { query: name, take: MOST_OFFERED + 1 })
  const [only, ...others] = hits
  if (!only || others.length === 0) return only ?? null
  const said = plainOf(name)
  const called = hits.filter((one) => [one.code, `${one.name}${one.spec ?? ''}`].some((words) => plainOf(words ?? '') === said))
  return called.length === 1 ? (called[0] ?? null) : hits
}

/** «Which of these?»: the number that comes back goes on where this was asked. */
export async function offerGoods(ctx: PersonCtx, customer: Asked, { order, doubt }: { order: KeptOrder | Order; doubt: Doubt }) {
  const shown = doubt.hits.slice(0, MOST_OFFERED)
  const restWith = (productId: string) =>
    JSON.stringify({ ...order, lines: order.lines.map((line, i) => (i === doubt.index ? { ...line, productId } : line)) })
  const options = [...shown.map(({ id }) => id), FREE].map((id) => ({
    ...{ command: 'quote', customerIds: [customer.id], rest: restWith(id) },
  }))
  await keepOffer(ctx.work, ctx.actor.personId, { kind: 'choice', options })
  await ctx.say(
    [
      `「${doubt.name}」有好几种，是哪一种？`,
      ...shown.map((one, i) => `${i + 1}. ${sayProduct(one)}`),
      `${options.length}. 都不是，先按「${doubt.name}」记`,
      ...(doubt.hits.length > shown.length ? ['还有别的没列出来，规格说全一点就能找到。'] : []),
      `回复 1 到 ${options.length}。`,
    ].join('\n'),
  )
}

const sayProduct = ({ name, spec, unit, price }: ProductBrief): string =>
  [name, spec, price ? `${formatDecimal(price, 2)} 元/${unit}` : `按${unit}，价格面议`].filter(Boolean).join(' · ')
