import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type SentOne, sendOne } from '../../test/factories/sent-quote.js'
import { type Answer, type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const WECHAT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49'
const SAFARI = WECHAT.replace(/ MicroMessenger.*/, ' Safari/604.1')
const answers: Parameters<typeof serveQyapi>[0] = { gettoken: [goodToken()], 'auth/getuserinfo': [] }
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let qyapi: Awaited<ReturnType<typeof serveQyapi>>
let server: Server
let cast: Cast
let sent: SentOne

beforeAll(async () => {
  ;[database, redis, qyapi] = await Promise.all([freshDb(), freshRedis(), serveQyapi(answers)])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url, env: { WECOM_API_BASE: qyapi.base } })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop(), qyapi.close()])
})
beforeEach(async () => {
  sent = await sendOne(database.db, cast)
})

/** A browser: keeps its cookies. */
function browser(userAgent = WECHAT) {
  const jar = new Map<string, string>()
  return async (path: string, body?: object): Promise<Answer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'user-agent': userAgent, ...(cookie ? { cookie } : {}) }
    const answer = await server.call(body ? 'POST' : 'GET', path, { headers, ...(body ? { body } : {}) })
    for (const one of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = one.split(';', 1)[0]?.split(/=(.*)/s) ?? []
      jar.set(name, value)
    }
    return answer
  }
}
const to = (answer: Answer) => answer.headers.get('location') ?? ''
/** To the platform and back. */
async function comesBack(go: ReturnType<typeof browser>, visitor: object, code = 'c') {
  answers['auth/getuserinfo'] = [visitor]
  const asked = new URL(to(await go(`/q/${sent.token}/who`)))
  return { asked, back: await go(`/q/known?code=${code}&state=${asked.searchParams.get('state')}`) }
}
const seeing = { opening: true, sections: { head: 3 }, stoppedAt: 'head' }
const visits = () => database.db.quoteVisit.findMany({ where: { linkId: sent.linkId } })

it('nobody is sent anywhere before a colleague’s login showed that WeCom takes this domain', async () => {
  await database.db.session.deleteMany({ where: { platform: 'wecom' } })
  expect((await browser()(`/q/${sent.token}`)).status).toBe(200)
})

describe('in WeChat', () => {
  beforeEach(async () => {
    await server.sessions.open(await cast.personId('wanglei'), 'wecom')
  })

  it('a customer whom a colleague has added is known by name, on the visit and on the watermark, after one silent way', async () => {
    const go = browser()
    expect(to(await go(`/q/${sent.token}`))).toBe(`/q/${sent.token}/who`)
    const { asked, back } = await comesBack(go, { external_userid: 'wmHuaqiang', openid: 'o1' })
    expect(asked.searchParams.get('scope')).toBe('snsapi_base')
    expect(asked.searchParams.get('redirect_uri')).toBe(`${server.base}/q/known`)
    expect(asked.searchParams.get('state')).toMatch(/^[A-Za-z0-9]{1,128}$/)
    expect(to(back)).toBe(`/q/${sent.token}?asked`)
    const page = await go(`/q/${sent.token}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('黄老板 · ')
    await go(`/q/${sent.token}/seen`, seeing)
    expect(await visits()).toMatchObject([{ contactId: await cast.contactId('wmHuaqiang') }])
  })

  it('a stranger, and whom WeCom does not name, reads it all the same and is not asked again', async () => {
    for (const visitor of [{ openid: 'o2' }, { errcode: 50001, errmsg: 'redirect_url not allowed' }]) {
      const go = browser()
      const { back } = await comesBack(go, visitor)
      expect(to(back)).toBe(`/q/${sent.token}?asked`)
      expect((await go(to(back))).status).toBe(200)
      expect((await go(`/q/${sent.token}`)).status).toBe(200)
    }
  })

  it('whoever turns back at the platform’s page finds the quote', async () => {
    const go = browser()
    await go(to(await go(`/q/${sent.token}`)))
    expect((await go(`/q/${sent.token}`)).status).toBe(200)
  })

  it('where cookies are refused nobody is sent round and round', async () => {
    const first = await browser()(`/q/${sent.token}`)
    const asked = new URL(to(await browser()(to(first))))
    const back = await browser()(`/q/known?code=c&state=${asked.searchParams.get('state')}`)
    expect((await browser()(to(back))).status).toBe(200)
  })

  it('a colleague is no visit', async () => {
    const go = browser()
    await comesBack(go, { userid: 'wanglei' })
    expect((await go(`/q/${sent.token}`)).status).toBe(200)
    await go(`/q/${sent.token}/seen`, seeing)
    expect(await visits()).toEqual([])
  })

  it('somebody else’s way back makes nobody known: the code of another browser is not asked about', async () => {
    answers['auth/getuserinfo'] = [{ external_userid: 'wmHuaqiang' }]
    const asked = new URL(to(await browser()(`/q/${sent.token}/who`)))
    const victim = browser()
    await victim(`/q/known?code=c&state=${asked.searchParams.get('state')}`)
    expect((await victim(`/q/${sent.token}?asked`)).text).not.toContain('黄老板')
  })
})

it('made-up ways back don’t use up what the organisation may ask WeCom', async () => {
  const go = browser()
  const { asked } = await comesBack(go, { openid: 'o1' })
  const calls = () => qyapi.asksOf('auth/getuserinfo').length
  const before = calls()
  const ways = Array.from({ length: 130 }, (_, i) => go(`/q/known?code=c${i}&state=${asked.searchParams.get('state')}`))
  for (const back of await Promise.all(ways)) expect(to(back)).toBe(`/q/${sent.token}?asked`)
  expect(calls() - before).toBeLessThan(130)
})

it('outside WeChat nobody is sent away, and no made-up way back is a dead end', async () => {
  await server.sessions.open(await cast.personId('wanglei'), 'wecom')
  expect((await browser(SAFARI)(`/q/${sent.token}`)).status).toBe(200)
  for (const state of ['', 'x', 'f'.repeat(32)]) {
    const answer = await browser()(`/q/known?code=c&state=${state}`)
    expect((await browser()(to(answer))).text).toContain('没有找到这份报价')
  }
})
