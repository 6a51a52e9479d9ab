import { Prisma } from '../../lib/db.js'
import { totalDraft } from '../../lib/format/quote-total.js'
import { newId, sha256 } from '../../lib/ids.js'
import type { Secrets } from '../../lib/secret.js'
import { canonical, record } from '../audit/record.js'
import { noteQuoted } from '../opportunity/note-quoted.js'
import type { Actor } from '../person/actor.js'
import { costFenOf } from '../price/cost-of.js'
import { watchUnopened, watchVersion } from '../quote-notice/watch-version.js'
import type { Work } from '../work.js'
import { askQuotePdf } from './ask-pdf.js'
import { assertSendable } from './assert-sendable.js'
import { assertNotAccepted } from './edit-quote.js'
import { endOfDay } from './end-of-day.js'
import { type HeldQuote, holdQuote, touchQuote } from './find-quote.js'
import { peopleOf } from './people-of.js'
import {
  type DraftCheck,
  type QuoteContent,
  type QuoteDraft,
  type QuoteView,
  quoteContent,
  quoteDraft,
} from './quote.contract.js'
import { makeLink } from './quote-links.js'
import { assertRev } from './save-draft.js'
import { viewQuote } from './view-quote.js'
import { withdrawApprovals } from './withdraw-approvals.js'

/** `organisation`: what we are called on it. `secrets` seal the link's token. */
type Send = { quoteId: string; rev: number; organisation: string; secrets: Secrets }

/**
 * 发出: what is being written becomes a version, final from here on, with a link of its own. The same draft sent twice, from two
 * pages, is sent once. Whether it may be sent is judged now, whatever a page showed before. The first one ends the lead's 72 hours.
 */
export async function sendQuote(work: Work, actor: Actor, { quoteId, rev, organisation, secrets }: Send): Promise<QuoteView> {
  const { tx, now } = work
  const quote = await holdQuote(work, actor, quoteId)
  assertNotAccepted(quote)
  if (isSent(quote, rev)) return viewQuote(tx, actor, quoteId)
  assertRev(quote, rev)
  const draft = quoteDraft.parse(quote.draft)
  const { prices } = await assertSendable(work, actor, { quoteId, draft })
  const content = await freeze(work, { quote, draft: markBooks(draft, prices), organisation })
  const versionId = newId()
  const contentHash = sha256(canonical(content))
  await tx.quoteVersion.create({
    data: {
      ...{ id: versionId, quoteId, version: content.version, contentHash, sentAt: now, sentById: actor.personId },
      content: content as unknown as Prisma.InputJsonObject,
      totalFen: BigInt(content.totals.totalFen),
      costFen: await costFenOf(tx, draft.lines),
      validUntil: new Date(content.validUntil),
    },
  })
  await makeLink(work, { versionId, secrets })
  await withdrawApprovals(work, quoteId)
  const { customerId, contactId } = quote
  const lead = await noteQuoted(work, { customerId, contactId, opportunityId: quote.opportunityId, how: 'quote', at: now })
  const opportunityId = quote.opportunityId ?? lead
  await tx.quote.update({ where: { id: quoteId }, data: { ...sent(quote, work), opportunityId } })
  await watchVersion(work, versionId)
  // Also one that nobody puts into the chat: it was written for a customer, and they don't have it.
  await watchUnopened(work, versionId)
  await askQuotePdf(work, versionId)
  const said = { version: content.version, contentHash, totalFen: content.totals.totalFen }
  await record(work, { actor: actor.personId, verb: 'quote-send', subject: `quote:${quoteId}`, content: said })
  touchQuote(work, quote)
  return viewQuote(tx, actor, quoteId)
}

/** Another page, or another tap, was as quick with the very same draft. */
const isSent = (quote: HeldQuote, rev: number) =>
  quote.draft === null && quote.draftRev === rev + 1 && quote.state === 'sent' && quote.versions.length > 0

/** Whatever became of the versions before, this one is open. */
const sent = (quote: HeldQuote, { now }: Work) => ({
  ...{ state: 'sent' as const, draft: Prisma.DbNull, draftRev: { increment: 1 }, endedAt: null },
  firstSentAt: quote.firstSentAt ?? now,
})

/** Whose price is what the customer's books say today: a repeat asks them again. */
const markBooks = (draft: QuoteDraft, prices: DraftCheck['prices']): QuoteDraft => ({
  ...draft,
  lines: draft.lines.map((line) => ({ ...line, followsBook: prices[line.id]?.price === line.price })),
})

type Freeze = { quote: HeldQuote; draft: QuoteDraft; organisation: string }

/** Everything that a customer will read, copied: nothing that changes later reaches it. */
async function freeze({ tx, now }: Work, { quote, draft, organisation }: Freeze): Promise<QuoteContent> {
  const { from, to } = await peopleOf(tx, quote)
  const newest = quote.versions[0]?.version ?? 0
  return quoteContent.parse({
    ...draft,
    title: draft.title || `报价 ${quote.number}`,
    totals: totalDraft(draft),
    number: quote.number,
    version: newest + 1,
    from: { organisation, ...from },
    to,
    sentAt: now.toISOString(),
    validUntil: endOfDay(now, draft.validDays).toISOString(),
  })
}
