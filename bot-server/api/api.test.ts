import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { role as anyRole, type Role } from '../../domain/person/person.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast, quantity } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'
import { access } from './access.js'
import { accessGaps } from './index.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let qyapi: Awaited<ReturnType<typeof serveQyapi>>
const people = new Map<Role, string>()
/** By userid, for stories. */
const id: Record<string, string> = {}

beforeAll(async () => {
  qyapi = await serveQyapi({
    gettoken: [goodToken()],
    get_jsapi_ticket: [{ ticket: 'corp-ticket', expires_in: 7200 }],
    'ticket/get': [{ ticket: 'agent-ticket', expires_in: 7200 }],
  })
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url, env: { WECOM_API_BASE: qyapi.base } })
  for (const role of anyRole.options) {
    const person = await database.db.person.create({ data: { id: newId(), name: role, roles: [role] } })
    people.set(role, person.id)
  }
  for (const userid of ['wanglei', 'chenjing', 'lina', 'zhaoqiang', 'heping']) id[userid] = await cast.personId(userid)
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop(), qyapi.close()])
})

/** A path that names nothing: whoever is let in gets no further than «not found» or «not understood». */
const nothing = (path: string) => path.replace(':seq', '0').replace(':action', 'none').replace(/:\w+/g, newId())

describe.each(Object.entries(access))('%s', (route, roles) => {
  const [method = '', path = ''] = route.split(' ')

  it('is for nobody without a session', async () => {
    const answer = await server.call(method, nothing(path))
    expect(answer).toMatchObject({ status: 401, json: { error: { code: 'no-session', words: '登录已过期，请重新打开页面' } } })
  })

  it.each(anyRole.options)('as %s', async (role) => {
    if (path === '/api/logout') return // ends the session that the others use
    const answer = await server.call(method, nothing(path), {
      as: people.get(role) ?? '',
      ...(method === 'POST' ? { body: {} } : {}),
    })
    const allowed = roles === 'everyone' || roles.includes(role)
    expect(answer.json?.error?.code === 'not-allowed').toBe(!allowed)
    expect(answer.status === 403).toBe(!allowed)
    expect(answer.status).toBeLessThan(500)
  })

  if (method === 'POST')
    it.each([undefined, 'null', 'https://evil.example', 'http://127.0.0.1'])(
      'is refused when it comes from %s',
      async (origin) => {
        const headers = { origin: origin ?? '' }
        const answer = await server.call(method, nothing(path), { as: people.get('admin') ?? '', body: {}, headers })
        expect(answer).toMatchObject({ status: 403, json: { error: { code: 'foreign-origin' } } })
      },
    )
})

it('a route without a row, or a row without a route, stops the start and is named', () => {
  const route = { method: 'GET' as const, path: '/api/new', handle: async () => {} }
  expect(accessGaps([route], {})).toMatch(/no row for \[GET \/api\/new\]/)
  expect(accessGaps([], { 'GET /api/old': [] })).toMatch(/no route for \[GET \/api\/old\]/)
})

describe('what somebody else looks after can’t be reached by its id', () => {
  it.each([
    ['a chat', async () => `GET /api/chats/${await cast.contactId('wmJinhai')}`],
    ['a chat by the platform’s id', async () => 'GET /api/chats/by-external/wmJinhai'],
    ['a pull', async () => `POST /api/chats/${await cast.contactId('wmJinhai')}/pull`],
    ['a requirement', async () => `GET /api/requirements/${(await cast.requirement('wmJinhai')).id}`],
  ])('%s', async (_what, find) => {
    const [method = '', path = ''] = (await find()).split(' ')
    for (const [who, status] of [
      ['wanglei', 404],
      ['zhaoqiang', 404],
      ['lina', 200],
    ] as const) {
      const answer = await server.call(method, path, { as: id[who] ?? '', ...(method === 'POST' ? { body: {} } : {}) })
      expect(answer.status).toBe(method === 'POST' && status === 200 ? 202 : status)
      if (status === 404) expect(answer.text).not.toMatch(/金经理|金海/)
    }
  })

  it('and the list shows nothing of it', async () => {
    const names = async (who: string) =>
      (await server.get('/api/customers', id[who])).json.customers.map((one: { name: string }) => one.name).sort()
    expect(await names('wanglei')).toEqual(['仁济骨科医院', '华强五金'].sort())
    expect(await names('zhaoqiang')).toEqual([])
    expect(await names('lina')).toHaveLength(3)
  })
})

describe('a write from a screen', () => {
  async function captureBody() {
    const messageIds = [await cast.says('wmRenji', `加到300套 ${newId()}`, { at: new Date() })]
    const contactId = await cast.contactId('wmRenji')
    const requirementId = (await cast.requirement('wmRenji')).id
    return {
      requestId: newId(),
      contactId,
      messageIds,
      types: ['功能增减'],
      requirementId,
      slots: [quantity('300套')],
      note: null,
    }
  }
  const changes = () => database.db.requirementChange.count()

  it('tapped twice, or many times at once, happens once and answers the same', async () => {
    const [body, before] = [await captureBody(), await changes()]
    const answers = await Promise.all(Array.from({ length: 5 }, () => server.post('/api/captures', id.wanglei ?? '', body)))
    const later = await server.post('/api/captures', id.wanglei ?? '', body)
    expect(await changes()).toBe(before + 1)
    expect(new Set([...answers, later].map((one) => `${one.status} ${one.json.change.id}`)).size).toBe(1)
  })

  it('by another’s request id, or another route’s, gets nothing of theirs', async () => {
    const body = await captureBody()
    const { json } = await server.post('/api/captures', id.wanglei ?? '', body)
    const stolen = await server.post('/api/captures', id.lina ?? '', body)
    expect(stolen).toMatchObject({ status: 409, json: { error: { code: 'request-id-taken' } } })
    const reused = await server.post(`/api/changes/${json.change.id}/undo`, id.wanglei ?? '', { requestId: body.requestId })
    expect(reused.status).toBe(409)
  })

  it('that was refused may be sent again under the same id', async () => {
    const body = await captureBody()
    expect((await server.post('/api/captures', id.wanglei ?? '', { ...body, requirementId: newId() })).status).toBe(404)
    expect((await server.post('/api/captures', id.wanglei ?? '', body)).status).toBe(200)
  })

  it.each<[string, unknown, number]>([
    ['no JSON', '{', 400],
    ['half a body', { requestId: newId() }, 400],
    ['a list', [], 400],
    ['an id that is none', { requestId: 'x' }, 400],
    ['too much', `"${'a'.repeat(70_000)}"`, 413],
  ])('that makes no sense (%s) is told so in words, and is nobody’s bug', async (_what, body, status) => {
    server.lines.length = 0
    const answer = await server.call('POST', '/api/captures', { as: id.wanglei ?? '', body })
    expect(answer.status).toBe(status)
    expect(answer.json.error.words).toMatch(/[一-鿿]/)
    expect(server.of('error')).toEqual([])
  })

  it('with what no database keeps (NUL, half an emoji) is kept without it', async () => {
    const answer = await server.post('/api/captures', id.wanglei ?? '', {
      ...(await captureBody()),
      note: '加急\0👍'.slice(0, -1),
    })
    expect(answer).toMatchObject({ status: 200, json: { change: { note: '加急' } } })
    expect((await server.get('/api/customers?query=%00', id.wanglei)).status).toBe(200)
  })
})

it('says the business time of each answer, for pages that count down', async () => {
  const said = (await server.get('/api/me', id.wanglei)).headers.get('x-business-now') ?? ''
  expect(new Date(said).toISOString()).toBe(said)
})

it('an address that nobody answers is told so in words', async () => {
  expect(await server.get('/api/nothing', id.wanglei)).toMatchObject({ status: 404, json: { error: { words: '没有这个页面' } } })
})

it('every answer to a browser says who may frame it and what it may load', async () => {
  for (const path of ['/api/me', '/api/nothing', '/auth/wecom/callback']) {
    const { headers } = await server.get(path, id.wanglei)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

describe('the page’s signature', () => {
  const sign = (url: string, headers: Record<string, string> = {}) =>
    server.call('GET', `/api/jssdk?url=${encodeURIComponent(url)}`, { as: id.wanglei ?? '', headers })

  it('is for pages of ours only', async () => {
    expect((await sign(`${server.base}/h5/`)).json).toMatchObject({ agentId: 1000002, corp: { signature: expect.any(String) } })
    for (const url of ['https://evil.example/h5/', 'javascript:alert(1)', 'nonsense']) {
      expect((await sign(url)).status).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('live', () => {
  /** What a page hears over SSE. */
  async function listen(subjects: string, as = id.wanglei ?? '') {
    const abort = new AbortController()
    const headers = { cookie: await server.cookieOf(as) }
    const response = await fetch(`${server.base}/api/live?subjects=${subjects}`, { headers, signal: abort.signal })
    let heard = ''
    const read = async () => {
      for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString()
    }
    read().catch(() => {})
    return { status: response.status, heard: () => heard, hangUp: () => abort.abort() }
  }

  it('rings for what was asked for, after the commit, and says no more than which', async () => {
    const contactId = await cast.contactId('wmRenji')
    const page = await listen(`chat:${contactId}`)
    await waitFor(() => page.heard().includes('event: hello'))
    // The subscription at Redis may come a moment after the hello.
    await waitFor(async () => {
      await server.post('/api/messages/paste', id.wanglei ?? '', { contactId, text: `加急 ${newId()}` })
      return page.heard().includes('changed')
    })
    expect(page.heard()).toContain(`event: changed\ndata: {"subject":"chat:${contactId}"}`)
    expect(page.heard()).not.toContain('加急')
    page.hangUp()
    await waitFor(() => server.streams.size === 0, { what: 'the connection to be let go' })
  })

  it('is only for what the person may see', async () => {
    const theirs = await cast.contactId('wmJinhai')
    const { id: chain } = await cast.requirement('wmJinhai')
    for (const subject of [`chat:${theirs}`, `requirement:${chain}`, `ask:${newId()}`]) {
      expect((await listen(`chat:${await cast.contactId('wmRenji')},${subject}`)).status).toBe(404)
    }
    for (const subjects of ['', 'all', `chat:${'-'.repeat(36)}`, 'person:1', Array(21).fill(`chat:${newId()}`).join()]) {
      expect((await listen(subjects)).status).toBe(400)
    }
    expect(server.streams.size).toBe(0)
  })
})
