import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FindingsPage, KeptFinding } from '../../domain/message/findings.contract.js'
import { labelMessage } from '../../domain/message/label-message.js'
import { newId } from '../../lib/ids.js'
import { type Cast, quantity } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let admin: string
let rep: string

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
})
afterAll(async () => {
  await server?.close()
  await Promise.all([database.close(), redis.stop()])
})
beforeEach(async () => {
  await server?.close()
  await database.db.$executeRaw`TRUNCATE message_label, audit_entry CASCADE`
  ;({ cast } = await createChain(database.db))
  server = await startServer({ database: database.url, redis: redis.url })
  admin = await cast.personId('heping')
  rep = await cast.personId('wanglei')
})

const found: KeptFinding = {
  change: true,
  score: 0.95,
  types: ['功能增减'],
  slots: [quantity('300 套', '200 套')],
  spans: [{ from: 2, to: 8, field: 'quantity' }],
  signals: [{ name: '催货', words: '急用' }],
  why: { rules: 0.97, net: 0.7, kind: 'quantity' },
}
const quiet: KeptFinding = { ...found, change: false, score: 0.1, types: [], slots: [], spans: [] }
const says = (text = '数量加到300套', finding: KeptFinding | null = found) => cast.says('wmRenji', text, { finding })
const label = async (messageId: string, change: boolean, by = 'wanglei') => {
  const actor = await cast.actor(by)
  await inWork(cast.db, (work) => labelMessage(work, actor, { messageId, change }))
}
const page = async (query = ''): Promise<FindingsPage> => (await server.get(`/api/admin/findings${query}`, admin)).json
const texts = async (filter: string) => (await page(`?filter=${filter}`)).rows.map((row) => row.text)
const readings = () => cast.db.auditEntry.findMany({ where: { verb: 'chat-words-read' }, include: { content: true } })

it('says why: score, types, words, rule or net, what differs, who says what', async () => {
  const id = await says()
  await label(id, false)
  const { rows, next } = await page()
  expect(next).toBeNull()
  expect(rows).toMatchObject([
    {
      id,
      text: '数量加到300套',
      contact: '刘主任',
      customer: '仁济骨科医院',
      rep: '王磊',
      finding: found,
      captured: false,
      labels: [{ by: '王磊', change: false }],
    },
  ])
  expect(rows[0]?.grams.join('')).toMatch(/加/)
})

it('shows what the customers say, not the reps, and what was understood by an older release too', async () => {
  await cast.says('wmRenji', '好的', { speaker: 'rep' })
  await says('收到', null)
  const { change, score, types, slots, spans } = found
  await says('以前说的', { change, score, types, slots, spans })
  expect((await page()).rows.map((row) => [row.text, row.grams])).toEqual([
    ['以前说的', []],
    ['收到', []],
  ])
})

it('filters: suspected, not captured, in dispute', async () => {
  await says('收到', quiet)
  const captured = await says('捕获了的')
  await cast.captures('wmRenji', { messageIds: [captured] })
  const denied = await says('不是变更')
  await label(denied, false)
  await label(await says('是变更没看出来', quiet), true)
  const agreed = await says('都说是')
  await label(agreed, true)
  expect(await texts('suspected')).toEqual(['都说是', '不是变更', '捕获了的'])
  expect(await texts('uncaptured')).toEqual(['都说是'])
  expect(await texts('disputed')).toEqual(['是变更没看出来', '不是变更'])
  await label(agreed, false, 'lina')
  expect(await texts('disputed')).toEqual(['都说是', '是变更没看出来', '不是变更'])
})

it('goes on where it ended, past any number that the filter leaves out', async () => {
  const rare = await says('最早的一条')
  const chat = { contactId: await cast.contactId('wmRenji'), personId: rep, source: 'archive', speaker: 'customer' }
  const many = Array.from({ length: 65 }, (_, i) => ({
    id: newId(),
    sourceKey: `m${i}`,
    text: `第${i}条`,
    saidAt: new Date(),
    ...chat,
  }))
  await cast.db.message.createMany({ data: many.map((one) => ({ ...one, finding: quiet })) })
  const seen: string[] = []
  let query = ''
  for (let i = 0; i < 5; i++) {
    const { rows, next } = await page(query)
    seen.push(...rows.map((row) => row.text))
    if (!next) break
    query = `?before=${next}`
  }
  expect(seen).toHaveLength(66)
  expect(new Set(seen).size).toBe(66)
  expect((await page('?filter=uncaptured')).rows.map((row) => row.id)).toEqual([rare])
})

it('each look at what customers said is on record: who, what, which; an empty one is not', async () => {
  await page()
  expect(await readings()).toEqual([])
  const id = await says()
  await page('?filter=suspected')
  expect(await readings()).toMatchObject([
    { actor: admin, subject: 'messages', content: { content: { how: 'findings', filter: 'suspected', messages: [id] } } },
  ])
  await label(id, true)
  const { headers, text } = await server.get('/api/admin/labels', admin)
  expect(headers.get('content-disposition')).toContain('labels.ndjson')
  expect(JSON.parse(text)).toMatchObject({ id, change: true })
  expect((await readings())[1]).toMatchObject({ actor: admin, subject: 'labels', content: { content: { count: 1 } } })
})

it('so is a customer’s page or a chain that an administrator opens, once while it stands open', async () => {
  const message = await says()
  await cast.captures('wmRenji', { messageIds: [message] })
  const contactId = await cast.contactId('wmRenji')
  const { id } = await cast.requirement('wmRenji')
  for (const who of [rep, admin, admin])
    for (const path of [`/api/chats/${contactId}`, `/api/requirements/${id}`])
      expect((await server.get(path, who)).status).toBe(200)
  expect((await readings()).map((one) => [one.actor, one.subject])).toEqual([
    [admin, `contact:${contactId}`],
    [admin, `requirement:${id}`],
  ])
})

describe('nobody else', () => {
  it('a rep, a manager, a stranger: nothing; and what makes no sense is refused', async () => {
    await says()
    for (const who of [rep, await cast.personId('lina')]) expect((await server.get('/api/admin/findings', who)).status).toBe(403)
    expect((await server.get('/api/admin/findings')).status).toBe(401)
    for (const query of ['?filter=everything', '?before=x'])
      expect((await server.get(`/api/admin/findings${query}`, admin)).status).toBe(400)
    expect(await readings()).toEqual([])
  })

  it('a rep’s own page knows what was found, not why', async () => {
    await says()
    const { text, json } = await server.get(`/api/chats/${await cast.contactId('wmRenji')}`, rep)
    expect(json.messages.at(-1).finding).toMatchObject({ change: true, types: ['功能增减'] })
    for (const hidden of ['why', 'signals', '催货', 'rules']) expect(text).not.toContain(`"${hidden}"`)
  })
})

it('a setting’s versions say who changed it to what', async () => {
  const set = (value: string[]) => server.post('/api/admin/rules/keywords', admin, { requestId: newId(), value })
  expect((await set(['改模'])).json).toEqual({ version: 1 })
  expect((await set(['改模', '加急'])).json).toEqual({ version: 2 })
  expect((await set([''])).status).toBe(400)
  const { json } = await server.get('/api/admin/rules/keywords/versions', admin)
  expect(json.versions).toMatchObject([
    { version: 2, value: ['改模', '加急'], by: '何平' },
    { version: 1, value: ['改模'], by: '何平' },
  ])
  expect((await server.get('/api/admin/rules/keywords/versions', rep)).status).toBe(403)
})

it('a new need: one tap by the rep, once, and taken back', async () => {
  const id = await says('另外再下一单，六角螺栓200箱', {
    ...quiet,
    need: { slots: [quantity('200 箱', null, '六角螺栓')], spans: [] },
  })
  const requestId = newId()
  const first = await server.post(`/api/messages/${id}/need`, rep, { requestId })
  expect(first.json.change).toMatchObject({ types: [], state: 'pending', asks: [] })
  expect((await server.post(`/api/messages/${id}/need`, rep, { requestId })).json.change.id).toBe(first.json.change.id)
  expect((await server.post(`/api/messages/${id}/need`, rep, { requestId: newId() })).status).toBe(409)
  const undone = await server.post(`/api/changes/${first.json.change.id}/undo`, rep, { requestId: newId() })
  expect(undone.json.change.state).toBe('undone')
})
