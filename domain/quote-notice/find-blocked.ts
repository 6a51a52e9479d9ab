import type { Reader } from '../../lib/db.js'
import type { Blocked } from './blocked.contract.js'

const DAY_MS = 24 * 3_600_000
const SPAN_MS = 7 * DAY_MS
/** So many are no coincidence. */
const MANY = 5

/**
 * Whether the platform may be stopping our links: of the last week's versions that were put into chats at least a day ago there
 * are five or more, to three customers or more, and nobody opened any quote since the first of them. Null: no sign of it.
 */
export async function findBlocked(db: Reader, now: Date): Promise<Blocked | null> {
  const given = await db.quoteVersion.findMany({
    where: {
      givenAt: { gt: new Date(now.getTime() - SPAN_MS), lte: new Date(now.getTime() - DAY_MS) },
      withdrawnAt: null,
    },
    select: { givenAt: true, openedAt: true, quote: { select: { customerId: true } } },
    orderBy: { givenAt: 'asc' },
  })
  const customers = new Set(given.map(({ quote }) => quote.customerId))
  const since = given[0]?.givenAt
  if (!since || given.length < MANY || customers.size < 3 || given.some(({ openedAt }) => openedAt)) return null
  const opened = await db.quoteVisit.count({ where: { openedAt: { gte: since, lte: now } } })
  return opened === 0 ? { given: given.length } : null
}

export const blockedWords = ({ given }: Blocked): string => `最近 ${given} 份报价发出去都没人打开，链接可能被微信拦截`
