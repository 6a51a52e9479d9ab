import { afterAll, beforeAll, expect, it } from 'vitest'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { findByToken } from '../../domain/quote/find-by-token.js'
import type { QuoteDraft, QuoteView } from '../../domain/quote/quote.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { makeProduct } from '../../test/factories/products.js'
import { type Answer, type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
const as: Record<string, string> = {}

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url, env: { QUOTE_URL: 'https://q.example.com' } })
  cast = await createCast(database.db, new Date())
  for (const userid of ['wanglei', 'chenjing', 'lina']) as[userid] = await cast.personId(userid)
  await makeProduct(database.db, { name: '锁定钢板', spec: '7孔', unit: '套', price: '400', cost: '200' })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const rep = () => as.wanglei ?? ''
const makes = async (requestId = newId()): Promise<QuoteView> => {
  const customerId = (await cast.customer('wmRenji')).id
  const answer = await server.post('/api/quotes', rep(), {
    requestId,
    customerId,
    contactId: await cast.contactId('wmRenji'),
  })
  expect(answer.status).toBe(200)
  return answer.json
}
const tap = (quote: QuoteView, name: string, body: object = {}, who = rep()): Promise<Answer> =>
  server.post(`/api/quotes/${quote.id}/${name}`, who, body)

it('from a chat to a link in three taps; a tap that comes twice is once', async () => {
  const requestId = newId()
  const [one, other] = await Promise.all([makes(requestId), makes(requestId)])
  expect(one.id).toBe(other.id)
  const check = await tap(one, 'check', { draft: one.draft })
  expect(check.json).toMatchObject({ totals: { totalFen: 8_000_000 }, marginBp: null })
  const twice = newId()
  const sends = () => tap(one, 'send', { requestId: twice, rev: one.draftRev })
  for (const answer of await Promise.all([sends(), sends()]))
    expect(answer.json).toMatchObject({ state: 'sent', version: 1, hasDraft: false })
  const link = await server.get(`/api/quotes/${one.id}/link?version=1`, rep())
  expect(link.json.url).toMatch(/^https:\/\/q\.example\.com\/q\/[\w-]{22}$/)
  expect((await tap(one, 'given', { version: 1, how: 'chat' })).json.versions[0].givenAt).not.toBeNull()
  const list = await server.get(`/api/customers/${one.customer.id}/quotes`, rep())
  expect(list.json).toMatchObject({ mayMake: true, quotes: [{ id: one.id, version: 1, totalFen: 8_000_000 }] })

  const token = link.json.url.split('/').at(-1)
  expect((await findByToken(database.db, token, new Date())).state).toBe('open')
  // What opens it is told to whoever asked, and kept nowhere.
  expect(JSON.stringify(server.lines)).not.toContain(token)
  expect(JSON.stringify(await database.db.screenWrite.findMany())).not.toContain(token)

  const edited = (await tap(one, 'edit')).json as QuoteView
  const draft = edited.draft as QuoteDraft
  const lines = draft.lines.map((line) => ({ ...line, qty: '300' }))
  const saved = (await tap(one, 'draft', { rev: edited.draftRev, draft: { ...draft, lines } })).json as QuoteView
  expect((await tap(one, 'draft', { rev: edited.draftRev, draft })).json.error).toMatchObject({ code: 'stale' })
  expect((await tap(one, 'send', { rev: saved.draftRev })).json.version).toBe(2)
  const diff = await server.get(`/api/quotes/${one.id}/diff?from=1&to=2`, rep())
  expect(diff.json.words).toBe('锁定钢板 7孔 200 套 → 300 套；合计 80,000.00 元 → 120,000.00 元')
  expect((await tap(one, 'withdraw', { words: '客户不要了' })).json.state).toBe('withdrawn')
})

it('what is too cheap waits for a yes, said on the page', async () => {
  const quote = await makes()
  const draft = quote.draft as QuoteDraft
  const cheap = { ...draft, lines: draft.lines.map((line) => ({ ...line, price: '200' })) }
  const saved = (await tap(quote, 'draft', { rev: quote.draftRev, draft: cheap })).json as QuoteView
  expect((await tap(quote, 'send', { rev: saved.draftRev })).json.error).toMatchObject({ code: 'needs-approval' })
  const asked = (await tap(quote, 'approval', { rev: saved.draftRev, note: '老客户' })).json as QuoteView
  expect(asked).toMatchObject({ approvals: [{ state: 'asked', note: '老客户', isCurrent: true }], mayDecide: false })
  const decide = (who: string, action = 'approve-quote') =>
    server.post(`/api/quotes/approvals/${asked.approvals[0]?.id}/actions/${action}`, who, { note: null })
  expect((await decide(rep())).json.error).toMatchObject({ code: 'not-yours' })
  expect((await decide(as.lina ?? '', 'burn')).status).toBe(404)
  expect((await decide(as.lina ?? '')).json).toMatchObject({ approvals: [{ state: 'approved' }], mayDecide: false })
  expect((await tap(quote, 'send', { rev: saved.draftRev })).json).toMatchObject({ state: 'sent' })
})

it('the number that a customer left is read on the page, and kept nowhere but sealed', async () => {
  const quote = await makes()
  await tap(quote, 'send', { rev: quote.draftRev })
  const phone = contactSecrets(server.config.dataKey).seal('13911112222')
  const { id: versionId } = await database.db.quoteVersion.findFirstOrThrow({ where: { quoteId: quote.id } })
  const told = { at: new Date(), requestId: newId(), ip: '1.2.3.4', device: 'iPhone', phone, words: '多久到', kind: 'ask' }
  const id = newId()
  await database.db.quoteAnswer.create({ data: { ...told, id, quoteId: quote.id, versionId } })
  const replied = await server.post(`/api/quotes/answers/${id}/reply`, rep(), { words: '三天' })
  expect(replied.json.answers).toMatchObject([{ phone: '13911112222', words: '多久到', reply: '三天' }])
  expect(JSON.stringify(await database.db.screenWrite.findMany())).not.toContain('13911112222')
  expect(JSON.stringify(server.lines)).not.toContain('13911112222')
})

it('a file is for who sees the quote; the longest draft is taken', async () => {
  const quote = await makes()
  const draft = quote.draft as QuoteDraft
  const [line] = draft.lines
  const params = Array.from({ length: 10 }, (_, n) => ({ name: `参数${n}`, value: '很长的说明'.repeat(10) }))
  const lines = Array.from({ length: 200 }, () => ({ ...line, id: newId(), params }))
  const saved = await tap(quote, 'draft', { rev: quote.draftRev, draft: { ...draft, lines } })
  expect(saved.json.draft.lines).toHaveLength(200)
  await tap(quote, 'send', { rev: saved.json.draftRev })
  const { id: versionId } = await database.db.quoteVersion.findFirstOrThrow({ where: { quoteId: quote.id } })
  const file = {
    id: newId(),
    versionId,
    kind: 'pdf',
    type: 'application/pdf',
    sha256: 'x',
    data: Buffer.from('%PDF'),
    at: new Date(),
  }
  await database.db.quoteFile.create({ data: file })
  const got = await server.get(`/api/quotes/files/${file.id}`, rep())
  expect([got.status, got.text, got.headers.get('content-type')]).toEqual([200, '%PDF', 'application/pdf'])
  expect(decodeURIComponent(got.headers.get('content-disposition') ?? '')).toContain(`报价${quote.number}-v1.pdf`)
  expect((await server.get(`/api/quotes/files/${file.id}`, as.chenjing)).status).toBe(404)
  expect((await server.get(`/api/quotes/${quote.id}/link?version=1`, as.chenjing)).status).toBe(404)
  expect((await tap(quote, 'drop', {}, as.chenjing)).status).toBe(404)
  const dropped = await tap(await makes(), 'drop')
  expect(dropped.json).toEqual({ dropped: true, quote: null })
})
