import { afterAll, beforeAll, expect, it } from 'vitest'
import { goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { leave } from '../../domain/handover/leave.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Answer, type Server, startServer } from '../../test/factories/server.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'
import { SESSION_COOKIE } from '../session.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let qyapi: Awaited<ReturnType<typeof serveQyapi>>
const answers: Parameters<typeof serveQyapi>[0] = { gettoken: [goodToken()] }
const sms = {
  SMS_PROVIDER: 'aliyun',
  SMS_ACCESS_KEY_ID: 'k',
  SMS_ACCESS_KEY_SECRET: 's',
  SMS_SIGN_NAME: '不漏',
  SMS_TEMPLATE_ID: 'SMS_1',
}
const id: Record<string, string> = {}
beforeAll(async () => {
  ;[database, redis, qyapi] = await Promise.all([freshDb(), freshRedis(), serveQyapi(answers)])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url, env: { WECOM_API_BASE: qyapi.base, ...sms } })
  for (const userid of ['wanglei', 'chenjing', 'lina', 'zhaoqiang']) id[userid] = await cast.personId(userid)
  await database.db.contactPoint.deleteMany()
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop(), qyapi.close()])
})

const cookieIn = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

/** Goes to the platform's page and comes back with a code, as whoever is logged in. */
async function consent(as: string, told: { userid: string; user_ticket?: string }, detail: object = {}) {
  answers['auth/getuserinfo'] = [told]
  answers['auth/getuserdetail'] = [detail]
  const out = await server.get('/auth/wecom/private')
  const asked = new URL(out.headers.get('location') ?? '')
  const back = `/auth/wecom/private/callback?code=c&state=${asked.searchParams.get('state')}`
  const cookie = `${cookieIn(out)}; ${await server.cookieOf(as)}`
  return { asked, back: await server.call('GET', back, { headers: { cookie } }) }
}
const page = async (as: string) => (await server.get('/api/reach', as)).json
const channelOf = (reach: { channels: { channel: string }[] }, channel: string) =>
  reach.channels.find((one) => one.channel === channel)

it('keeps what WeCom tells of who is logged in, and shows it masked', async () => {
  const detail = { mobile: '13812345678', biz_mail: 'wang@yonggu.example' }
  const { asked, back } = await consent(id.wanglei ?? '', { userid: 'WangLei', user_ticket: 't' }, detail)
  expect(asked.searchParams.get('scope')).toBe('snsapi_privateinfo')
  expect(back.headers.get('location')).toBe('/h5/reach?told=sms,mail')
  const reach = await page(id.wanglei ?? '')
  expect(channelOf(reach, 'sms')).toMatchObject({ point: { masked: '138****5678', source: 'platform' }, standing: 'new' })
  expect(JSON.stringify(reach)).not.toContain('13812345678')
  expect(JSON.stringify(server.lines)).not.toContain('13812345678')
})

it('takes nobody else’s phone, and nothing without a login of ours', async () => {
  const other = await consent(id.chenjing ?? '', { userid: 'wanglei', user_ticket: 't' }, { mobile: '13900000000' })
  expect(other.back.status).toBe(400)
  const none = await consent(id.chenjing ?? '', { userid: 'chenjing' })
  expect(none.back.headers.get('location')).toBe('/h5/reach?told=none')
  const out = await server.get('/auth/wecom/private')
  const state = new URL(out.headers.get('location') ?? '').searchParams.get('state')
  const stranger = await server.call('GET', `/auth/wecom/private/callback?code=c&state=${state}`, {
    headers: { cookie: cookieIn(out) },
  })
  expect(stranger.status).toBe(400)
  expect(channelOf(await page(id.chenjing ?? ''), 'sms')).toMatchObject({ point: null })
})

it('says where a typed number can’t be proved, and where a channel is off', async () => {
  const ask = (channel: string, value: string) => server.post('/api/reach/code', id.lina ?? '', { channel, value })
  expect(await ask('sms', '13812345678')).toMatchObject({ status: 409, json: { error: { words: '没有验证码短信模板' } } })
  expect(await ask('mail', 'lina@yonggu.example')).toMatchObject({ status: 409, json: { error: { words: '没有配置邮件' } } })
  const reach = await page(id.lina ?? '')
  expect(channelOf(reach, 'sms')).toMatchObject({ canType: false, mine: true, why: '没有登记手机号' })
  expect(channelOf(reach, 'mail')).toMatchObject({ canType: false, mine: false, why: '没有配置邮件' })
})

it('counts a wrong code although it is no error', async () => {
  const answer = await server.post('/api/reach/prove', id.lina ?? '', { channel: 'sms', code: '000000' })
  expect(answer).toMatchObject({ status: 200, json: { proved: false } })
})

it('a page that is opened is a sign of life, and a made-up link of a letter opens nothing', async () => {
  const before = await database.db.reach.findFirst({ where: { personId: id.zhaoqiang ?? '' } })
  expect(before?.activeAt ?? null).toBeNull()
  await page(id.zhaoqiang ?? '')
  expect(await database.db.reach.findFirst({ where: { personId: id.zhaoqiang ?? '' } })).toMatchObject({
    channel: 'wecom',
    activeAt: expect.any(Date),
  })
  // Whoever opened it in DingTalk was seen there: that is where cards go from now on.
  const cookie = `${SESSION_COOKIE}=${await server.sessions.open(id.zhaoqiang ?? '', 'dingtalk')}`
  expect((await server.call('GET', '/api/reach', { headers: { cookie } })).status).toBe(200)
  expect(await database.db.reach.findFirst({ where: { personId: id.zhaoqiang ?? '', channel: 'dingtalk' } })).toMatchObject({
    activeAt: expect.any(Date),
  })
  expect((await server.get('/got/nonsense')).text).toContain('这个链接用过了，或者已经过期')
  const press = await server.call('POST', '/got/nonsense', { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  expect(press.text).toContain('这个链接用过了，或者已经过期')
})

it('who has left is out at once, and what they left is for who sees to it only', async () => {
  await page(id.wanglei ?? '')
  await inWork(database.db, (work) => leave(work, id.wanglei ?? ''), new Date())
  expect(await server.get('/api/reach', id.wanglei)).toMatchObject({ status: 401 })
  const path = `/api/handovers/${id.wanglei}`
  expect((await server.get(path, id.lina)).json).toMatchObject({ person: { name: '王磊' }, to: { name: '李娜' }, backAt: null })
  expect(await server.get(path, id.chenjing)).toMatchObject({ status: 404 })
  const customer = (await cast.customer('wmRenji')).id
  expect(await server.get(`${path}/customers/${customer}`, id.chenjing)).toMatchObject({ status: 404 })
  const given = { customerIds: [customer], toId: id.chenjing }
  expect(await server.post(`${path}/give`, id.zhaoqiang ?? '', given)).toMatchObject({ status: 404 })
  // Another's customer is not given along.
  const stray = (await cast.customer('wmJinhai')).id
  expect(await server.post(`${path}/give`, id.lina ?? '', { ...given, customerIds: [stray] })).toMatchObject({ status: 409 })
  expect(await server.post(`${path}/give`, id.lina ?? '', { ...given, toId: id.wanglei })).toMatchObject({ status: 404 })
  expect((await server.post(`${path}/give`, id.lina ?? '', given)).json).toMatchObject({ count: 1 })
})
