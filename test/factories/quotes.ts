import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type Create, createDraft } from '../../domain/quote/create-draft.js'
import { linkOf } from '../../domain/quote/link-of.js'
import type { QuoteDraft, QuoteView } from '../../domain/quote/quote.contract.js'
import { quoteSecrets } from '../../domain/quote/quote-token.js'
import { saveDraft } from '../../domain/quote/save-draft.js'
import { sendQuote } from '../../domain/quote/send-quote.js'
import { viewQuote } from '../../domain/quote/view-quote.js'
import { newId } from '../../lib/ids.js'
import { freshDb } from '../setup/db.js'
import type { Cast } from './cast.js'
import { createChain } from './chain.js'
import { makeProduct } from './products.js'
import { inWork, NOW } from './work.js'

export const secrets = quoteSecrets('a'.repeat(32))
export const QUOTE_URL = 'https://q.example.com'

export type Desk = ReturnType<typeof createDesk>

/** What reps do with quotes: made, written, sent, and the answer that a customer left. By userids of the demo organisation. */
export function createDesk(cast: Cast) {
  const { db } = cast
  const plate = () =>
    makeProduct(db, {
      name: '锁定钢板',
      spec: '7孔',
      unit: '套',
      price: '400',
      cost: '200',
      params: [{ name: '材质', value: '钛合金' }],
    })

  async function drafts(external: string, create: Partial<Create> & { by?: string; at?: Date } = {}): Promise<QuoteView> {
    const { by = 'wanglei', at = NOW, ...rest } = create
    const actor = await cast.actor(by)
    const whose = { customerId: (await cast.customer(external)).id, contactId: await cast.contactId(external) }
    return inWork(db, (work) => createDraft(work, actor, { ...whose, ...rest }), at)
  }
  async function saves(quote: QuoteView, draft: Partial<QuoteDraft>, { by = 'wanglei', rev = quote.draftRev, at = NOW } = {}) {
    const actor = await cast.actor(by)
    const whole = { ...(quote.draft as QuoteDraft), ...draft }
    return inWork(db, (work) => saveDraft(work, actor, { quoteId: quote.id, rev, draft: whole }), at)
  }
  async function sends(quote: QuoteView, { by = 'wanglei', rev = quote.draftRev, at = NOW } = {}): Promise<QuoteView> {
    const actor = await cast.actor(by)
    return inWork(db, (work) => sendQuote(work, actor, { quoteId: quote.id, rev, organisation: '永固五金', secrets }), at)
  }
  /** A quote of one product that may be sent, sent. */
  async function sent(external = 'wmRenji', { by = 'wanglei', at = NOW } = {}): Promise<QuoteView> {
    await plate()
    await makeProduct(db, { name: '膨胀螺栓', spec: 'M10×80', unit: '套', price: '3.5', cost: '1.2' })
    return sends(await drafts(external, { by, at }), { by, at })
  }
  async function link(quote: QuoteView, { by = 'wanglei', version = quote.version } = {}) {
    const actor = await cast.actor(by)
    return linkOf(db, actor, { quoteId: quote.id, version }, { url: QUOTE_URL, secrets, now: NOW })
  }
  const token = async (quote: QuoteView, version = quote.version) => (await link(quote, { version })).url.split('/').at(-1) ?? ''
  /** As the customer's page keeps it. */
  async function answers(quote: QuoteView, kind: 'accept' | 'ask', words: string | null = null): Promise<string> {
    const id = newId()
    const { id: versionId } = await db.quoteVersion.findFirstOrThrow({ where: { quoteId: quote.id, version: quote.version } })
    const told = { at: NOW, requestId: newId(), ip: '1.2.3.4', device: 'iPhone · 微信', words }
    await db.quoteAnswer.create({ data: { ...told, id, quoteId: quote.id, versionId, kind } })
    if (kind === 'accept') await db.quote.update({ where: { id: quote.id }, data: { state: 'accepted', endedAt: NOW } })
    return id
  }
  const viewed = async (quote: QuoteView, by = 'wanglei') => viewQuote(db, await cast.actor(by), quote.id)
  return { db, plate, drafts, saves, sends, sent, link, token, answers, viewed }
}

/** The demo's people and customers without a product or a quote, anew for each test: `begin` is told of them. */
export function useDesk(begin: (made: { cast: Cast; desk: Desk }) => void): void {
  let database: Awaited<ReturnType<typeof freshDb>>
  beforeAll(async () => {
    database = await freshDb()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    const { cast } = await createChain(database.db)
    await database.db.$executeRaw`TRUNCATE product CASCADE`
    begin({ cast, desk: createDesk(cast) })
  })
}
