import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdQuote, touchQuote } from './find-quote.js'
import type { QuoteContent } from './quote.contract.js'

/** 转合同: what the customer accepted, lines and terms as they were sent, becomes the draft of a contract. One a quote. Returns its id. */
export async function makeContract(work: Work, actor: Actor, quoteId: string): Promise<string> {
  const quote = await holdQuote(work, actor, quoteId)
  if (quote.contract) return quote.contract.id
  const accepted = await work.tx.quoteAnswer.findFirst({
    where: { quoteId, kind: 'accept' },
    include: { version: true },
  })
  if (quote.state !== 'accepted' || !accepted) throw new Refused('not-accepted', '客户确认以后才能转合同', 409)
  const { version } = accepted
  const { title } = version.content as unknown as QuoteContent
  const id = newId()
  await work.tx.contract.create({
    data: {
      ...{ id, quoteId, versionId: version.id, customerId: quote.customerId, title },
      content: version.content as Prisma.InputJsonObject,
      totalFen: version.totalFen,
      createdById: actor.personId,
      createdAt: work.now,
    },
  })
  const content = { contractId: id, version: version.version, contentHash: version.contentHash }
  await record(work, { actor: actor.personId, verb: 'contract-make', subject: `quote:${quoteId}`, content })
  touchQuote(work, quote)
  return id
}
