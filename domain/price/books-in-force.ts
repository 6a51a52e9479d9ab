import type { Reader } from '../../lib/db.js'
import { rebates as rebatesSchema } from './price.contract.js'

export type Book = Awaited<ReturnType<typeof booksInForce>>[number]

/**
 * The books that count for customers of a tier on a day (ISO, Shanghai), the one that is asked first in front: those of their own
 * tier, then those for everybody; of several the one that began last, because a price list for a season comes over the standing one.
 */
export async function booksInForce(db: Reader, tier: string | null, day: string) {
  const at = new Date(`${day}T00:00:00Z`)
  const books = await db.priceBook.findMany({
    where: {
      stoppedAt: null,
      AND: [
        { OR: [{ validFrom: null }, { validFrom: { lte: at } }] },
        { OR: [{ validUntil: null }, { validUntil: { gte: at } }] },
      ],
    },
    orderBy: [{ validFrom: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }, { id: 'desc' }],
  })
  const read = books.map(({ rebates, validUntil, ...book }) => ({
    ...book,
    rebates: rebatesSchema.safeParse(rebates).data ?? [],
    validUntil: validUntil?.toISOString().slice(0, 10) ?? null,
  }))
  const own = tier === null ? [] : read.filter(({ tiers }) => tiers.some((one) => isSameTier(one, tier)))
  return [...own, ...read.filter(({ tiers }) => tiers.length === 0)]
}

/** 「vip」 is 「VIP」. */
export const isSameTier = (a: string, b: string): boolean => a.trim().toUpperCase() === b.trim().toUpperCase()
