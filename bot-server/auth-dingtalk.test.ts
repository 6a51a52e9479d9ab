import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodToken, serveDingtalk } from '../channels/dingtalk/fixtures/dingtalk-api.js'
import { signPage } from '../channels/dingtalk/jsapi.js'
import { type Cast, createCast } from '../test/factories/cast.js'
import { type Answer, type Server, startServer } from '../test/factories/server.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { SESSION_COOKIE } from './session.js'

const DINGTALK =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 DingTalk/7.6.5 AliApp(DingTalk/7.6.5)'
const CHROME = 'Mozilla/5.0 (X11; Linux x64) Chrome/126.0.0.0 Safari/537.36'
const settings = {
  DINGTALK_CORP_ID: 'dingcorp',
  DINGTALK_CLIENT_ID: 'dingclient',
  DINGTALK_CLIENT_SECRET: 'sEcReT',
  DINGTALK_AGENT_ID: '7001',
  DINGTALK_ADMINS: 'Lin.Xiao, nobody',
  PUBLIC_HOSTS: '.bulou.localhost:3301',
}

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let platform: Awaited<ReturnType<typeof serveDingtalk>>
const answers: Parameters<typeof serveDingtalk>[0] = {}

beforeAll(async () => {
  ;[database, redis, platform] = await Promise.all([freshDb(), freshRedis(), serveDingtalk(answers)])
  cast = await createCast(database.db)
  const env = { ...settings, DINGTALK_API_BASE: platform.base, DINGTALK_OAPI_BASE: platform.base }
  server = await startServer({ database: database.url, redis: redis.url, env, pages: new URL('./', import.meta.url) })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop(), platform.close()])
})

const cookieIn = (answer: Answer, name: string) =>
  answer.headers
    .getSetCookie()
    .find((one) => one.startsWith(`${name}=`))
    ?.split(';')[0] ?? ''
const begin = (to?: string) => server.call('POST', '/auth/dingtalk/begin', { body: to === undefined ? {} : { to } })
const whoIs = (cookie: string) => server.call('GET', '/api/me', { headers: { cookie } })
const comes = (userid: string) => {
  answers['oauth2/accessToken'] = [goodToken()]
  answers['topapi/v2/user/getuserinfo'] = [{ errcode: 0, result: { userid, unionid: `u-${userid}`, name: '林晓' } }]
}

type How = { to?: string; state?: string; cookie?: string; headers?: Record<string, string> }

/** The way of the page: it begins, its client gives a code, it hands that over. */
async function logIn({ to, state, cookie, headers }: How = {}) {
  const begun = await begin(to)
  const sent = { state: state ?? begun.json.state, code: 'c' }
  const kept = cookie ?? cookieIn(begun, 'bulou_state')
  return { begun, done: await server.call('POST', '/auth/dingtalk', { body: sent, headers: { cookie: kept, ...headers } }) }
}

describe('login inside DingTalk', () => {
  it('is a colleague of DingTalk, back on the page that was wanted, with a cookie that scripts can’t read', async () => {
    comes('chenjing_d')
    const { begun, done } = await logIn({ to: '/h5/chat/7?as=a&x=黄' })
    expect(begun.json).toEqual({ state: expect.stringMatching(/^[0-9a-f]{32}$/), corpId: 'dingcorp', clientId: 'dingclient' })
    expect([done.status, done.json]).toEqual([200, { to: '/h5/chat/7?as=a&x=%E9%BB%84' }])
    expect(done.headers.getSetCookie().find((one) => one.startsWith(SESSION_COOKIE))).toMatch(/; httponly/i)
    const who = await whoIs(cookieIn(done, SESSION_COOKIE))
    expect(who.json).toMatchObject({ platform: 'dingtalk', roles: ['rep'] })
    const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: 'chenjing_d' }
    expect(await database.db.identity.findFirst({ where: as })).toMatchObject({ personId: who.json.id })
  })

  it('knows a colleague again, and who has two platforms is one person', async () => {
    const personId = await cast.personId('lina')
    await database.db.identity.create({
      data: { id: personId, platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: 'lina_d', personId },
    })
    comes('lina_d')
    expect((await whoIs(cookieIn((await logIn()).done, SESSION_COOKIE))).json.id).toBe(personId)
  })

  it('makes an administrator of who the settings name, in the very letters that DingTalk has', async () => {
    comes('Lin.Xiao')
    expect((await whoIs(cookieIn((await logIn()).done, SESSION_COOKIE))).json.roles).toEqual(['rep', 'admin'])
    comes('lin.xiao')
    expect((await whoIs(cookieIn((await logIn()).done, SESSION_COOKIE))).json.roles).toEqual(['rep'])
  })

  it.each<[string, () => ReturnType<typeof logIn>, number]>([
    ['a state that is not this browser’s', () => logIn({ state: 'f'.repeat(32) }), 400],
    ['no state cookie: a page that logs a victim in', () => logIn({ cookie: 'x=1' }), 400],
    ['a state cookie of their own making', () => logIn({ state: 'a', cookie: 'bulou_state=a|%2Fh5%2F.sig' }), 400],
    ['another site’s page', () => logIn({ headers: { origin: 'https://evil.example' } }), 403],
  ])('refuses %s, in words, and asks the platform nothing', async (_what, attempt, status) => {
    comes('lina_d')
    const before = platform.asked.length
    const { done } = await attempt()
    expect(done.status).toBe(status)
    expect(done.json.error.words).toMatch(/[一-鿿]/)
    expect(cookieIn(done, SESSION_COOKIE)).toBe('')
    expect(platform.asked.length).toBe(before)
  })

  it('refuses a code that was used before or made up', async () => {
    comes('x')
    answers['topapi/v2/user/getuserinfo'] = [{ errcode: 40078, errmsg: '不存在的临时授权码' }]
    const { done } = await logIn()
    expect([done.status, done.json.error.words]).toEqual([400, '登录已过期，请重新打开页面'])
    expect(cookieIn(done, SESSION_COOKIE)).toBe('')
  })

  it('a state is good for one login', async () => {
    comes('lina_d')
    const { begun, done } = await logIn()
    expect(done.status).toBe(200)
    expect(done.headers.getSetCookie().some((one) => /^bulou_state=;.*expires=Thu, 01 Jan 1970/i.test(one))).toBe(true)
    expect(begun.json.state).not.toBe((await begin()).json.state)
  })

  it('refuses who has left', async () => {
    comes('gone_d')
    const { done } = await logIn()
    const { id } = (await whoIs(cookieIn(done, SESSION_COOKIE))).json
    await database.db.person.update({ where: { id }, data: { leftAt: new Date() } })
    const again = (await logIn()).done
    expect([again.status, cookieIn(again, SESSION_COOKIE)]).toEqual([403, ''])
  })

  it('never leads to another site', async () => {
    comes('lina_d')
    for (const to of ['https://evil.example', '//evil.example', '/h5/../api/logout'])
      expect((await logIn({ to })).done.json.to).toBe('/h5/')
  })
})

describe('a page without a session', () => {
  const open = (path: string, agent: string) => server.call('GET', path, { headers: { 'user-agent': agent } })

  it('goes to the login of the app that it was opened in, and a plain browser is told of both', async () => {
    expect((await open('/h5/ask/1?x=1', DINGTALK)).headers.get('location')).toBe('/h5/login?to=%2Fh5%2Fask%2F1%3Fx%3D1')
    expect((await open('/h5/ask/1', `${CHROME} wxwork/4.1`)).headers.get('location')).toBe('/auth/wecom?to=%2Fh5%2Fask%2F1')
    expect((await open('/auth/wecom?to=%2Fh5%2Fask%2F1', CHROME)).headers.get('location')).toBe('/h5/login?to=%2Fh5%2Fask%2F1')
    expect((await open('/auth/wecom?to=%2Fh5%2F', `${CHROME} wxwork/4.1`)).headers.get('location')).toContain('oauth2/authorize')
    expect((await server.get('/auth/apps')).json).toEqual({ apps: ['wecom', 'dingtalk'] })
  })

  it('may stand in DingTalk’s own frames and nobody else’s; over TLS the session goes with it', async () => {
    const csp = (await server.get('/auth/apps')).headers.get('content-security-policy')
    expect(csp).toContain('frame-ancestors https://*.dingtalk.com')
    const env = {
      ...settings,
      PUBLIC_URL: 'https://bulou.example.com',
      DINGTALK_API_BASE: platform.base,
      DINGTALK_OAPI_BASE: platform.base,
    }
    const secure = await startServer({ database: database.url, redis: redis.url, env })
    const begun = await secure.call('POST', '/auth/dingtalk/begin', { body: {} })
    expect(begun.headers.getSetCookie()[0]).toMatch(/; samesite=none; secure; httponly/i)
    await secure.close()
  })
})

describe('a page’s signature for dd.config', () => {
  it('is of the very page that asks, and of no other', async () => {
    answers['oauth2/accessToken'] = [goodToken()]
    answers['oauth2/jsapiTickets'] = [{ jsapiTicket: 'ticket-1', expireIn: 7200 }]
    const me = await cast.personId('lina')
    const url = `${server.base}/h5/chat/7?a=b`
    const { json } = await server.get(`/api/dingtalk/jsapi?url=${encodeURIComponent(url)}`, me)
    const { timeStamp, nonceStr } = json
    expect(json).toMatchObject({ corpId: 'dingcorp', agentId: 7001 })
    expect(json.signature).toBe(signPage({ ticket: 'ticket-1', nonceStr, timeStamp, url }))
    for (const foreign of ['https://evil.example/h5/', 'http://x.bulou.localhost:3301/h5/', 'not a page'])
      expect((await server.get(`/api/dingtalk/jsapi?url=${encodeURIComponent(foreign)}`, me)).status).toBeGreaterThanOrEqual(400)
    expect((await server.get(`/api/dingtalk/jsapi?url=${encodeURIComponent(url)}`)).status).toBe(401)
  })
})

describe('without DingTalk', () => {
  it('there is no such login, and a plain browser goes to WeCom’s', async () => {
    const plain = await startServer({ database: database.url, redis: redis.url })
    expect((await plain.call('POST', '/auth/dingtalk/begin', { body: {} })).status).toBe(404)
    expect((await plain.get('/auth/apps')).json).toEqual({ apps: ['wecom'] })
    expect((await plain.get('/auth/wecom')).headers.get('location')).toContain('oauth2/authorize')
    expect((await plain.get('/auth/apps')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    await plain.close()
  })
})
