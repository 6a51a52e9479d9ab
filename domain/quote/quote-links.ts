import { newId } from '../../lib/ids.js'
import type { Secrets } from '../../lib/secret.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdQuote, touchQuote, versionOf } from './find-quote.js'
import { hashToken, newToken } from './quote-token.js'

/** A link by which a version is read, made in the transaction that needs it. The caller holds the quote. */
export async function makeLink(work: Work, { versionId, secrets }: { versionId: string; secrets: Secrets }): Promise<void> {
  const token = newToken()
  await work.tx.quoteLink.create({
    data: { id: newId(), versionId, hash: hashToken(token), sealed: secrets.seal(token), createdAt: work.now },
  })
}

type Renew = { quoteId: string; version: number; secrets: Secrets }

/** 换一个链接: the ones before open nothing any more, wherever they went. */
export async function renewLink(work: Work, actor: Actor, { quoteId, version, secrets }: Renew): Promise<void> {
  const quote = await holdQuote(work, actor, quoteId)
  const { id: versionId } = versionOf(quote, version)
  await work.tx.quoteLink.updateMany({ where: { versionId, revokedAt: null }, data: { revokedAt: work.now } })
  await makeLink(work, { versionId, secrets })
  await record(work, { actor: actor.personId, verb: 'quote-link-renew', subject: `quote:${quoteId}`, content: { version } })
  touchQuote(work, quote)
}
