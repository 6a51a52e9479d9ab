import type { Prisma, Reader } from '../../../lib/db.js'

const include = {
  customer: { select: { name: true } },
  contact: { select: { name: true } },
} satisfies Prisma.QuoteInclude

/** Of one version, what a card or a reminder about it says. */
export async function findQuoteFacts(db: Reader, versionId: string) {
  const version = await db.quoteVersion.findUnique({ where: { id: versionId }, include: { quote: { include } } })
  if (!version) return null
  const { quote } = version
  const newest = await db.quoteVersion.count({ where: { quoteId: quote.id, version: { gt: version.version } } })
  return {
    quote,
    version,
    customer: quote.customer.name,
    /** Who it went to, where one is named. */
    contact: quote.contact?.name ?? null,
    label: `报价 ${quote.number} v${version.version}`,
    totalFen: version.totalFen,
    isNewest: newest === 0,
    page: quotePage(quote.id),
  }
}
export type QuoteFacts = NonNullable<Awaited<ReturnType<typeof findQuoteFacts>>>

export const quotePage = (quoteId: string) => `/h5/quote/${quoteId}`
