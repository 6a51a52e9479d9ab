import type { Prisma, Reader } from '../../lib/db.js'
import { atMinute } from '../../lib/working-days.js'
import { timeBetween } from '../../lib/working-time.js'
import { addDays } from '../leak/clock-days.js'
import type { Calm } from '../reminders/calm.contract.js'
import { calendarOf } from '../reminders/calm.js'
import type { HeatReport } from './heat.contract.js'
import { productOf } from './product-of.js'

const MINUTE_MS = 60_000

type Span = { days: string[]; calm: Calm; owner: Prisma.PersonWhereInput }

/** 报价用时 by product: of the quotes first sent on these days of which we know when they were asked for. */
export async function findTook(db: Reader, { days, calm, owner }: Span): Promise<HeatReport['took']> {
  const quotes = await db.quote.findMany({
    where: {
      owner,
      requestedAt: { not: null },
      firstSentAt: { gte: atMinute(days[0] as string, 0), lt: atMinute(addDays(days.at(-1) as string, 1), 0) },
    },
    select: {
      ...{ requestedAt: true, firstSentAt: true },
      versions: { where: { version: 1 }, select: { content: true } },
    },
  })
  const products = await productOf(
    db,
    quotes.map(({ versions }) => versions[0]?.content ?? null),
  )
  const by = new Map<string, number[]>()
  for (const [i, { requestedAt, firstSentAt }] of quotes.entries()) {
    if (!requestedAt || !firstSentAt) continue
    const minutes = Math.round(timeBetween(requestedAt, firstSentAt, 'working-days', calendarOf(calm)) / MINUTE_MS)
    const label = products[i] ?? '没写产品线'
    by.set(label, [...(by.get(label) ?? []), minutes])
  }
  return [...by]
    .map(([label, took]) => ({ label, quotes: took.length, minutes: middle(took) }))
    .sort((a, b) => b.minutes - a.minutes || a.label.localeCompare(b.label, 'zh'))
}

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return Math.round(((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2)
}
