import { type DraftLine, type QuoteContent, quoteContent } from '../../domain/quote/quote.contract.js'
import { hashToken, newToken, quoteSecrets } from '../../domain/quote/quote-token.js'
import type { Db } from '../../lib/db.js'
import { totalDraft } from '../../lib/format/quote-total.js'
import { newId, sha256 } from '../../lib/ids.js'
import type { Cast } from './cast.js'
import { DAY } from './work.js'

type Sending = {
  external?: string
  by?: string
  at?: Date
  lines?: Partial<DraftLine>[]
  content?: Partial<QuoteContent>
  /** Of a quote that stands: its next version. */
  quoteId?: string
}

export const quoteLine = (line: Partial<DraftLine> = {}): DraftLine => ({
  ...{ id: newId(), productId: null, code: null, name: '锁定钢板', spec: '6孔 左', unit: '套', qty: '300', price: '428.5' },
  ...{ gift: false, note: null, params: [], pictureId: null },
  ...line,
})

/** A version as sendQuote leaves it, and the token that opens it, without the way there. */
export async function sendOne(
  db: Db,
  cast: Cast,
  { external = 'wmRenji', by = 'wanglei', at = new Date(), ...rest }: Sending = {},
) {
  const [customer, ownerId, contactId] = await Promise.all([cast.customer(external), cast.personId(by), cast.contactId(external)])
  const quote = rest.quoteId
    ? await db.quote.findUniqueOrThrow({ where: { id: rest.quoteId } })
    : await db.quote.create({
        data: { id: newId(), customerId: customer.id, contactId, ownerId, state: 'sent', createdAt: at, firstSentAt: at },
      })
  const version = (await db.quoteVersion.count({ where: { quoteId: quote.id } })) + 1
  const draft = {
    ...{ title: '骨科耗材报价', lines: (rest.lines ?? [{}]).map(quoteLine), tax: { included: true, rateBp: 1300 } },
    ...{ freight: { how: 'included' as const, fen: 0 }, discountFen: 0, instalments: [], validDays: 15, rebates: [], risks: [] },
    terms: { payment: '货到 30 天内付清', delivery: '下单后 7 天', other: '' },
    ...rest.content,
  }
  const content = quoteContent.parse({
    ...draft,
    ...{ totals: totalDraft(draft), number: quote.number, version },
    from: { organisation: '永固器械', name: '王磊', phone: '021-66668888' },
    to: { company: customer.name, name: '刘主任' },
    ...{ sentAt: at.toISOString(), validUntil: new Date(at.getTime() + 15 * DAY).toISOString() },
    ...rest.content,
  })
  const versionId = newId()
  await db.quoteVersion.create({
    data: {
      ...{ id: versionId, quoteId: quote.id, version, content, contentHash: sha256(JSON.stringify(content)) },
      ...{ totalFen: BigInt(content.totals.totalFen), sentAt: at, sentById: ownerId, validUntil: new Date(content.validUntil) },
    },
  })
  const token = newToken()
  const linkId = newId()
  const sealed = quoteSecrets('a'.repeat(32)).seal(token)
  await db.quoteLink.create({ data: { id: linkId, hash: hashToken(token), sealed, versionId, createdAt: at } })
  return { quoteId: quote.id, versionId, linkId, token, content, customerId: customer.id }
}
export type SentOne = Awaited<ReturnType<typeof sendOne>>
