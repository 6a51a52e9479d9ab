import { afterEach, beforeEach, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'
import { startForTest } from '../testing/start.js'

let standin: DingtalkStandin
beforeEach(async () => {
  standin = await startWithDingtalk()
})
afterEach(() => standin.close())

const keys = { appKey: DINGTALK.clientId, appSecret: DINGTALK.clientSecret }
const legacy = (query: string) => standin.json(`/gettoken?${query}`)
const text = (userIds: string[], content = '早') => ({
  robotCode: DINGTALK.clientId,
  userIds,
  msgKey: 'sampleText',
  msgParam: JSON.stringify({ content }),
})
const SEND = '/v1.0/robot/oToMessages/batchSend'

it('gives the same token again, good for its whole time, and another when that is over', async () => {
  const ask = () => standin.json('/v1.0/oauth2/accessToken', { body: keys })
  const first = await ask()
  expect(first).toEqual({ accessToken: expect.any(String), expireIn: 7200 })
  standin.time.now += 7_000_000
  expect(await ask()).toEqual(first)
  standin.time.now += 7_000_000
  expect(await ask()).toEqual(first)
  standin.time.now += 7_200_000
  expect((await ask()).accessToken).not.toBe(first.accessToken)
})

it('gives tokens in three ways, and each opens both APIs', async () => {
  const fresh = await standin.json('/v1.0/oauth2/accessToken', { body: keys })
  const unified = await standin.json(`/v1.0/oauth2/${DINGTALK.corpId}/token`, {
    body: { client_id: keys.appKey, client_secret: keys.appSecret, grant_type: 'client_credentials' },
  })
  const old = await legacy(`appkey=${keys.appKey}&appsecret=${keys.appSecret}`)
  expect(unified).toEqual({ access_token: expect.any(String), expires_in: 7200 })
  expect(old).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 })
  for (const token of [fresh.accessToken, unified.access_token, old.access_token]) {
    const headers = { 'x-acs-dingtalk-access-token': token }
    expect(JSON.parse((await standin.ask(SEND, { headers, body: text(['linxiao']) })).text)).toHaveProperty('processQueryKey')
    expect(await standin.json(`/call_back/get_call_back_failed_result?access_token=${token}`)).toMatchObject({ errcode: 0 })
  }
})

it('refuses secrets that are not ours, each way in its own words', async () => {
  const wrong = await standin.ask('/v1.0/oauth2/accessToken', { body: { ...keys, appSecret: 'x' } })
  expect(wrong.status).toBe(400)
  expect(JSON.parse(wrong.text)).toEqual({
    requestid: expect.any(String),
    code: 'invalidClientIdOrSecret',
    message: expect.any(String),
  })
  expect((await legacy('appkey=x')).errcode).toBe(40035)
  expect((await legacy('appkey=x&appsecret=y')).errcode).toBe(40096)
})

it('says in the shape of each API what is wrong with a token', async () => {
  const none = await standin.ask(SEND, { body: text(['linxiao']) })
  expect([none.status, JSON.parse(none.text).code]).toEqual([400, 'AuthenticationFailed.MissingParameter'])
  const headers = { 'x-acs-dingtalk-access-token': await standin.dingToken() }
  await standin.control('dingtalk/revoke-token', {})
  const stale = await standin.ask(SEND, { headers, body: text(['linxiao']) })
  expect([stale.status, JSON.parse(stale.text).code]).toEqual([400, 'InvalidAuthentication'])
  expect((await standin.json('/call_back/get_call_back_failed_result?access_token=x')).errcode).toBe(40014)
})

it('lets one API be asked twenty times a second', async () => {
  const headers = { 'x-acs-dingtalk-access-token': await standin.dingToken() }
  const ask = () => standin.ask(SEND, { headers, body: text(['linxiao']) })
  const answers = []
  for (let n = 0; n < 21; n += 1) answers.push(await ask())
  expect(answers.map((a) => a.status)).toEqual([...Array(20).fill(200), 403])
  expect(JSON.parse(answers[20]?.text ?? '').code).toBe('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')
  standin.time.now += 1_000
  expect((await ask()).status).toBe(200)
})

it('counts what is paid for by the month, and says when it is used up', async () => {
  await standin.control('dingtalk/quota', { calls: 2 })
  await standin.ding(SEND, text(['linxiao']))
  // The API refuses it and counts it; what the gateway turns away costs nothing.
  await standin.ding(SEND, text(['nobody']))
  await standin.ask(SEND, { body: text(['linxiao']) })
  expect(await standin.control('dingtalk/usage')).toMatchObject({ spent: { calls: 2, pushes: 0 } })
  const over = await standin.whole(SEND, text(['linxiao']))
  expect([over.status, over.body.code]).toEqual([403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'])
  await standin.control('clock', { advanceMs: 31 * 86_400_000 })
  expect((await standin.whole(SEND, text(['linxiao']))).status).toBe(200)
})

it('names the permission that is missing', async () => {
  await standin.control('dingtalk/scope', { scope: 'qyapi_robot_sendmsg', granted: false })
  const { status, body } = await standin.whole(SEND, text(['linxiao']))
  expect([status, body.code]).toEqual([403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied'])
  expect(body.accessdenieddetail).toEqual({ requiredScopes: ['qyapi_robot_sendmsg'] })
})

it('shuts an address out with a page that is no answer of the API', async () => {
  const token = await standin.dingToken()
  await standin.control('dingtalk/limits', { blockedMs: 60_000, page: 'html' })
  const headers = { 'x-acs-dingtalk-access-token': token }
  const page = await standin.ask(SEND, { headers, body: text(['linxiao']) })
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  await standin.control('dingtalk/limits', { page: 'json' })
  expect(await standin.json(SEND, { headers, body: {} })).toMatchObject({ status: 1111, wait: 5, punish: 'deny' })
  standin.time.now += 60_000
  expect((await standin.whole(SEND, text(['linxiao']))).status).toBe(200)
})

it('plays trouble in the shape of the API', async () => {
  await standin.control('faults', { path: SEND, mode: 'errcode', code: 'system.error', times: 1 })
  expect(await standin.whole(SEND, text(['linxiao']))).toMatchObject({ status: 500, body: { code: 'system.error' } })
  await standin.control('faults', { path: SEND, mode: 'http', status: 503, times: 1 })
  const headers = { 'x-acs-dingtalk-access-token': await standin.dingToken() }
  expect((await standin.ask(SEND, { headers, body: text(['linxiao']) })).status).toBe(503)
  await standin.control('faults', { path: SEND, mode: 'drop-after', times: 1 })
  await expect(standin.ask(SEND, { headers, body: text(['linxiao'], '断了也到了') })).rejects.toThrow()
  const said = (await standin.state()).dingtalk.messages.map((m: { words: string }) => m.words)
  expect(said).toEqual(['断了也到了'])
})

it('keeps calls by their API, without secrets and tokens', async () => {
  await standin.ding(SEND, text(['linxiao']))
  const calls = await standin.control(`calls?path=${encodeURIComponent(SEND)}`)
  expect(calls).toMatchObject([{ api: `POST ${SEND}`, errcode: 0, accepted: true, body: { userIds: ['linxiao'] } }])
  const kept = JSON.stringify(await standin.control('calls'))
  expect(kept).not.toContain(DINGTALK.clientSecret)
  expect(kept).not.toContain(await standin.dingToken())
})

it('is not there without its settings, nor is anybody who has nothing else', async () => {
  const bare = await startForTest()
  try {
    expect((await bare.ask('/v1.0/oauth2/accessToken', { body: keys })).status).toBe(404)
    const state = await bare.state()
    expect(state.people.map((p: { userid: string }) => p.userid)).not.toContain('linxiao')
    expect(state.dingtalk).toBeNull()
  } finally {
    await bare.close()
  }
})
