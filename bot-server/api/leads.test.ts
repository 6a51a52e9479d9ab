import { afterAll, beforeAll, expect, it } from 'vitest'
import { heatReport } from '../../domain/heat/heat.contract.js'
import { leadBeside, leadView } from '../../domain/outside-quote/outside-quote.contract.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { createLeads } from '../../test/factories/leads.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let id: string
const people: Record<string, string> = {}
const DAY = 24 * 3_600_000
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  cast = await createCast(database.db, new Date())
  for (const userid of ['wanglei', 'chenjing', 'lina']) people[userid] = await cast.personId(userid)
  id = await createLeads(cast).makes('wmRenji', { at: new Date(Date.now() - 12 * DAY) })
})
afterAll(async () => {
  await server?.close()
  await Promise.all([database?.close(), redis?.stop()])
})

const as = (userid: string) => people[userid] as string
const tap = (act: string, body: object = {}, userid = 'wanglei') => server.post(`/api/leads/${id}/${act}`, as(userid), body)
const heat = async () => heatReport.parse((await server.get('/api/heat?weeks=4', as('lina'))).json)

it('a lead is its rep’s and those above’s to see and to decide about, by its own id or its reminder’s', async () => {
  const { id: reminderId } = await database.db.reminder.findFirstOrThrow({ where: { subject: `quote-72h:${id}` } })
  for (const one of [id, reminderId])
    for (const userid of ['wanglei', 'lina'])
      expect(leadView.parse((await server.get(`/api/leads/${one}`, as(userid))).json)).toMatchObject({ id, state: 'open' })
  expect(await server.get(`/api/leads/${id}`, as('chenjing'))).toMatchObject({ status: 404 })
  for (const act of ['outside', 'outside/undo', 'invalid', 'invalid/undo'])
    expect(await tap(act, { messageId: null, totalFen: null, why: null }, 'chenjing')).toMatchObject({ status: 404 })
  const contactId = await cast.contactId('wmRenji')
  const beside = async (userid: string) =>
    leadBeside.parse((await server.get(`/api/chats/${contactId}/lead`, as(userid))).json).lead?.id ?? null
  expect([await beside('wanglei'), await beside('lina'), await beside('chenjing')]).toEqual([id, id, null])
})

it('a tap sent twice is one, and answers with how the lead stands', async () => {
  const body = { requestId: '5b0c8f0e-6a55-4f0e-8a10-0d9f0e3c1a01', messageId: null, totalFen: 1_280_000 }
  const answers = [await tap('outside', body), await tap('outside', body)]
  for (const { json } of answers) expect(leadView.parse(json)).toMatchObject({ state: 'outside', totalFen: 1_280_000 })
  expect(await database.db.outsideQuote.count()).toBe(1)
  expect(leadView.parse((await tap('outside/undo')).json)).toMatchObject({ state: 'open' })
  expect(leadView.parse((await tap('invalid', { why: '重复的商机' })).json)).toMatchObject({ state: 'invalid' })
  expect(leadView.parse((await tap('invalid/undo')).json)).toMatchObject({ state: 'open' })
  expect(await tap('outside', { messageId: null, totalFen: -1 })).toMatchObject({ status: 400 })
})

it('the ratio and its taps are for those above', async () => {
  expect((await heat()).cold).toMatchObject([{ id, calledBy: null, nudgedBy: null }])
  for (const act of ['call', 'nudge']) {
    expect(await server.post(`/api/heat/${id}/${act}`, as('wanglei'))).toMatchObject({ status: 403 })
    const done = [
      await server.post(`/api/heat/${id}/${act}`, as('lina')),
      await server.post(`/api/heat/${id}/${act}`, as('lina')),
    ]
    expect(done.map(({ json }) => json)).toEqual([{ done: true }, { done: false }])
  }
  expect(await server.get('/api/heat', as('wanglei'))).toMatchObject({ status: 403 })
  expect((await heat()).cold).toMatchObject([{ calledBy: { name: '李娜' }, nudgedBy: { name: '李娜', sent: 'waiting' } }])
  expect((await server.get('/api/quote-links', as('wanglei'))).json).toEqual({ blocked: null })
})
