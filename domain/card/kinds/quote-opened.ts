import type { Reader } from '../../../lib/db.js'
import { formatSince } from '../../../lib/format/dates.js'
import { formatMoneyShort } from '../../../lib/format/money.js'
import { sectionLabel } from '../../../lib/format/quote-sections.js'
import type { Card } from '../card.js'
import { findQuoteFacts } from './quote-facts.js'

const MOST_LINES = 6
/** Later than this it was not just now: the card waited for the morning, or for the digest. */
const JUST_NOW_MS = 10 * 60_000

/**
 * 「<visit>」: a customer opened a version for the first time. Where it had to wait, those of the same rep that were opened
 * meanwhile stand on it too.
 */
export async function drawQuoteOpened(db: Reader, visitId: string, now: Date): Promise<Card | null> {
  const visit = await db.quoteVisit.findUnique({ where: { id: visitId }, include: { link: { select: { versionId: true } } } })
  const facts = visit && (await findQuoteFacts(db, visit.link.versionId))
  if (!facts) return null
  const more = await findOthers(db, { visitId, ownerId: facts.quote.ownerId, since: visit.openedAt, now })
  const stopped = sectionLabel(visit.stoppedAt)
  const just = now.getTime() - visit.openedAt.getTime() < JUST_NOW_MS
  const opened = `${facts.customer}${just ? '刚打开' : '打开了'}报价 v${facts.version.version}`
  const lines = more.slice(0, MOST_LINES - 1).map((one) => ({ label: one.customer, value: one.words }))
  return {
    source: '不漏 · 报价',
    title:
      more.length > 0 ? `${facts.customer}等 ${more.length + 1} 份报价被打开了` : stopped ? `${opened}，停在${stopped}` : opened,
    desc: [facts.label, formatMoneyShort(facts.totalFen), formatSince(visit.openedAt, now)].join(' · '),
    fields: more.length > 0 ? [{ label: facts.customer, value: wordsOf(visit, facts.label, now) }, ...lines] : fieldsOf(visit),
    buttons: [],
    page: facts.page,
  }
}

type Visit = { openedAt: Date; stoppedAt: string | null; device: string; number: number }

const wordsOf = ({ openedAt, stoppedAt }: Visit, label: string, now: Date): string =>
  [label, formatSince(openedAt, now), sectionLabel(stoppedAt) && `停在${sectionLabel(stoppedAt)}`].filter(Boolean).join(' · ')

const fieldsOf = ({ device }: Visit): Card['fields'] => (device ? [{ label: '用的是', value: device }] : [])

type Around = { visitId: string; ownerId: string; since: Date; now: Date }

/** First openings of the same rep's versions since then that no card of their own tells of. */
async function findOthers(db: Reader, { visitId, ownerId, since, now }: Around) {
  const visits = await db.quoteVisit.findMany({
    where: { id: { not: visitId }, openedAt: { gte: since, lte: now }, link: { version: { quote: { ownerId } } } },
    include: { link: { select: { versionId: true } } },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
  })
  const own = await db.card.findMany({
    where: { kind: 'quote-opened', subject: { in: visits.map(({ id }) => `quote-visit:${id}`) } },
    select: { subject: true },
  })
  const told = new Set(own.map(({ subject }) => subject))
  const seen = new Set<string>()
  const others: { customer: string; words: string }[] = []
  for (const visit of visits) {
    const { versionId } = visit.link
    if (told.has(`quote-visit:${visit.id}`) || seen.has(versionId)) continue
    seen.add(versionId)
    const first = await db.quoteVisit.count({ where: { link: { versionId }, openedAt: { lt: visit.openedAt } } })
    const facts = first === 0 ? await findQuoteFacts(db, versionId) : null
    if (facts) others.push({ customer: facts.customer, words: wordsOf(visit, facts.label, now) })
  }
  return others
}
