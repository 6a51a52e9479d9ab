import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Actor } from '../person/actor.js'
import { mayEditProducts } from '../product/may-edit-products.js'
import { maySeeMargin } from './may-see-margin.js'
import { type BookList, type BookPage, type BookPriceView, type BookView, priceSteps, rebates } from './price.contract.js'

const counted = { _count: { select: { prices: true } } } satisfies Prisma.PriceBookInclude
type Row = Prisma.PriceBookGetPayload<{ include: typeof counted }>
const named = {
  product: { select: { code: true, name: true, spec: true, unit: true, price: true } },
} satisfies Prisma.BookPriceInclude
type PriceRow = Prisma.BookPriceGetPayload<{ include: typeof named }>
const PAGE = 50

/** Every book, those that count today in front, and the tiers that there are. */
export async function listBooks(db: Reader, actor: Actor, now: Date): Promise<BookList> {
  const [rows, customers] = await Promise.all([
    db.priceBook.findMany({ include: counted, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    db.customer.findMany({ where: { tier: { not: null } }, distinct: ['tier'], select: { tier: true } }),
  ])
  const books = rows.map((row) => viewBook(row, actor, now))
  const rank = ({ inForce, stopped }: BookView) => (inForce ? 0 : stopped ? 2 : 1)
  const tiers = new Set([...customers.map(({ tier }) => tier ?? ''), ...rows.flatMap((row) => row.tiers)])
  return {
    books: books.sort((a, b) => rank(a) - rank(b)),
    tiers: [...tiers].filter(Boolean).sort(),
    mayEdit: mayEditProducts(actor),
  }
}

type Asked = { id: string; from: number; query: string; now: Date }

/** A book and a page of the products that it names. `from`: how many to pass over. */
export async function getBookPage(db: Reader, actor: Actor, { id, from, query, now }: Asked): Promise<BookPage> {
  const book = await getBook(db, actor, { id, now })
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const rows = await db.bookPrice.findMany({
    where: { bookId: id, AND: words.map((word) => ({ product: { search: { contains: word } } })) },
    include: named,
    orderBy: [{ product: { name: 'asc' } }, { productId: 'asc' }],
    skip: from,
    take: PAGE + 1,
  })
  const prices = rows.slice(0, PAGE).map((row) => viewPrice(row, actor))
  return { book, prices, next: rows.length > PAGE ? from + PAGE : null, mayEdit: mayEditProducts(actor) }
}

export async function getBook(db: Reader, actor: Actor, { id, now }: { id: string; now: Date }): Promise<BookView> {
  const row = await db.priceBook.findUnique({ where: { id }, include: counted })
  if (!row) throw new Refused('no-book', '没有这张价格表', 404)
  return viewBook(row, actor, now)
}

/** One product in a book. */
export async function getBookPrice(
  db: Reader,
  actor: Actor,
  { bookId, productId }: { bookId: string; productId: string },
): Promise<BookPriceView> {
  const row = await db.bookPrice.findUniqueOrThrow({ where: { bookId_productId: { bookId, productId } }, include: named })
  return viewPrice(row, actor)
}

const viewPrice = ({ product, ...row }: PriceRow, actor: Actor): BookPriceView => ({
  productId: row.productId,
  ...{ code: product.code, name: product.name, spec: product.spec, unit: product.unit },
  listPrice: product.price?.toFixed() ?? null,
  price: row.price?.toFixed() ?? null,
  steps: priceSteps.safeParse(row.steps).data ?? [],
  marginBp: maySeeMargin(actor) ? row.marginBp : null,
})

const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null

function viewBook(row: Row, actor: Actor, now: Date): BookView {
  const today = shanghaiDay(now)
  const [validFrom, validUntil] = [dayOf(row.validFrom), dayOf(row.validUntil)]
  return {
    ...{ id: row.id, name: row.name, tiers: row.tiers, validFrom, validUntil, discountBp: row.discountBp, version: row.version },
    marginBp: maySeeMargin(actor) ? row.marginBp : null,
    rebates: rebates.safeParse(row.rebates).data ?? [],
    products: row._count.prices,
    inForce: !row.stoppedAt && (!validFrom || validFrom <= today) && (!validUntil || validUntil >= today),
    stopped: row.stoppedAt !== null,
    updatedAt: row.updatedAt.toISOString(),
  }
}
