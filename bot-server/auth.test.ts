import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodToken, serveQyapi } from '../channels/wecom/fixtures/qyapi.js'
import { type Cast, createCast } from '../test/factories/cast.js'
import { type Answer, type Server, startServer } from '../test/factories/server.js'
import { DAY } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { pageOf } from './own-page.js'
import { SESSION_COOKIE } from './session.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let qyapi: Awaited<ReturnType<typeof serveQyapi>>
let now = new Date()
const answers: Parameters<typeof serveQyapi>[0] = { gettoken: [goodToken()], 'auth/getuserinfo': [] }

beforeAll(async () => {
  ;[database, redis, qyapi] = await Promise.all([freshDb(), freshRedis(), serveQyapi(answers)])
  cast = await createCast(database.db)
  const env = { WECOM_API_BASE: qyapi.base, WECOM_ADMINS: 'WangLei, nobody', PUBLIC_HOSTS: '.bulou.localhost:3301' }
  server = await startServer({ database: database.url, redis: redis.url, env, machineNow: () => now })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop(), qyapi.close()])
})

const cookiesOf = (answer: Answer) => answer.headers.getSetCookie()
const cookieIn = (answer: Answer, name: string) =>
  cookiesOf(answer)
    .find((one) => one.startsWith(`${name}=`))
    ?.split(';')[0] ?? ''

/** The way of a browser: to the platform, and back with a code. */
async function logIn(visitor: object, { to = '/h5/', state, cookie }: { to?: string; state?: string; cookie?: string } = {}) {
  answers['auth/getuserinfo'] = [visitor]
  const out = await server.get(`/auth/wecom?to=${encodeURIComponent(to)}`)
  const asked = new URL(out.headers.get('location') ?? '')
  const back = `/auth/wecom/callback?code=c&state=${state ?? asked.searchParams.get('state')}`
  return { out, asked, back: await server.call('GET', back, { headers: { cookie: cookie ?? cookieIn(out, 'bulou_state') } }) }
}
const whoIs = async (cookie: string) => server.call('GET', '/api/me', { headers: { cookie } })

describe('login', () => {
  it('goes to the platform and back to the page that was wanted, with a cookie that scripts can’t read', async () => {
    const { out, asked, back } = await logIn({ userid: 'chenjing' }, { to: '/h5/chat/7?as=a;b&x=黄|1' })
    expect(asked.searchParams.get('redirect_uri')).toBe(`${server.base}/auth/wecom/callback`)
    expect(asked.searchParams.get('state')).toMatch(/^[A-Za-z0-9]{1,128}$/)
    expect(cookiesOf(out)[0]).toMatch(/; httponly/i)
    expect(back.status).toBe(302)
    expect(back.headers.get('location')).toBe('/h5/chat/7?as=a;b&x=%E9%BB%84|1')
    const session = cookiesOf(back).find((one) => one.startsWith(SESSION_COOKIE)) ?? ''
    expect(session).toMatch(/; samesite=lax/i)
    expect(session).toMatch(/; httponly/i)
    expect((await whoIs(cookieIn(back, SESSION_COOKIE))).json).toMatchObject({ name: '陈静', roles: ['rep'] })
  })

  it('on https the cookies never go over http', async () => {
    const env = { PUBLIC_URL: 'https://bulou.example.com' }
    const secure = await startServer({ database: database.url, redis: redis.url, env })
    expect(cookiesOf(await secure.get('/auth/wecom'))[0]).toMatch(/; secure/i)
    // A host that isn't ours is never where the platform sends the code.
    expect((await secure.get('/auth/wecom')).headers.get('location')).toContain(
      encodeURIComponent('https://bulou.example.com/auth'),
    )
    await secure.close()
  })

  it('makes a colleague of who was never met, whatever case the platform writes them in', async () => {
    const first = await logIn({ userid: 'NewBie' })
    const again = await logIn({ userid: 'newbie' })
    const ids = await Promise.all([first, again].map(async ({ back }) => (await whoIs(cookieIn(back, SESSION_COOKIE))).json.id))
    expect(ids[0]).toBe(ids[1])
  })

  it('makes an administrator of who the settings name, also when we had met them before, and records it', async () => {
    const before = await cast.actor('wanglei')
    expect(before.roles).toEqual(['rep'])
    for (let i = 0; i < 2; i++) await logIn({ userid: 'wanglei' })
    expect((await cast.actor('wanglei')).roles).toEqual(['rep', 'admin'])
    expect(await database.db.auditEntry.count({ where: { verb: 'role-granted', subject: `person:${before.personId}` } })).toBe(1)
  })

  it.each<[string, () => ReturnType<typeof logIn>, number]>([
    ['a state that is not this browser’s', () => logIn({ userid: 'lina' }, { state: 'f'.repeat(32) }), 400],
    ['no state cookie: a link that logs a victim in', () => logIn({ userid: 'lina' }, { cookie: 'x=1' }), 400],
    [
      'a state cookie of their own making',
      () => logIn({ userid: 'lina' }, { state: 'a', cookie: 'bulou_state=a|%2Fh5%2F.sig' }),
      400,
    ],
    ['a code that was used before', () => logIn({ errcode: 40029, errmsg: 'invalid code' }), 400],
    ['a customer of ours', () => logIn({ external_userid: 'wmRenji' }), 403],
    ['a stranger in WeChat', () => logIn({ openid: 'o' }), 403],
  ])('refuses %s, in words, without a session', async (_what, attempt, status) => {
    const { back } = await attempt()
    expect(back.status).toBe(status)
    expect(back.text).toMatch(/[一-鿿]/)
    expect(cookieIn(back, SESSION_COOKIE)).toBe('')
  })

  it('refuses who has left, and the sessions they had', async () => {
    const { back } = await logIn({ userid: 'sunyue' })
    await database.db.person.update({ where: { id: await cast.personId('sunyue') }, data: { leftAt: new Date() } })
    expect((await whoIs(cookieIn(back, SESSION_COOKIE))).status).toBe(403)
    expect((await logIn({ userid: 'sunyue' })).back.status).toBe(403)
  })
})

describe('the page after the login is one of ours', () => {
  it.each(['/h5/', '/h5/chat/1?a=b', '/h5/ask/1?as=confirm-cannot'])('%s', (to) => expect(pageOf(to)).toBe(to))

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/h5//evil.example',
    '/h5/\\evil.example',
    '/h5/../api/logout',
    '/h5/%2e%2e/api/me',
    '/h5/..\\..\\x',
    '/api/me',
    '/h5evil',
    'javascript:alert(1)',
    '/h5/\r\nset-cookie: a=b',
    ['/h5/', '/h5/'],
    undefined,
  ])('and not %s', (to) => expect(pageOf(to)).toMatch(/^\/h5\/(set-cookie:%20a=b)?$/))
})

describe('a session', () => {
  const open = async () => `${SESSION_COOKIE}=${await server.sessions.open(await cast.personId('lina'), 'wecom')}`

  it('can’t be forged or altered', async () => {
    const cookie = await open()
    expect((await whoIs(cookie)).status).toBe(200)
    for (const forged of [
      `${cookie.slice(0, -1)}x`,
      `${cookie}x`,
      `${SESSION_COOKIE}=${'a'.repeat(43)}.b`,
      `${SESSION_COOKIE}=`,
      '',
    ]) {
      expect((await whoIs(forged)).status).toBe(401)
    }
  })

  it('is of no use to who reads the table: it holds no token', async () => {
    const token = (await open()).split('=')[1]?.split('.')[0] ?? ''
    const rows = JSON.stringify(await database.db.session.findMany())
    expect(rows).not.toContain(token)
    const [row] = await database.db.session.findMany()
    expect((await whoIs(`${SESSION_COOKIE}=${server.sessions.sign(row?.tokenHash ?? '')}`)).status).toBe(401)
  })

  it('ends after a week', async () => {
    const cookie = await open()
    now = new Date(now.getTime() + 7 * DAY - 1_000)
    expect((await whoIs(cookie)).status).toBe(200)
    now = new Date(now.getTime() + 1_000)
    expect((await whoIs(cookie)).status).toBe(401)
  })

  it('ends at once at the logout, for every copy of the cookie', async () => {
    const cookie = await open()
    const out = await server.call('POST', '/api/logout', { headers: { cookie } })
    expect(out.status).toBe(200)
    expect(cookiesOf(out)[0]).toMatch(/bulou_session=;.*expires=Thu, 01 Jan 1970/i)
    expect((await whoIs(cookie)).status).toBe(401)
  })
})
