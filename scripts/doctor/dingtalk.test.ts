import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { breaksWith, consult, env, faultOf, type Healthy, nowhere, setUp, startHealthy } from './testing.js'

// DingTalk as the organisation's second platform: one thing broken at a time, by a setting, by the platform or by the rows.
const healthy = setUp('stream')
const [breaks, fault] = [breaksWith(healthy), faultOf(healthy)]
const newApi = (path: string, code: string) => async () => {
  await healthy().standin.control('faults', { path, mode: 'errcode', code })
  return {}
}

describe('with everything right', () => {
  it('finds nothing of DingTalk broken, says what no program can see, and holds no secret', async () => {
    const { lines, text } = await consult(healthy(), null)
    const ours = lines.filter((line) => line.check.startsWith('dingtalk'))
    expect(
      ours.filter((line) => line.state === 'broken'),
      text,
    ).toEqual([])
    expect(
      ours.filter((line) => line.state === 'look').map((line) => line.check),
      text,
    ).toEqual(['dingtalk-heard', 'dingtalk-people'])
    expect(text).toMatch(
      /✓ 钉钉应用：.*✓ 钉钉时间：.*✓ 钉钉推送：Stream 模式，不漏连着.*✓ 钉钉机器人：RobotCode dingb0100bulouapp.*✓ 钉钉卡片：.*✓ 钉钉工作通知：AgentId 4000000002/s,
    )
    expect(text).toMatch(/✓ 钉钉额度：本月接口调用约 \d+ \/ 5000 次/)
    expect(text).toMatch(/\? 钉钉通讯录：没有钉钉账号，只在企业微信里收得到：/)
    for (const name of ['DINGTALK_CLIENT_SECRET', 'DINGTALK_TOKEN', 'DINGTALK_AES_KEY', 'DINGTALK_CARD_SECRET'])
      expect(text).not.toContain(healthy().env[name])
  })

  it('changes nothing and says nothing to anybody', async () => {
    const told = async () => {
      const { dingtalk } = await healthy().standin.state()
      return [dingtalk.messages.length, dingtalk.cards.filter((card: { chat: object | null }) => card.chat).length]
    }
    const before = await told()
    await consult(healthy(), null)
    expect(await told()).toEqual(before)
  })

  it('says nothing of DingTalk to an organisation that has none', async () => {
    const none = Object.fromEntries(
      Object.keys(healthy().env).flatMap((name) => (name.startsWith('DINGTALK') ? [[name, '']] : [])),
    )
    const { lines } = await consult(healthy(), null, { env: none })
    const ours = lines.filter((line) => line.check.startsWith('dingtalk'))
    expect(ours.map(({ words }) => words)).toEqual(['没有接入钉钉（可选）'])
  })
})

describe('an organisation with DingTalk alone', () => {
  it('is told nothing of WeCom but that it is not there', async () => {
    const none = Object.fromEntries(Object.keys(healthy().env).flatMap((name) => (name.startsWith('WECOM') ? [[name, '']] : [])))
    const { lines, text } = await consult(healthy(), null, { env: none })
    const checks = lines.map((line) => line.check)
    for (const check of ['clock', 'app', 'callbacks', 'visible-range', 'archive-secret', 'verified', 'groups'])
      expect(checks).not.toContain(check)
    expect(text).toMatch(/✓ 应用 Secret：没有接入企业微信，只有钉钉/)
    expect(
      lines.filter((line) => line.state === 'broken'),
      text,
    ).toEqual([])
  })
})

describe('dingtalk-app', () => {
  breaks(
    'dingtalk-app',
    'the secret is wrong',
    env({ DINGTALK_CLIENT_SECRET: 'a-wrong-secret' }),
    /✗ 钉钉应用：应用凭证不正确.*（invalidClientIdOrSecret）\n.*凭证与基础信息/,
  )
  breaks('dingtalk-app', 'a setting is missing', env({ DINGTALK_AGENT_ID: '' }), /\? 钉钉应用：先修好「设置」/, 'look')
  breaks('settings', 'and 「设置」 says which', env({ DINGTALK_AGENT_ID: '' }), /✗ 设置：DINGTALK_AGENT_ID .*\n.*AgentId/)
  breaks(
    'settings',
    'half of a pair is missing',
    env({ DINGTALK_TOKEN: '' }),
    /✗ 设置：DINGTALK_TOKEN 和 DINGTALK_AES_KEY 要一起填/,
  )
  breaks('dingtalk-app', 'nobody answers', env({ DINGTALK_API_BASE: nowhere }), /✗ 钉钉应用：连不上钉钉：对方拒绝连接/)
  breaks(
    'dingtalk-app',
    'our address is not on the list',
    newApi('/v1.0/oauth2/jsapiTickets', 'Forbidden.AccessDenied.IpNotInWhiteList'),
    /✗ 钉钉应用：.*白名单.*\n.*出口 IP/,
  )
  it('what stands on the token says so instead of saying it again', async () => {
    const { text } = await consult(healthy(), 'dingtalk-robot', { env: { DINGTALK_CLIENT_SECRET: 'a-wrong-secret' } })
    expect(text).toBe('? 钉钉机器人：先修好「钉钉应用」')
  })
})

describe('robot, card, notice', () => {
  breaks('dingtalk-robot', 'the robot is another', env({ DINGTALK_ROBOT_CODE: 'other' }), /✗ 钉钉机器人：.*DINGTALK_ROBOT_CODE/)
  breaks(
    'dingtalk-robot',
    'a right is missing',
    async () => {
      await healthy().standin.control('dingtalk/scope', { scope: 'qyapi_robot_sendmsg', granted: false })
      return {}
    },
    /✗ 钉钉机器人：.*权限.*\n.*权限管理/,
  )
  breaks(
    'dingtalk-card',
    'the template is none',
    env({ DINGTALK_CARD_TEMPLATE_ID: 'x.schema' }),
    /✗ 钉钉卡片：.*DINGTALK_CARD_TEMPLATE_ID.*（param\.templateNotExist）/,
  )
  breaks('dingtalk-card', 'there is no template', env({ DINGTALK_CARD_TEMPLATE_ID: '' }), /\? 钉钉卡片：没有填/, 'look')
  breaks(
    'dingtalk-notice',
    'the agent is another',
    env({ DINGTALK_AGENT_ID: '7' }),
    /✗ 钉钉工作通知：DINGTALK_AGENT_ID 不是这个应用的（40056）/,
  )
  breaks(
    'dingtalk-notice',
    'the month is used up',
    fault('/topapi/message/corpconversation/getsendprogress', 90020),
    /✗ 钉钉工作通知：本月/,
  )
})

describe('people, quota, heard, clock', () => {
  breaks(
    'dingtalk-people',
    'an administrator is mistyped',
    env({ DINGTALK_ADMINS: 'linxiaoo' }),
    /\? 钉钉通讯录：钉钉里没有这个账号.*linxiaoo/,
    'look',
  )
  breaks(
    'dingtalk-people',
    'one is out of range',
    fault('/topapi/v2/user/get', 50002),
    /✗ 钉钉通讯录：不在应用的通讯录权限范围：linxiao/,
  )
  breaks(
    'dingtalk-clock',
    'our clock is ahead',
    () => ({ now: new Date(Date.now() + 300_000) }),
    /✗ 钉钉时间：本机时间与钉钉差 (299|300|301) 秒（本机快）/,
  )
  breaks(
    'dingtalk-quota',
    'the calls are used up',
    async () => {
      const day = new Date(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
      await healthy().db.platformUse.create({
        data: { platform: 'dingtalk', day, what: 'call', api: 'card/instances', count: 5_000 },
      })
      return {}
    },
    /✗ 钉钉额度：本月接口调用约 5000 \/ 5000 次.*\n.*资源管理/,
  )
  it('heard: when the platform said something last', async () => {
    const row = { key: newId(), source: 'dingtalk-robot', lane: 'l', body: '', trace: 't', state: 'done' } as const
    await healthy().db.inbox.create({ data: row })
    expect((await consult(healthy(), 'dingtalk-heard')).text).toMatch(/✓ 收到过钉钉消息：最近一次是/)
  })
})

describe('pushes over Stream', () => {
  breaks('dingtalk-pushes', 'the gateway refuses', env({ DINGTALK_CLIENT_SECRET: 'x' }), /✗ 钉钉推送：.*DINGTALK_CLIENT_SECRET/)
  it('the running server is not connected', async () => {
    await healthy().server.dingtalkStreams?.close()
    expect((await consult(healthy(), 'dingtalk-pushes')).text).toMatch(
      /✗ 钉钉推送：Stream 网关肯给连接，但正在运行的不漏没有连上/,
    )
  })
})

describe('pushes over HTTP', () => {
  let http: Healthy
  beforeAll(async () => {
    http = await startHealthy('http')
  })
  afterAll(() => http.close())
  const says = async (over: Record<string, string>) => (await consult(http, 'dingtalk-pushes', { env: over })).text

  it('does what the console does, here and from outside', async () => {
    expect(await says({})).toMatch(/✓ 钉钉推送：HTTP 模式，http:\/\/127\.0\.0\.1:\d+\/callback\/dingtalk 一来一回对得上/)
    expect(await says({ DINGTALK_TOKEN: 'Another1' })).toMatch(/✗ 钉钉推送：正在运行的不漏用的是另一个 Token\n.*重启/)
    expect(await says({ DINGTALK_AES_KEY: http.env.WECOM_AES_KEY ?? '' })).toMatch(/✗ .*另一个 AES Key 或 Client ID/)
    expect(await says({ DINGTALK_CLIENT_ID: 'other', DINGTALK_CORP_ID: 'other' })).toMatch(/✗ .*另一个 AES Key 或 Client ID/)
    expect(await says({ DINGTALK_CARD_SECRET: '' })).toMatch(/✗ 钉钉推送：没有填 DINGTALK_CARD_SECRET/)
    expect(await says({ PUBLIC_URL: http.standin.base })).toMatch(/✗ 钉钉推送：.* 没有转到不漏/)
    expect(await says({ PUBLIC_URL: nowhere })).toMatch(/✗ 钉钉推送：.* 打不开，连接被拒绝/)
    expect(await says({ PORT: '47' })).toMatch(/\? 钉钉推送：不漏没有在这台机器上运行/)
  })
})
