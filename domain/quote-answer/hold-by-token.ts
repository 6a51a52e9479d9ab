import { Refused } from '../../lib/errors.js'
import { findByToken } from '../quote/find-by-token.js'
import { hashToken } from '../quote/quote-token.js'
import type { Work } from '../work.js'

/**
 * The quote behind a link, held until the work commits: an answer, a withdrawal, a new version and another device's answer
 * happen one after the other, and this one sees what the one before it did. Throws where the link opens nothing any more.
 */
export async function holdByToken(work: Work, token: string) {
  await work.tx.$queryRaw`
    SELECT 1 FROM quote WHERE id = (
      SELECT v.quote_id FROM quote_link l JOIN quote_version v ON v.id = l.version_id WHERE l.hash = ${hashToken(token)}
    ) FOR UPDATE`
  const found = await findByToken(work.tx, token, work.now)
  if (found.state === 'wrong') throw new Refused('unknown-link', '这个链接已经失效，请向销售要一份新的', 404)
  return found
}
export type HeldByToken = Awaited<ReturnType<typeof holdByToken>>
