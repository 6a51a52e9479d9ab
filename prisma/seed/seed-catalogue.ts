import { readFileSync } from 'node:fs'
import { bookInput, bookPriceInput } from '../../domain/price/price.contract.js'
import { productInput } from '../../domain/product/product.contract.js'
import { searchTextOf } from '../../domain/product/search-text.js'
import { defaultQuotePolicy } from '../../domain/rule/quote-policy.contract.js'
import { setRule } from '../../domain/rule/rule.js'
import type { Work } from '../../domain/work.js'
import { newId } from '../../lib/ids.js'
import { pictureSize } from '../../lib/picture-size.js'

export type DemoCatalogue = {
  /** With two files in `pictures/`, called by the code. */
  products: ({ code: string; params: Record<string, string> } & Record<string, unknown>)[]
  books: ({ name: string; prices: ({ code: string } & Record<string, unknown>)[] } & Record<string, unknown>)[]
  customers: { company: string; tier: string; region: string; creditFen: number }[]
  risks: { code: string; by: string; daysAgo: number; words: string }[]
  /** 公司电话, for customers to call. */
  phone: string
}

const DAY_MS = 24 * 3_600_000

/** What the demo organisation sells, at which prices, and to whom on which terms; every value as the screens would take it. */
export async function seedCatalogue(work: Work, catalogue: DemoCatalogue): Promise<void> {
  const { tx, now } = work
  const idOf = new Map(catalogue.products.map(({ code }) => [code, newId()]))
  for (const { params, ...rest } of catalogue.products) {
    const written = Object.entries(params).map(([name, value]) => ({ name, value }))
    const input = productInput.parse({ taxBp: 1300, ...rest, params: written })
    const id = idOf.get(rest.code) as string
    const stockAt = input.stock === null ? null : now
    await tx.product.create({ data: { id, ...input, search: searchTextOf(input), stockAt, createdAt: now, updatedAt: now } })
    const [data, small] = [readPicture(rest.code, ''), readPicture(rest.code, '-small')]
    const size = pictureSize(data)
    if (!size) throw new Error(`the picture of ${rest.code} can't be read`)
    await tx.productPicture.create({ data: { id: newId(), productId: id, position: 0, type: 'image/png', ...size, data, small } })
  }
  for (const { prices, ...rest } of catalogue.books) {
    const bookId = newId()
    const book = bookInput.parse({ validFrom: null, validUntil: null, ...rest })
    await tx.priceBook.create({ data: { id: bookId, ...book, createdAt: now, updatedAt: now } })
    const rows = prices.map(({ code, ...said }) => bookPriceInput.parse({ marginBp: null, ...said, productId: idOf.get(code) }))
    await tx.bookPrice.createMany({ data: rows.map((row) => ({ bookId, ...row })) })
  }
  for (const { company, creditFen, ...terms } of catalogue.customers)
    await tx.customer.updateMany({ where: { name: company }, data: { ...terms, creditFen: BigInt(creditFen) } })
  await setRule(work, { name: 'quotePolicy', value: { ...defaultQuotePolicy, phone: catalogue.phone }, by: 'system' })
  for (const { code, by, daysAgo, words } of catalogue.risks) {
    // Another world may be played in, with other people.
    const opener = await tx.person.findFirst({ where: { name: by }, select: { id: true } })
    const opened = { words, productId: idOf.get(code) ?? null, openedAt: new Date(now.getTime() - daysAgo * DAY_MS) }
    if (opener) await tx.techRisk.create({ data: { id: newId(), ...opened, openedById: opener.id } })
  }
}

const readPicture = (code: string, suffix: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`./pictures/${code.toLowerCase()}${suffix}.png`, import.meta.url)))
