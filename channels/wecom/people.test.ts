import { afterEach, describe, expect, it } from 'vitest'
import { getContact } from './contact.js'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'
import { getMember } from './member.js'
import { authorizeUrl, memberOf } from './oauth.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Parameters<typeof serveQyapi>[0]) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  return { ...api, ...clientOf(api.base) }
}

describe('authorizeUrl', () => {
  const { wecom } = clientOf('http://127.0.0.1:1')

  it('names corp, app and the way back, and ends as the client wants it', () => {
    const url = new URL(
      authorizeUrl(wecom, { redirect: 'https://bulou.example.com/auth/wecom/done?to=%2Fh5%2F', state: 'abc123' }),
    )
    expect(url.origin + url.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      appid: 'wwcorp',
      redirect_uri: 'https://bulou.example.com/auth/wecom/done?to=%2Fh5%2F',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc123',
      agentid: '1000002',
    })
    expect(url.hash).toBe('#wechat_redirect')
  })

  it.each(['', 'a-b', 'a'.repeat(129)])('refuses the state «%s», which would not come back', (state) => {
    expect(() => authorizeUrl(wecom, { redirect: 'https://bulou.example.com/', state })).toThrow(/state/)
  })
})

describe('memberOf', () => {
  it.each([
    [{ userid: 'WangLei', user_ticket: 't' }, { userid: 'WangLei' }],
    [{ openid: 'o', external_userid: 'wmA' }, { externalUserId: 'wmA' }],
    [{ openid: 'o' }, { openId: 'o' }],
  ])('reads %j', async (answer, visitor) => {
    const { wecom, asksOf } = await serve({ 'auth/getuserinfo': [answer] })
    expect(await memberOf(wecom, 'CODE')).toEqual(visitor)
    expect(asksOf('auth/getuserinfo')[0]?.query.code).toBe('CODE')
  })

  it('gives up on a code that was used', async () => {
    const { wecom } = await serve({ 'auth/getuserinfo': [{ errcode: 40029, errmsg: 'invalid code' }] })
    await expect(memberOf(wecom, 'CODE')).rejects.toMatchObject({ code: 40029, kind: 'give-up' })
  })
})

describe('getContact', () => {
  it('reads a customer and all who follow, page after page', async () => {
    const external_contact = { external_userid: 'wmA', name: '刘主任', type: 1 }
    const { wecom, asksOf } = await serve({
      'externalcontact/get': [
        {
          external_contact,
          follow_user: [
            {
              userid: 'wanglei',
              remark: '刘',
              remark_corp_name: '仁济骨科医院',
              createtime: 1409659813,
              add_way: 1,
              tags: [
                { group_name: '等级', tag_name: '重要', tag_id: 'etA', type: 1 },
                { tag_name: '老乡', type: 2 },
              ],
            },
          ],
          next_cursor: 'C',
        },
        { external_contact, follow_user: [{ userid: 'chenjing', remark_mobiles: ['13800000000'] }] },
      ],
    })
    const contact = await getContact(wecom, 'wmA')
    expect(contact).toMatchObject({ externalUserId: 'wmA', name: '刘主任', company: null, avatar: null })
    expect(contact.follows).toEqual([
      {
        userid: 'wanglei',
        remark: '刘',
        company: '仁济骨科医院',
        phones: [],
        since: new Date(1409659813000),
        addWay: 1,
        state: '',
        tags: [
          { id: 'etA', name: '重要', type: 1 },
          { id: '', name: '老乡', type: 2 },
        ],
      },
      {
        userid: 'chenjing',
        remark: '',
        company: '',
        phones: ['13800000000'],
        since: new Date(0),
        addWay: 0,
        state: '',
        tags: [],
      },
    ])
    expect(asksOf('externalcontact/get').map((one) => one.query.cursor)).toEqual([undefined, 'C'])
  })
})

describe('getMember', () => {
  it('reads a name, the main department and the superior, and falls back on the userid', async () => {
    const { wecom } = await serve({
      'user/get': [
        { userid: 'wanglei', name: '王磊', department: [3, 2], main_department: 2, direct_leader: ['lina'] },
        { userid: 'chenjing', name: '陈静', department: [3] },
        { userid: 'lina' },
      ],
    })
    expect(await getMember(wecom, 'wanglei')).toEqual({ userid: 'wanglei', name: '王磊', department: 2, above: 'lina' })
    expect(await getMember(wecom, 'chenjing')).toEqual({ userid: 'chenjing', name: '陈静', department: 3, above: null })
    expect(await getMember(wecom, 'lina')).toEqual({ userid: 'lina', name: 'lina', department: null, above: null })
  })
})
