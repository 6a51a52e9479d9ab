import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contactBeside } from '../../domain/contact/beside.contract.js'
import { firstContactList, firstContactView } from '../../domain/first-contact/first-contact.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { comes } from '../../test/factories/first-contact.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
const people: Record<string, string> = {}
const HOUR = 3_600_000

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  cast = await createCast(database.db, new Date())
  for (const userid of ['wanglei', 'chenjing', 'lina', 'zhaoqiang']) people[userid] = await cast.personId(userid)
})
afterAll(async () => {
  await server?.close()
  await Promise.all([database?.close(), redis?.stop()])
})
beforeEach(() => database.db.$executeRaw`TRUNCATE first_contact, opportunity, touch, reminder CASCADE`)

const as = (userid: string) => people[userid] as string
let made = 0
const someoneNew = (by = 'wanglei', name = '周总', at = new Date(Date.now() - HOUR)) =>
  comes(database.db, `wmNew${++made}`, { name, by: as(by), at })
const list = async (userid = 'wanglei') => firstContactList.parse((await server.get('/api/first-contacts', as(userid))).json)
const idOf = async (contactId: string) => (await database.db.firstContact.findFirstOrThrow({ where: { contactId } })).id
const tap = (id: string, act: string, body: object = {}, userid = 'wanglei') =>
  server.post(`/api/first-contacts/${id}/${act}`, as(userid), body)
const beside = async (contactId: string, userid = 'wanglei') =>
  contactBeside.parse((await server.get(`/api/chats/${contactId}`, as(userid))).json.beside)
const day = (ahead: number) => new Date(Date.now() + 8 * HOUR + ahead * 24 * HOUR).toISOString().slice(0, 10)

describe('a new contact', () => {
  it('stands beside the chat and in the list of its rep, and in nobody else’s', async () => {
    const contactId = await someoneNew()
    expect((await beside(contactId)).firstContact).toMatchObject({ contactId, state: 'open', source: 'add', name: '周总' })
    expect(await list()).toMatchObject({ total: 1, next: null, rows: [{ contactId, dueAt: expect.any(String) }] })
    expect((await list('chenjing')).rows).toEqual([])
    expect((await list('lina')).rows).toHaveLength(1)
    const id = await idOf(contactId)
    for (const act of ['opportunity', 'not-customer', 'undo'])
      expect(await tap(id, act, {}, 'chenjing')).toMatchObject({ status: 404 })
    // Colleagues who sell nothing have no business here.
    expect(await tap(id, 'opportunity', {}, 'zhaoqiang')).toMatchObject({ status: 403 })
  })

  it('becomes an opportunity with one tap, prefilled; a double tap is one, whatever its id', async () => {
    const id = await idOf(await someoneNew())
    const requestId = newId()
    const taps = await Promise.all([
      tap(id, 'opportunity', { requestId }),
      tap(id, 'opportunity', { requestId }),
      tap(id, 'opportunity'),
    ])
    expect(taps.map(({ status }) => status)).toEqual([200, 200, 200])
    const [view] = taps.map(({ json }) => firstContactView.parse(json))
    expect(view).toMatchObject({ state: 'opportunity', opportunity: { title: '周总', stage: null, amountFen: null } })
    expect(await database.db.opportunity.count()).toBe(1)
    expect((await list()).total).toBe(0)
  })

  it('what else is known is added later, by its owner only', async () => {
    const { json } = await tap(await idOf(await someoneNew()), 'opportunity')
    const path = `/api/opportunities/${json.opportunity.id}`
    const edit = { title: '钢板 300 套', source: '展会', stage: '已报价', amountFen: 8_500_000 }
    expect((await server.post(path, as('wanglei'), edit)).json).toMatchObject(edit)
    expect(await server.post(path, as('chenjing'), edit)).toMatchObject({ status: 404 })
    for (const wrong of [{ title: '  ' }, { amountFen: -1 }, { amountFen: 1.5 }, { amountFen: 2e15 }, { title: '字'.repeat(61) }])
      expect(await server.post(path, as('wanglei'), { ...edit, ...wrong })).toMatchObject({ status: 400 })
  })

  it.each([
    ['opportunity', () => ({}), 'opportunity'],
    ['not-customer', () => ({}), 'not_customer'],
    ['nurture', () => ({ until: day(3) }), 'nurturing'],
    ['join', async () => ({ customerId: (await cast.customer('wmRenji')).id }), 'joined'],
  ])('%s closes the clock, and undo opens it again exactly', async (act, body, state) => {
    const contactId = await someoneNew()
    const id = await idOf(contactId)
    const [before] = (await list()).rows
    expect((await tap(id, act, await body())).json).toMatchObject({ state, dueAt: null })
    expect((await beside(contactId)).firstContact).toBeNull()
    expect((await tap(id, 'undo')).json).toEqual(before)
    expect((await list()).rows).toEqual([before])
    expect((await database.db.contact.findUniqueOrThrow({ where: { id: contactId } })).customerId).toBeNull()
    expect(await tap(id, 'undo')).toMatchObject({ status: 409 })
  })

  it.each([
    ['nurture', { until: day(0) }],
    ['nurture', { until: '下周' }],
    ['nurture', {}],
    ['join', {}],
    ['join', { customerId: 'x' }],
  ])('%s with %o is refused in words', async (act, body) => {
    const answer = await tap(await idOf(await someoneNew()), act, body)
    expect(answer).toMatchObject({ status: 400, json: { error: { words: expect.stringMatching(/[一-龥]/) } } })
  })

  it('can’t be joined to a customer that the rep does not see', async () => {
    const id = await idOf(await someoneNew())
    const customerId = (await cast.customer('wmJinhai')).id
    expect(await tap(id, 'join', { customerId })).toMatchObject({ status: 404 })
  })
})

it('a list of a hundred comes in pages, each once', async () => {
  for (let i = 0; i < 65; i++) await someoneNew('wanglei', `新人${i}`, new Date(Date.now() - (i + 1) * 60_000))
  const seen: string[] = []
  let after: string | null = null
  do {
    const query: string = after ? `?after=${encodeURIComponent(after)}` : ''
    const page = firstContactList.parse((await server.get(`/api/first-contacts${query}`, as('wanglei'))).json)
    expect(page.total).toBe(65)
    seen.push(...page.rows.map((row) => row.name))
    after = page.next
  } while (after)
  expect(seen).toEqual(Array.from({ length: 65 }, (_, i) => `新人${64 - i}`))
  expect(await server.get('/api/first-contacts?after=nonsense', as('wanglei'))).toMatchObject({ status: 400 })
}, 60_000)
