import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { formatDay } from '../../lib/format/dates.js'
import { formatMoney } from '../../lib/format/money.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { assertQuote } from './find-quote.js'
import type { QuoteContent, QuoteLinkView } from './quote.contract.js'

type Where = { url: string; secrets: Secrets; now: Date }
type Which = { quoteId: string; version: number }

/** The card that a customer is given: where it leads, and what stands on it. `url`: the origin under which quotes are opened. */
export async function linkOf(
  db: Reader,
  actor: Actor,
  { quoteId, version }: Which,
  { url, secrets, now }: Where,
): Promise<QuoteLinkView> {
  await assertQuote(db, actor, quoteId)
  const link = await db.quoteLink.findFirst({
    where: { version: { quoteId, version }, revokedAt: null },
    orderBy: { createdAt: 'desc' },
    include: { version: { select: { content: true } } },
  })
  if (!link) throw new Refused('unknown-version', `这份报价没有 v${version}`, 404)
  const content = link.version.content as unknown as QuoteContent
  const own = `${url}/q/${secrets.open(link.sealed)}`
  return { url: own, imageUrl: `${own}/card.png`, ...wordsOf(content, now) }
}

/** 「华强五金报价 · v2」 and 「不漏科技 · 合计 1,234.50 元，有效至 11月30日 周一」. */
const wordsOf = ({ title, version, totals, validUntil, from }: QuoteContent, now: Date) => ({
  title: version > 1 ? `${title} · v${version}` : title,
  desc: `${from.organisation} · 合计 ${formatMoney(totals.totalFen)}，有效至 ${formatDay(validUntil, now)}`,
})
