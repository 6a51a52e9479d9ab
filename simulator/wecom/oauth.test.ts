import { afterAll, beforeAll, expect, it } from 'vitest'
import { AGENT_ID, CORP_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeAll(async () => {
  standin = await startForTest()
})
afterAll(() => standin.close())

const authorize = (more: Record<string, string> = {}, person = 'wanglei') => {
  const query = new URLSearchParams({
    appid: CORP_ID,
    redirect_uri: `http://bulou.localhost:${standin.port}/auth/wecom/callback?to=%2Fh5%2F`,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc123',
    agentid: String(AGENT_ID),
    ...more,
  })
  return standin.ask(`/connect/oauth2/authorize?${query}`, { host: standin.hostOf(person) })
}
const codeOf = async (person?: string) =>
  new URL((await authorize({}, person)).headers.location ?? '').searchParams.get('code') ?? ''
const userOf = async (code: string) =>
  standin.json(`/cgi-bin/auth/getuserinfo?access_token=${await standin.token()}&code=${code}`)

it("sends the member back to their own host with a code and the product's state", async () => {
  const { status, headers } = await authorize()
  const back = new URL(headers.location ?? '')
  expect(status).toBe(302)
  expect([back.host, back.pathname]).toEqual([standin.hostOf('wanglei'), '/auth/wecom/callback'])
  expect(Object.fromEntries(back.searchParams)).toEqual({ to: '/h5/', code: expect.any(String), state: 'abc123' })
})

it('tells who it was, once, within five minutes', async () => {
  const code = await codeOf('zhaoqiang')
  expect(await userOf(code)).toMatchObject({ errcode: 0, userid: 'zhaoqiang' })
  expect((await userOf(code)).errcode).toBe(40029)
  expect((await userOf('made-up')).errcode).toBe(40029)
  const late = await codeOf()
  standin.time.now += 5 * 60_000 + 1
  expect((await userOf(late)).errcode).toBe(42003)
})

it.each([
  ['another corp', { appid: 'ww0' }],
  ['a domain that is not trusted', { redirect_uri: 'https://evil.example/x' }],
  ['the trusted domain on another port', { redirect_uri: 'http://bulou.localhost:1/x' }],
  ['a state with other characters', { state: 'a-b_c' }],
  ['a state over 128 bytes', { state: 'a'.repeat(129) }],
  ['an unknown scope', { scope: 'everything' }],
])('shows an error page for %s', async (_, more) => {
  const answer = await authorize(more)
  expect([answer.status, answer.headers.location, answer.text.includes('无法登录')]).toEqual([200, undefined, true])
})

it('knows nobody outside a client', async () => {
  const { text } = await standin.ask('/connect/oauth2/authorize', { host: `open.bulou.localhost:${standin.port}` })
  expect(text).toContain('请在企业微信客户端打开链接')
})

it('asks the member before mobile and mail are told, and tells them once within half an hour', async () => {
  const asked = await authorize({ scope: 'snsapi_privateinfo' }, 'lina')
  expect([asked.status, asked.headers.location]).toEqual([200, undefined])
  expect(asked.text).toContain('申请获取你的手机号和邮箱')
  const links = [...asked.text.matchAll(/href="([^"]+)"/g)].map((m) => (m[1] ?? '').replaceAll('&amp;', '&'))
  const answer = async (link = '') => {
    const { headers } = await standin.ask(link, { host: standin.hostOf('lina') })
    const code = new URL(headers.location ?? '').searchParams.get('code') ?? ''
    return (await userOf(code)).user_ticket as string
  }
  const detail = (user_ticket: string) => standin.api('auth/getuserdetail', { user_ticket })

  const allowed = await answer(links[0])
  expect(await detail(allowed)).toMatchObject({ userid: 'lina', mobile: '13800010003', biz_mail: 'lina@yonggu.example' })
  expect((await detail(allowed)).errcode).toBe(40029)
  expect(await detail(await answer(links[1]))).not.toHaveProperty('mobile')
  const late = await answer(links[0])
  standin.time.now += 1_801_000
  expect((await detail(late)).errcode).toBe(42003)
  expect(await userOf(await codeOf('lina'))).not.toHaveProperty('user_ticket')
})

it('names a visitor who is a customer, gives a stranger an openid, and either only once', async () => {
  const visit = async (externalUserId: string) => (await standin.control('login-code', { externalUserId })).code as string
  const code = await visit('wmRenji')
  const customer = await userOf(code)
  expect(customer).toMatchObject({ errcode: 0, external_userid: 'wmRenji', openid: expect.stringMatching(/^o.{27}$/) })
  expect(customer.userid).toBeUndefined()
  expect((await userOf(code)).errcode).toBe(40029)
  const stranger = await userOf(await visit('wmRenjiWu'))
  expect([stranger.external_userid, stranger.openid.length]).toEqual([undefined, 28])
  expect((await userOf(await visit('wmRenji'))).openid).toBe(customer.openid)
})
