import { afterEach, describe, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'
import { findMember } from './member.js'
import { authorizePrivateUrl, authorizeUrl, privateInfoOf } from './oauth.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Parameters<typeof serveQyapi>[0]) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  return { ...api, ...clientOf(api.base) }
}

it('authorizePrivateUrl asks for the private scope, and for nothing else', () => {
  const { wecom } = clientOf('http://127.0.0.1:1')
  const parts = { redirect: 'https://bulou.example.com/auth/wecom/private', state: 'abc123' }
  const url = authorizePrivateUrl(wecom, parts)
  expect(new URL(url).searchParams.get('scope')).toBe('snsapi_privateinfo')
  expect(url.replace('snsapi_privateinfo', 'snsapi_base')).toBe(authorizeUrl(wecom, parts))
  expect(() => authorizePrivateUrl(wecom, { ...parts, state: 'a-b' })).toThrow(/state/)
})

describe('privateInfoOf', () => {
  const known = { userid: 'wanglei', user_ticket: 'TICKET' }
  const nothing = { mobile: null, email: null, bizMail: null }

  it('trades code for ticket and ticket for what the member agreed to tell', async () => {
    const told = { userid: 'wanglei', gender: '1', mobile: '13800138000', email: '', biz_mail: 'wanglei@example.com' }
    const { wecom, asksOf } = await serve({ 'auth/getuserinfo': [known], 'auth/getuserdetail': [told] })
    expect(await privateInfoOf(wecom, 'CODE')).toEqual({
      userid: 'wanglei',
      mobile: '13800138000',
      email: null,
      bizMail: 'wanglei@example.com',
    })
    expect(asksOf('auth/getuserinfo')[0]?.query.code).toBe('CODE')
    expect(asksOf('auth/getuserdetail')[0]?.body).toEqual({ user_ticket: 'TICKET' })
  })

  it('knows a member who agreed to nothing, and one without a ticket', async () => {
    const { wecom, asksOf } = await serve({
      'auth/getuserinfo': [known, { userid: 'lina' }],
      'auth/getuserdetail': [{ userid: 'wanglei' }],
    })
    expect(await privateInfoOf(wecom, 'C1')).toEqual({ userid: 'wanglei', ...nothing })
    expect(await privateInfoOf(wecom, 'C2')).toEqual({ userid: 'lina', ...nothing })
    expect(asksOf('auth/getuserdetail')).toHaveLength(1)
  })

  it('is nothing for whom is not a member', async () => {
    const { wecom } = await serve({ 'auth/getuserinfo': [{ openid: 'o', external_userid: 'wmA' }] })
    expect(await privateInfoOf(wecom, 'CODE')).toBeNull()
  })

  it('gives up on a code that was used', async () => {
    const { wecom } = await serve({ 'auth/getuserinfo': [{ errcode: 40029, errmsg: 'invalid code' }] })
    await expect(privateInfoOf(wecom, 'CODE')).rejects.toMatchObject({ code: 40029, kind: 'give-up' })
  })
})

describe('findMember', () => {
  it.each([
    [{ name: '王磊', status: 1 }, 'active', '王磊'],
    [{ name: '王磊', status: 2 }, 'disabled', '王磊'],
    [{ name: '王磊', status: 4 }, 'not-joined', '王磊'],
    [{ name: '王磊', status: 5 }, 'left', '王磊'],
    [{}, 'active', null],
    [{ errcode: 60111, errmsg: 'userid not found' }, 'left', null],
    [{ errcode: 60011, errmsg: 'no privilege' }, 'not-in-range', null],
  ])('reads %j as %s', async (answer, state, name) => {
    const { wecom } = await serve({ 'user/get': [{ userid: 'wanglei', ...answer }] })
    expect(await findMember(wecom, 'wanglei')).toEqual({ state, name })
  })

  it('takes no other no for an answer about the member', async () => {
    const { wecom } = await serve({ 'user/get': [{ errcode: 60020, errmsg: 'not allow to access from your ip' }] })
    await expect(findMember(wecom, 'wanglei')).rejects.toMatchObject({ code: 60020, kind: 'config' })
  })
})
