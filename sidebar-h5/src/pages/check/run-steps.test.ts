import { describe, expect, it } from 'vitest'
import { Failed } from '../../failed.js'
import type { Probe } from './probe.js'
import { runSteps } from './run-steps.js'
import { reportText, type Step } from './step.js'

const wecom = 'Mozilla/5.0 wxwork/4.1.22 MicroMessenger/7.0'
const refuse = (said: string) => () => Promise.reject(new Error(said))
const well = {
  corpConfig: async () => ({}),
  agentConfig: async () => ({}),
  entry: async () => 'single_chat_tools',
  contact: async () => 'wmCUSTOMER',
  chat: async () => 'wrCHAT',
} as unknown as Probe

type Over = {
  userAgent?: string
  name?: string | null | Failed
  dingtalk?: () => Promise<void>
  probe?: Partial<Record<keyof Probe, () => Promise<unknown>>> | Failed
}

async function run({ userAgent = wecom, name = '王磊', probe = {}, dingtalk = async () => {} }: Over = {}): Promise<Step[]> {
  const steps: Step[] = []
  const or = <T>(value: T | Failed) => (value instanceof Failed ? Promise.reject(value) : Promise.resolve(value))
  await runSteps(
    {
      userAgent,
      host: 'bulou.cn',
      whoAmI: () => or(name),
      probeDingtalk: () => dingtalk(),
      probe: () => or(probe instanceof Failed ? probe : ({ ...well, ...probe } as Probe)),
    },
    (step) => steps.push(step),
  )
  return steps
}
const short = (steps: Step[]) => steps.map(({ title, state }) => `${title} ${state}`)
const last = async (over: Over) => (await run(over)).at(-1)

it('goes through to the customer, or to the group', async () => {
  expect(short(await run())).toEqual([
    '客户端 ok',
    '登录 ok',
    '企业身份（config） ok',
    '应用身份（agentConfig） ok',
    '入口 ok',
    '当前客户 ok',
  ])
  expect(await last({ probe: { entry: async () => 'group_chat_tools' } })).toMatchObject({ title: '当前客户群', state: 'ok' })
})

describe('inside DingTalk', () => {
  const userAgent = 'iPhone AliApp(DingTalk/7.6.15) com.laiwang.DingTalk/41210511'

  it('goes through to the signature, and says where a customer’s words come from', async () => {
    const steps = await run({ userAgent })
    expect(short(steps)).toEqual(['客户端 ok', '登录 ok', '签名（dd.config） ok', '客户的话 ok'])
    expect(steps[0]?.words).toBe('钉钉 7.6.15')
    expect(steps[1]?.words).toBe('王磊，钉钉认得你')
  })

  it.each([
    ['52013', /签名不对/, /DINGTALK_CLIENT_SECRET.*bulou\.cn/],
    ['52010', /应用对不上/, /DINGTALK_CORP_ID/],
    ['7', /没有通过/, /管理员/],
  ])('%s from the client: what is wrong, and the step that mends it', async (errorCode, words, mend) => {
    const steps = await run({ userAgent, dingtalk: () => Promise.reject({ errorCode }) })
    expect(steps[2]).toMatchObject({ state: 'bad', words: expect.stringMatching(words), mend: expect.stringMatching(mend) })
  })

  it('nobody logged in, or no answer', async () => {
    expect((await run({ userAgent, name: null })).at(-1)).toMatchObject({ title: '登录', state: 'look' })
    const silent = await run({
      userAgent,
      dingtalk: () => Promise.reject(new Failed('slow', '钉钉没有回应，重新打开这一页试试')),
    })
    expect(silent[2]).toMatchObject({ state: 'bad', mend: expect.stringMatching(/7\.0\.45/) })
  })
})

describe('stops where going on would say nothing, and says what helps', () => {
  it.each<[string, Over, Partial<Record<keyof Step, unknown>>]>([
    ['nobody is logged in', { name: null }, { title: '登录', state: 'look', mend: expect.stringMatching(/50001.*bulou\.cn/) }],
    ['no line', { name: new Failed('offline', '连不上不漏') }, { title: '登录', state: 'bad', words: '连不上不漏' }],
    ['a plain browser', { userAgent: 'Mozilla/5.0 Chrome' }, { title: '聊天工具栏', state: 'look' }],
    [
      'another address',
      { probe: new Failed('refused', '只能为不漏自己的页面签名') },
      { title: '签名', state: 'bad', words: '只能为不漏自己的页面签名' },
    ],
    [
      'a wrong signature',
      { probe: { agentConfig: refuse('agentConfig:fail (40093)') } },
      { title: '应用身份（agentConfig）', state: 'bad', mend: expect.stringContaining('可信域名') },
    ],
    [
      'another app',
      { probe: { agentConfig: refuse('agentConfig:fail invalid agentid') } },
      { state: 'bad', mend: expect.stringContaining('WECOM_AGENT_ID') },
    ],
    [
      'an old client',
      { probe: { agentConfig: refuse('agentConfig:function not exist') } },
      { state: 'bad', mend: expect.stringContaining('升级') },
    ],
    ['a client that is silent', { probe: { agentConfig: refuse('no answer') } }, { state: 'bad', words: '企业微信没有回应' }],
    [
      'the workbench',
      { probe: { entry: async () => 'normal' } },
      { title: '入口', state: 'look', mend: expect.stringContaining('聊天工具栏管理') },
    ],
    [
      'no right on customers',
      { probe: { contact: refuse('getCurExternalContact:permission denied') } },
      { title: '当前客户', state: 'bad', mend: expect.stringMatching(/可见范围.*使用范围.*可调用接口的应用/) },
    ],
    [
      'no customer',
      { probe: { contact: refuse('getCurExternalContact:fail without context of external contact') } },
      { title: '当前客户', state: 'look' },
    ],
    [
      'something new',
      { probe: { contact: refuse('getCurExternalContact:fail whatever') } },
      { state: 'bad', words: 'getCurExternalContact:fail whatever' },
    ],
  ])('%s', async (_, over, step) => {
    expect(await last(over)).toMatchObject(step)
  })

  it('goes on after a config that failed: the sidebar lives by agentConfig', async () => {
    const steps = await run({ probe: { corpConfig: refuse('preVerifyJSAPI:fail (50001)') } })
    expect(steps[2]).toMatchObject({ title: '企业身份（config）', state: 'bad', words: expect.stringContaining('可信域名') })
    expect(steps.at(-1)).toMatchObject({ title: '当前客户', state: 'ok' })
  })
})

it('is copied without ids of customers', async () => {
  const text = reportText(await run(), { url: 'https://bulou.cn/h5/check', userAgent: wecom, at: '11月22日 10:00' })
  expect(text).toMatch(/✓ 当前客户：读得到/)
  expect(text).toContain('https://bulou.cn/h5/check')
  expect(text).not.toContain('wmCUSTOMER')
})
