import type { Reader } from '../../lib/db.js'
import { hashToken, isToken } from './quote-token.js'

/**
 * What a link opens, for whoever has it. `wrong`: no such link, or one that was taken back; nothing is known of it then.
 * `replaced`: a newer version was sent (`newest`); it may be read until its own day ends, and no more. What was accepted stays open
 * to whoever accepted it. Before something is written by it, the quote is held (FOR UPDATE) and this asked again.
 */
export async function findByToken(db: Reader, token: string, now: Date) {
  const wrong = { state: 'wrong' as const }
  if (!isToken(token)) return wrong
  const found = await db.quoteLink.findUnique({
    where: { hash: hashToken(token) },
    include: { version: { include: { quote: true } } },
  })
  if (!found || found.revokedAt) return wrong
  const {
    version: { quote, ...version },
    ...link
  } = found
  const newest = await db.quoteVersion.findFirstOrThrow({ where: { quoteId: quote.id }, orderBy: { version: 'desc' } })
  const accepted = await db.quoteAnswer.findFirst({ where: { quoteId: quote.id, kind: 'accept' }, select: { versionId: true } })
  return { state: stateOf({ quote, version, newest, accepted, now }), link, version, quote, newest }
}

type Facts = {
  quote: { state: string }
  version: { id: string; withdrawnAt: Date | null; validUntil: Date }
  newest: { id: string }
  accepted: { versionId: string } | null
  now: Date
}

function stateOf({ quote, version, newest, accepted, now }: Facts): 'open' | 'expired' | 'withdrawn' | 'replaced' {
  if (accepted?.versionId === version.id) return 'open'
  if (version.withdrawnAt || quote.state === 'withdrawn') return 'withdrawn'
  // Also one that was replaced: an offer that is over is read by nobody any more.
  if (now > version.validUntil) return 'expired'
  return newest.id === version.id ? 'open' : 'replaced'
}
