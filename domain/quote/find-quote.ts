import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, visibleTo } from '../person/actor.js'
import type { Work } from '../work.js'

/** A quote is seen, and written, by its owner and by whoever sees the customer. */
export function quoteVisibleTo(actor: Actor): Prisma.QuoteWhereInput {
  const seen = visibleTo(actor)
  if (Object.keys(seen).length === 0) return notDropped
  return { ...notDropped, OR: [{ ownerId: actor.personId }, { customer: seen }] }
}

/** Neither sent nor written on: it was thrown away. */
const notDropped = { NOT: { firstSentAt: null, state: 'withdrawn' as const } }

export const unknownQuote = () => new Refused('unknown-quote', '没有找到这份报价，或者它不归你', 404)

/** Throws unless the actor may write this quote. */
export async function assertQuote(db: Reader, actor: Actor, quoteId: string): Promise<void> {
  const seen = await db.quote.count({ where: { AND: [{ id: quoteId }, quoteVisibleTo(actor)] } })
  if (seen === 0) throw unknownQuote()
}

/**
 * The quote, held until the work commits: a send, a withdrawal and a customer's answer happen one after the other, and each sees
 * what the one before it did. Whoever writes a quote, its versions or its links holds it first.
 */
export async function holdQuote(work: Pick<Work, 'tx'>, actor: Actor, quoteId: string) {
  await work.tx.$queryRaw`SELECT 1 FROM quote WHERE id = ${quoteId}::uuid FOR UPDATE`
  const quote = await work.tx.quote.findFirst({
    where: { AND: [{ id: quoteId }, quoteVisibleTo(actor)] },
    include: { versions: { orderBy: { version: 'desc' }, include: { links: true } }, contract: { select: { id: true } } },
  })
  if (!quote) throw unknownQuote()
  return quote
}
export type HeldQuote = Awaited<ReturnType<typeof holdQuote>>

/** What was sent last; throws where nothing was. */
export function newestOf(quote: HeldQuote): HeldQuote['versions'][number] {
  const [newest] = quote.versions
  if (!newest) throw new Refused('not-sent', '这份报价还没有发出', 409)
  return newest
}

/** One version by its number; throws where there is none. */
export function versionOf(quote: HeldQuote, version: number): HeldQuote['versions'][number] {
  const found = quote.versions.find((one) => one.version === version)
  if (!found) throw new Refused('unknown-version', `这份报价没有 v${version}`, 404)
  return found
}

/** Everybody who has it before them looks again. */
export function touchQuote(work: Work, { id, customerId, contactId }: Pick<HeldQuote, 'id' | 'customerId' | 'contactId'>): void {
  work.touched.add(`quote:${id}`)
  work.touched.add(`customer:${customerId}`)
  if (contactId) work.touched.add(`chat:${contactId}`)
}
