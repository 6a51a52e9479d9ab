import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createShelf, type Shelf } from '../lib/shelf.js'
import { CORP_ID, SECRET, startForTest } from '../simulator/testing/start.js'
import { keepLog } from '../test/factories/log.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { clientOf, goodToken, serveQyapi } from './wecom/fixtures/qyapi.js'
import { createPageSigner } from './wecom/jsapi.js'

let redis: FreshRedis
beforeAll(async () => {
  redis = await freshRedis()
})
afterAll(() => redis.stop())

const shelves: Shelf[] = []
let close: () => Promise<unknown> = async () => {}
beforeEach(async () => {
  redis.resume()
  await redis.restart() // empty
})
afterEach(async () => {
  for (const shelf of shelves.splice(0)) shelf.close()
  await close()
})

/** Another process: a connection and a memory of its own. */
function processOf(
  base: string,
  { patienceMs = 5_000, ...other }: { patienceMs?: number; corpId?: string; secret?: string } = {},
) {
  const shelf = createShelf(redis.url, { dataKey: 'k'.repeat(32), log: keepLog().log, patienceMs })
  shelves.push(shelf)
  return clientOf(base, undefined, { shelf, ...other })
}

async function serve(answers: Parameters<typeof serveQyapi>[0]) {
  const api = await serveQyapi(answers)
  close = api.close
  return api
}
const tokensOf = (api: Awaited<ReturnType<typeof serve>>) => api.asksOf('x').map((one) => one.query.access_token)

describe('a token that processes share', () => {
  it('is fetched by one of them', async () => {
    const api = await serve({ gettoken: [goodToken('T1'), goodToken('T2')], x: [{}] })
    const [a, b, c] = [processOf(api.base), processOf(api.base), processOf(api.base)]
    await Promise.all([a, b].map(({ wecom }) => wecom.call('POST', 'x')))
    await c.wecom.call('POST', 'x')
    expect(tokensOf(api)).toEqual(['T1', 'T1', 'T1'])
    expect(api.asksOf('gettoken')).toHaveLength(1)
  })

  it('is another one for another secret, and lies in no log', async () => {
    const api = await serve({ gettoken: [goodToken('ToKeN1'), goodToken('ToKeN2')], x: [{}] })
    const [a, b] = [processOf(api.base), processOf(api.base, { secret: 'oThEr' })]
    await a.wecom.call('POST', 'x')
    await b.wecom.call('POST', 'x')
    expect(tokensOf(api)).toEqual(['ToKeN1', 'ToKeN2'])
    expect([...a.lines, ...b.lines].join()).not.toMatch(/ToKeN|sEcReT|oThEr/)
  })

  it('is replaced before it ends by one of them, and taken over by the others', async () => {
    const api = await serve({ gettoken: [goodToken('T1'), goodToken('T2'), goodToken('T3')], x: [{}] })
    const [a, b] = [processOf(api.base), processOf(api.base)]
    await a.wecom.call('POST', 'x')
    await b.wecom.call('POST', 'x')
    for (const one of [a, b]) one.clock.now = new Date(one.clock.now.getTime() + 6_950_000)
    await Promise.all([a.wecom.call('POST', 'x'), b.wecom.call('POST', 'x')])
    expect(tokensOf(api)).toEqual(['T1', 'T1', 'T2', 'T2'])
    expect(api.asksOf('gettoken')).toHaveLength(2)
  })

  it('is fetched no more when the platform refused one of them for its secret', async () => {
    const api = await serve({ gettoken: [{ errcode: 40001 }, goodToken()], x: [{}] })
    const [a, b] = [processOf(api.base), processOf(api.base)]
    await expect(a.wecom.call('POST', 'x')).rejects.toMatchObject({ code: 40001 })
    await expect(b.wecom.call('POST', 'x')).rejects.toMatchObject({ method: 'gettoken', code: 40001, kind: 'config' })
    expect(api.asksOf('gettoken')).toHaveLength(1)
    for (const one of [a, b]) one.clock.now = new Date(one.clock.now.getTime() + 61_000)
    await b.wecom.call('POST', 'x')
    await a.wecom.call('POST', 'x')
    expect(api.asksOf('gettoken')).toHaveLength(2)
  })

  it('is still fetched by a machine with another address when one is not trusted', async () => {
    const api = await serve({ gettoken: [{ errcode: 60020 }, goodToken()], x: [{}] })
    await expect(processOf(api.base).wecom.call('POST', 'x')).rejects.toMatchObject({ code: 60020 })
    await processOf(api.base).wecom.call('POST', 'x')
  })

  it('is the one that the platform gave anew, when it had revoked the one that all of them hold', async () => {
    const standin = await startForTest({ realTime: true })
    close = () => standin.close()
    const [a, b] = [1, 2].map(() => processOf(standin.base, { corpId: CORP_ID, secret: SECRET }).wecom)
    const ask = (wecom = a) => wecom?.call('GET', 'user/get', { userid: 'wanglei' })
    const fetches = async () => (await standin.json('/__standin/calls?path=/cgi-bin/gettoken')).length
    await Promise.all([ask(a), ask(b)])
    expect(await fetches()).toBe(1)
    await standin.control('revoke-token', {})
    await expect(Promise.all([ask(a), ask(b), ask(a)])).resolves.toMatchObject([{ errcode: 0 }, { errcode: 0 }, { errcode: 0 }])
    expect(await fetches()).toBe(2)
    await standin.control('revoke-token', {})
    await ask(b)
    await ask(a) // finds on the shelf what b fetched
    expect(await fetches()).toBe(3)
  })
})

it('the old one goes on for its last minutes when the next can not be had, which is not asked for at every call', async () => {
  const api = await serve({ gettoken: [goodToken('T1'), { errcode: -1 }, goodToken('T2')], x: [{}] })
  const { wecom, clock } = clientOf(api.base)
  const later = async (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms)
    await wecom.call('POST', 'x')
  }
  for (const ms of [0, 6_950_000, 1_000, 31_000]) await later(ms)
  expect(tokensOf(api)).toEqual(['T1', 'T1', 'T1', 'T2'])
  expect(api.asksOf('gettoken')).toHaveLength(3)
})

describe('without a shelf that answers, each has its own', () => {
  const two = async () => {
    const api = await serve({ gettoken: [goodToken()], x: [{}] })
    return { api, a: processOf(api.base, { patienceMs: 200 }), b: processOf(api.base, { patienceMs: 200 }) }
  }

  it.each([
    ['is gone', () => redis.kill()],
    ['hangs', async () => redis.pause()],
  ])('when Redis %s', async (_, hurt) => {
    const { api, a, b } = await two()
    await hurt()
    await Promise.all([a.wecom.call('POST', 'x'), b.wecom.call('POST', 'x')])
    expect(tokensOf(api)).toEqual(['T1', 'T1'])
    expect(api.asksOf('gettoken')).toHaveLength(2)
  })

  it('when Redis has just been emptied, and then they share again', async () => {
    const { api, a, b } = await two()
    await a.wecom.call('POST', 'x')
    await redis.restart()
    await a.wecom.call('POST', 'x')
    await b.wecom.call('POST', 'x')
    expect(api.asksOf('gettoken')).toHaveLength(2)
  })
})

it('the tickets of pages are shared too, corp and app apart', async () => {
  const ticket = (name: string) => ({ ticket: name, expires_in: 7200 })
  const api = await serve({
    gettoken: [goodToken()],
    get_jsapi_ticket: [ticket('corp1'), ticket('corp2')],
    'ticket/get': [ticket('agent1'), ticket('agent2')],
  })
  const sign = () => createPageSigner(processOf(api.base).wecom)('https://bulou.example.com/', 'n')
  const [first, second] = [await sign(), await sign()]
  expect(second).toEqual(first)
  expect(first.corp.signature).not.toBe(first.agent.signature)
  expect(api.asked.map((one) => one.path).sort()).toEqual(['get_jsapi_ticket', 'gettoken', 'ticket/get'])
})
