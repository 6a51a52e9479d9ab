import { afterAll, beforeAll, expect, it } from 'vitest'
import { ARCHIVE_SECRET, CORP_ID, SECRET, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeAll(async () => {
  standin = await startForTest()
})
afterAll(() => standin.close())

const gettoken = (query: string) => standin.json(`/cgi-bin/gettoken?${query}`)

it('asks for the secret first, then the corp id, then looks at them', async () => {
  const codes = await Promise.all(
    ['', 'corpsecret=x', `corpid=other&corpsecret=${SECRET}`, `corpid=${CORP_ID}&corpsecret=wrong`].map(gettoken),
  )
  expect(codes.map((c) => c.errcode)).toEqual([41004, 41002, 40013, 40001])
})

it('gives the same token while it is valid and another after 7200 seconds', async () => {
  const query = `corpid=${CORP_ID}&corpsecret=${SECRET}`
  const first = await gettoken(query)
  expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 })
  standin.time.now += 7_100_000
  expect(await gettoken(query)).toMatchObject({ access_token: first.access_token, expires_in: 100 })
  standin.time.now += 100_000
  expect((await standin.json(`/cgi-bin/getcallbackip?access_token=${first.access_token}`)).errcode).toBe(42001)
  expect((await gettoken(query)).access_token).not.toBe(first.access_token)
})

it('takes the token from the query and from nowhere else', async () => {
  const token = await standin.token()
  const path = '/cgi-bin/message/send'
  const headers = { authorization: `Bearer ${token}` }
  expect(JSON.parse((await standin.ask(path, { headers, body: { access_token: token } })).text).errcode).toBe(41001)
  expect((await standin.json(`${path}?access_token=stale`, { body: {} })).errcode).toBe(40014)
})

it('looks at the token before it looks at anything else', async () => {
  expect((await standin.json('/cgi-bin/message/send?access_token=stale', { body: 'not json' })).errcode).toBe(40014)
})

it('forgets tokens that were revoked, and gives a new one', async () => {
  const before = await standin.token()
  await standin.control('revoke-token', {})
  expect((await standin.json(`/cgi-bin/getcallbackip?access_token=${before}`)).errcode).toBe(40014)
  expect(await standin.token()).not.toBe(before)
})

it('answers errors with 200, the long errmsg, its headers and the empty fields of the endpoint', async () => {
  const answer = await standin.ask(`/cgi-bin/user/get?access_token=${await standin.token()}&userid=nobody`)
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8')
  expect(answer.headers['error-code']).toBe('60111')
  const body = JSON.parse(answer.text)
  expect(body).toMatchObject({ errcode: 60111, department: [], order: [] })
  expect(body.errmsg).toMatch(/^userid not found, hint: \[\d+\], from ip: \S+, more info at \S+e=60111$/)
})

it('answers an unknown path with 404 and nothing', async () => {
  expect(await standin.ask('/cgi-bin/nothing/here')).toMatchObject({ status: 404, text: '' })
})

it('says when JSON was broken', async () => {
  const { errmsg } = await standin.api('message/send', '{"touser":')
  expect(errmsg).toContain('Warning: wrong json format.')
})

it("lets the archive's secret do nothing of the application's", async () => {
  const { access_token } = await gettoken(`corpid=${CORP_ID}&corpsecret=${ARCHIVE_SECRET}`)
  expect(access_token).not.toBe(await standin.token())
  expect((await standin.json(`/cgi-bin/message/send?access_token=${access_token}`, { body: {} })).errcode).toBe(48002)
})

it('knows members whatever the case of their userid', async () => {
  expect(await standin.json(`/cgi-bin/user/get?access_token=${await standin.token()}&userid=WangLei`)).toMatchObject({
    errcode: 0,
    userid: 'wanglei',
    name: '王磊',
  })
})

it('shows a customer with their follower, and says 84061 for a stranger', async () => {
  const get = async (id: string) =>
    standin.json(`/cgi-bin/externalcontact/get?access_token=${await standin.token()}&external_userid=${id}`)
  const found = await get('wmRenji')
  expect(found.external_contact).toMatchObject({ name: '刘主任', type: 1 })
  expect(found.follow_user).toMatchObject([{ userid: 'wanglei', remark_corp_name: '仁济骨科医院' }])
  expect(await get('wmNobody')).toMatchObject({ errcode: 84061, follow_user: [] })
  expect((await get('x')).errcode).toBe(40096)
})

it('keeps the calls, without secrets and tokens', async () => {
  const kept = JSON.stringify(await standin.control('calls'))
  expect(kept).toContain('/cgi-bin/gettoken')
  expect(kept).not.toContain(SECRET)
  expect(kept).not.toContain(await standin.token())
})
