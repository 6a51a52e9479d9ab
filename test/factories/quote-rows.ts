import type { Prisma } from '../../lib/db.js'
import { newId, sha256 } from '../../lib/ids.js'
import type { Cast } from './cast.js'
import { DAY, NOW } from './work.js'

type Planted = { by?: string; opportunityId?: string | null; sentAt?: Date; validUntil?: Date; totalFen?: number }

/** Quotes as rows, for what follows from them: who writes and sends them in earnest is domain/quote. */
export function createQuoteRows(cast: Cast) {
  const { db } = cast

  async function version(quoteId: string, { sentAt = NOW, validUntil, totalFen = 1_280_000, by = 'wanglei' }: Planted = {}) {
    const number = (await db.quoteVersion.count({ where: { quoteId } })) + 1
    const id = newId()
    await db.quoteVersion.create({
      data: {
        ...{ id, quoteId, version: number, contentHash: sha256(id), totalFen, sentAt, sentById: await cast.personId(by) },
        content: {} as Prisma.InputJsonObject,
        validUntil: validUntil ?? new Date(sentAt.getTime() + 15 * DAY),
      },
    })
    const linkId = newId()
    await db.quoteLink.create({
      data: { id: linkId, hash: sha256(linkId), sealed: '', versionId: id, createdAt: sentAt },
    })
    return { versionId: id, linkId }
  }

  return {
    version,
    /** A quote of which one version was sent to this contact. */
    async sent(external: string, planted: Planted = {}) {
      const { by = 'wanglei', sentAt = NOW, opportunityId = null } = planted
      const [id, contactId, ownerId] = [newId(), await cast.contactId(external), await cast.personId(by)]
      const { id: customerId } = await cast.customer(external)
      const { number } = await db.quote.create({
        data: {
          ...{ id, customerId, contactId, ownerId, opportunityId, createdAt: sentAt, firstSentAt: sentAt, state: 'sent' },
        },
      })
      return { quoteId: id, number, customerId, ...(await version(id, planted)) }
    },
    async visit(linkId: string, openedAt: Date, stoppedAt: string | null = null): Promise<string> {
      const id = newId()
      const number = (await db.quoteVisit.count({ where: { linkId } })) + 1
      await db.quoteVisit.create({
        data: {
          ...{ id, linkId, viewer: sha256(id), number, device: 'iPhone · 微信', openedAt, lastAt: openedAt, stoppedAt },
        },
      })
      return id
    },
    async answer(quoteId: string, versionId: string, kind: 'accept' | 'adjust' | 'decline' | 'ask', at: Date, words = '') {
      const id = newId()
      const said = { id, quoteId, versionId, kind, requestId: newId(), at, words: words || null }
      await db.quoteAnswer.create({ data: { ...said, ip: '203.0.113.7', device: 'iPhone · 微信', name: '黄老板' } })
      return id
    },
  }
}
