import { describe, expect, it, onTestFinished } from 'vitest'
import { goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { newId } from '../../lib/ids.js'
import { breaksWith, consult, env, faultOf, nowhere, orderOf, setUp } from './testing.js'

// The app on the platform: one thing broken at a time, by a setting, by the platform or by the rows.
const healthy = setUp()
const [breaks, fault, order] = [breaksWith(healthy), faultOf(healthy), orderOf(healthy)]

describe('app-secret', () => {
  breaks(
    'app-secret',
    'the secret is wrong',
    env({ WECOM_SECRET: 'a-wrong-secret' }),
    /✗ 应用 Secret：WECOM_SECRET 不对.*（40001）\n.*应用详情/,
  )
  breaks(
    'app-secret',
    'the corp is wrong',
    env({ WECOM_CORP_ID: 'ww0000000000000000' }),
    /✗ 应用 Secret：企业 ID 不对（40013）\n.*企业信息/,
  )
  breaks('app-secret', 'the platform is busy', fault('/cgi-bin/gettoken', -1), /\? 应用 Secret：企业微信说系统繁忙/, 'look')
  breaks('app-secret', 'too many tokens were asked for', fault('/cgi-bin/gettoken', 45009), /\? 应用 Secret：.*限流/, 'look')
  breaks(
    'app-secret',
    'there is no line to the platform',
    env({ WECOM_API_BASE: nowhere }),
    /✗ 应用 Secret：连不上企业微信：对方拒绝连接/,
  )
  breaks(
    'app-secret',
    'something else answers in its place',
    () => ({ env: { WECOM_API_BASE: healthy().server.base } }),
    /✗ 应用 Secret：接口地址不对.*（http-404）/,
  )
  breaks(
    'app-secret',
    'the platform hangs',
    async () => {
      await healthy().standin.control('faults', { path: '/cgi-bin/gettoken', mode: 'hang' })
      return { timeoutMs: 300 }
    },
    /✗ 应用 Secret：连不上企业微信：等了很久没有回应/,
  )
})

describe('clock', () => {
  const off = (seconds: number) => () => ({ now: new Date(Date.now() + seconds * 1000) })
  breaks('clock', 'our clock is ahead', off(90), /✗ 本机时间：本机时间与企业微信差 (89|9\d) 秒（本机快）\n.*自动校时/)
  breaks('clock', 'our clock is behind', off(-90), /✗ 本机时间：本机时间与企业微信差 (8\d|9[01]) 秒（本机慢）/)
  breaks('clock', 'nobody answers', env({ WECOM_API_BASE: nowhere }), /\? 本机时间：连不上企业微信/, 'look')
})

describe('trusted-ip', () => {
  breaks(
    'trusted-ip',
    'our address is not trusted',
    fault(
      '/cgi-bin/agent/get',
      60020,
      'not allow to access from your ip, hint: [1], from ip: 203.0.113.9, more info at https://x',
    ),
    /✗ 企业可信IP：.*203\.0\.113\.9，不在企业可信IP里（60020）\n.*企业可信IP」加上 203\.0\.113\.9/,
  )
})

describe('app', () => {
  breaks(
    'app',
    'the app is another secret’s',
    env({ WECOM_AGENT_ID: '1000003' }),
    /✗ 应用：AgentId 和 Secret 不是同一个应用的（301002）/,
  )
})

/** A platform whose app says this of itself. */
const appSays = (agent: object) => async () => {
  const api = await serveQyapi({ gettoken: [goodToken()], 'agent/get': [{ name: '不漏', ...agent }] })
  onTestFinished(() => api.close())
  return { env: { WECOM_API_BASE: api.base } }
}

describe('an app that was switched off', () => {
  breaks('app', 'says so', appSays({ close: 1 }), /✗ 应用：应用「不漏」被停用了\n.*启用/)
  it('and one that is on is well', async () => {
    expect((await consult(healthy(), 'app', await appSays({ close: 0 })())).text).toMatch(/✓ 应用：「不漏」/)
  })
})

describe('verified', () => {
  const elsewhere = async () => ({ env: { ...(await appSays({ redirect_domain: 'crm.bulou.cn' })()).env } })
  breaks('verified', 'the corp itself can’t be tested', async () => ({}), /\? 企业验证与备案：企业有没有验证，.*测不出来/, 'look')
  breaks(
    'verified',
    'nor whose a domain is that isn’t trusted yet',
    elsewhere,
    /\? 企业验证与备案：备案：.*测不出来\n.*beian/,
    'look',
  )
  it('a trusted domain was looked at when it was set', async () => {
    expect((await consult(healthy(), 'verified')).text).toMatch(/✓ 企业验证与备案：备案：.*已经是应用的可信域名/)
  })
})

describe('oauth-domain', () => {
  breaks(
    'oauth-domain',
    'the trusted domain is another',
    env({ PUBLIC_URL: 'https://crm.bulou.cn' }),
    /✗ 可信域名：可信域名是 127\.0\.0\.1:\d+，PUBLIC_URL 是 crm\.bulou\.cn，登录会报 50001/,
  )
})

describe('tickets', () => {
  breaks('tickets', 'there is no ticket', fault('/cgi-bin/ticket/get', 48002), /✗ 侧边栏签名：.*（48002）/)
})

describe('callbacks', () => {
  breaks(
    'callbacks',
    'the running server has another token',
    env({ WECOM_TOKEN: 'Another1' }),
    /✗ 回调：应用：正在运行的不漏用的是另一个 Token\n.*重启/,
  )
  breaks(
    'callbacks',
    'the running server has another key',
    () => ({ env: { WECOM_AES_KEY: healthy().env.WECOM_ARCHIVE_AES_KEY } }),
    /✗ 回调：应用：正在运行的不漏用的是另一个 EncodingAESKey 或企业ID/,
  )
  breaks(
    'callbacks',
    'the running server has another corp',
    env({ WECOM_CORP_ID: 'ww0000000000000000' }),
    /✗ 回调：应用：正在运行的不漏用的是另一个 EncodingAESKey 或企业ID/,
  )
  breaks(
    'callbacks',
    'the running server lacks a callback',
    () => ({ env: { WECOM_KF_TOKEN: 'k', WECOM_KF_AES_KEY: healthy().env.WECOM_AES_KEY } }),
    /✗ 回调：kf：正在运行的不漏没有这个回调/,
  )
  breaks(
    'callbacks',
    'the edge does not pass callbacks on',
    () => ({ env: { PUBLIC_URL: healthy().standin.base } }),
    /✗ 回调：应用：.* 没有转到不漏/,
  )
  breaks('callbacks', 'the address leads nowhere', env({ PUBLIC_URL: nowhere }), /✗ 回调：应用：.* 打不开，连接被拒绝/)
})

describe('heard', () => {
  it('heard: what the platform said last', async () => {
    await healthy().db.inbox.create({ data: { key: 'k', source: 'wecom', lane: 'l', body: '', trace: 't', state: 'done' } })
    expect((await consult(healthy(), 'heard')).text).toMatch(/✓ 收到过消息：最近一次是/)
  })
})

describe('visible-range', () => {
  breaks(
    'visible-range',
    'an administrator is mistyped',
    env({ WECOM_ADMINS: 'linna' }),
    /\? 应用可见范围：企业微信里没有这个账号.*linna/,
    'look',
  )
  breaks('visible-range', 'users can not be read', fault('/cgi-bin/user/get', 48002), /✗ 应用可见范围：.*（48002）/)

  it('visible-range: somebody is out of it, somebody has gone', async () => {
    await order('range', { userid: 'zhaoqiang', in: false })()
    await order('leave', { userid: 'zhoumin' })()
    const { text } = await consult(healthy(), 'visible-range')
    expect(text).toMatch(/✗ 应用可见范围：不在应用可见范围，收不到卡片也打不开：赵强\n.*可见范围」加上他们/)
    expect(text).toMatch(/\? 应用可见范围：企业微信里没有这个账号（离职或改过账号）：周敏/)
    await order('range', { userid: 'zhaoqiang', in: true })()
    await order('join', { userid: 'zhoumin' })()
  })
})

describe('contact-range', () => {
  breaks(
    'contact-range',
    'the app may not call 客户联系',
    fault('/cgi-bin/externalcontact/get_follow_user_list', 48002),
    /✗ 客户联系：应用不在客户联系「可调用接口的应用」里（48002）\n.*客户联系 → API/,
  )

  it('a rep who is not in the use range, one whom the app does not see, and an app that may not call', async () => {
    await order('contacts/scope', { userid: 'chenjing', contact: false })()
    await order('range', { userid: 'wanglei', in: false })()
    const { text } = await consult(healthy(), 'contact-range')
    expect(text).toMatch(/✗ 客户联系：不在客户联系的使用范围里，读不到他们的客户：陈静\n.*使用范围/)
    expect(text).toMatch(/✗ 客户联系：应用看不到，也就读不到他们的客户：王磊\n.*可见范围/)
    await order('range', { userid: 'wanglei', in: true })()
    await order('contacts/scope', { userid: 'chenjing', contact: true })()
    await order('contacts/api', { on: false })()
    expect((await consult(healthy(), 'contact-range')).text).toMatch(
      /✗ 客户联系：应用不在客户联系「可调用接口的应用」里（48002）/,
    )
    await order('contacts/api', { on: true })()
  })
})

describe('licence', () => {
  it('licence: who got nothing for want of one, and a message that is asked for', async () => {
    expect((await consult(healthy(), 'licence', { sendTo: 'chenjing' })).text).toMatch(/✓ 接口许可：给 chenjing 发了一条测试消息/)
    await order('licence', { userid: 'chenjing', licensed: false })()
    expect((await consult(healthy(), 'licence', { sendTo: 'chenjing' })).text).toMatch(/✗ 接口许可：chenjing 没有接口许可/)
    const { personId } = await healthy().db.identity.findFirstOrThrow({ where: { value: 'chenjing' } })
    const card = await healthy().db.card.create({ data: { id: newId(), kind: 'test', subject: 'test', createdAt: new Date() } })
    const copy = { cardId: card.id, personId: personId ?? '', platform: 'wecom', state: 'failed', stateAt: new Date() } as const
    await healthy().db.cardCopy.create({ data: { id: newId(), ...copy, reason: '没有企业微信基础接口许可' } })
    expect((await consult(healthy(), 'licence')).text).toMatch(/✗ 接口许可：没有接口许可，收不到消息：陈静/)
    await order('licence', { userid: 'chenjing', licensed: true })()
  })
})

describe('groups', () => {
  breaks(
    'groups',
    'a group’s key is none',
    env({ WECOM_GROUP_WEBHOOKS: '{"交付群":"no-key"}' }),
    /✗ 群消息推送：交付群：推送地址无效/,
  )
})
