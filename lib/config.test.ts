import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.js'

const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://bulou.example.com/',
  DATABASE_URL: 'postgresql://db/bulou',
  REDIS_URL: '/run/redis.sock',
  SESSION_SECRET: 's'.repeat(32),
  DATA_KEY: 'd'.repeat(32),
  WECOM_CORP_ID: 'wwcorp',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'app-secret',
  WECOM_TOKEN: 'token',
  WECOM_AES_KEY: KEY,
}
const complaints = (env: NodeJS.ProcessEnv) => {
  try {
    loadConfig(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('a production process', () => {
  it('starts with its secrets, and is reached from outside', () => {
    const config = loadConfig(production)
    expect(config).toMatchObject({ production: true, server: { host: '0.0.0.0', publicUrl: 'https://bulou.example.com' } })
    expect(config.server.publicHosts).toEqual(['bulou.example.com'])
  })

  it('names everything that is missing at once, and shows nothing that is there', () => {
    const words = complaints({ NODE_ENV: 'production', WECOM_SECRET: 'app-secret' })
    const required = Object.keys(production).filter((name) => name !== 'NODE_ENV' && name !== 'WECOM_SECRET')
    for (const name of required) expect(words).toMatch(new RegExp(`^  ${name}: is missing$`, 'm'))
    expect(words).not.toContain('app-secret')
    expect(words).not.toContain('WECOM_SECRET')
  })

  it('takes an empty setting for a missing one', () => {
    expect(complaints({ ...production, DATA_KEY: '' })).toMatch(/DATA_KEY: is missing/)
  })

  it.each([
    ['SESSION_SECRET', 'short', /SESSION_SECRET: must have at least 32/],
    ['WECOM_AES_KEY', 'not-43', /WECOM_AES_KEY: must be 43/],
    ['WECOM_AGENT_ID', 'abc', /WECOM_AGENT_ID: (?!is missing)/],
    ['PUBLIC_URL', 'bulou', /PUBLIC_URL: (?!is missing)/],
    ['PORT', '70000', /PORT: /],
    ['WECOM_ARCHIVE_KEYS', '{', /WECOM_ARCHIVE_KEYS: must be a JSON object/],
    ['WECOM_GROUP_WEBHOOKS', '["5a3c-key"]', /WECOM_GROUP_WEBHOOKS: must be a JSON object(?!.*5a3c)/],
  ])('says what is wrong with %s', (name, value, words) => {
    expect(complaints({ ...production, [name]: value })).toMatch(words)
  })
})

describe('an organisation with DingTalk alone', () => {
  const others = Object.fromEntries(Object.entries(production).filter(([name]) => !name.startsWith('WECOM_')))
  const dingtalk = { DINGTALK_CORP_ID: 'ding1', DINGTALK_CLIENT_ID: 'c', DINGTALK_CLIENT_SECRET: 's', DINGTALK_AGENT_ID: '7' }

  it('starts without WeCom; and with neither, WeCom is what is missing', () => {
    expect(loadConfig({ ...others, ...dingtalk })).toMatchObject({ wecom: null, dingtalk: { corpId: 'ding1', mode: 'stream' } })
    expect(complaints(others)).toMatch(/WECOM_CORP_ID: is missing/)
  })

  it('half a WeCom is a mistake, and so is half a DingTalk', () => {
    expect(complaints({ ...others, ...dingtalk, WECOM_SECRET: 'x' })).toMatch(/WECOM_CORP_ID: is missing/)
    const half = complaints({ ...others, ...dingtalk, DINGTALK_AGENT_ID: '' })
    expect(half).toMatch(/DINGTALK_AGENT_ID: is missing/)
    expect(half).not.toMatch(/WECOM/)
  })
})

describe('callback configurations', () => {
  it('come by name, each with its own token and key; the robot’s has no receive id', () => {
    const { callbacks } = loadConfig({
      ...production,
      WECOM_ARCHIVE_TOKEN: 'a',
      WECOM_ARCHIVE_AES_KEY: KEY,
      WECOM_AIBOT_TOKEN: 'b',
      WECOM_AIBOT_AES_KEY: KEY,
    }).wecom ?? { callbacks: new Map() }
    expect([...callbacks.values()]).toEqual([
      { name: 'app', token: 'token', aesKey: KEY, receiveId: 'wwcorp' },
      { name: 'archive', token: 'a', aesKey: KEY, receiveId: 'wwcorp' },
      { name: 'aibot', token: 'b', aesKey: KEY, receiveId: '' },
    ])
  })

  it('without their key, or for the app under a second name, are named with everything else', () => {
    const words = complaints({ ...production, DATA_KEY: '', WECOM_KF_TOKEN: 'k', WECOM_APP_TOKEN: 'x' })
    expect(words).toMatch(/DATA_KEY: is missing/)
    expect(words).toMatch(/WECOM_KF_AES_KEY: must be 43/)
    expect(words).toMatch(/WECOM_APP_TOKEN: /)
  })
})

it('the archive is there only when it can be read', () => {
  expect(loadConfig(production).wecom?.archive).toBeNull()
  const archive = { WECOM_ARCHIVE_SECRET: 's', WECOM_ARCHIVE_KEYS: '{"1":"PEM"}', WECOM_FINANCE_SDK: '/opt/sdk.so' }
  expect(loadConfig({ ...production, ...archive }).wecom?.archive).toEqual({
    secret: 's',
    keys: { 1: 'PEM' },
    sdk: '/opt/sdk.so',
  })
})

it('a group webhook is known by its key, however it was pasted', () => {
  expect(loadConfig(production).wecom?.groups).toEqual({})
  const address = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=5a3c-1'
  const groups = loadConfig({ ...production, WECOM_GROUP_WEBHOOKS: JSON.stringify({ 销售一组: address, 交付: ' 5a3c-2 ' }) })
  expect(groups.wecom?.groups).toEqual({ 销售一组: '5a3c-1', 交付: '5a3c-2' })
})

describe('the files that prove a domain', () => {
  const read = (VERIFY_FILES: string) => loadConfig({ ...production, VERIFY_FILES }).verifyFiles

  it('are there by name, without the line break of a download', () => {
    expect(loadConfig(production).verifyFiles).toEqual({})
    expect(read('{"WW_verify_AbC1.txt":"AbC1\\n","MP_verify_x.txt":"9"}')).toEqual({
      'WW_verify_AbC1.txt': 'AbC1',
      'MP_verify_x.txt': '9',
    })
  })

  it.each([
    'WW_verify_a.txt',
    '{"a.txt":"a"}',
    '{"WW_verify_../a.txt":"a"}',
    '{"WW_verify_a.txt":"<script>"}',
    '{"WW_verify_a.txt":""}',
    '["WW_verify_a.txt"]',
  ])('are nothing else: %s', (files) => {
    expect(() => read(files)).toThrow(/VERIFY_FILES: must be a JSON object/)
  })
})

describe('SMS', () => {
  const sms = {
    SMS_PROVIDER: 'aliyun',
    SMS_ACCESS_KEY_ID: 'key-id',
    SMS_ACCESS_KEY_SECRET: 'key-secret',
    SMS_SIGN_NAME: '【不漏科技】',
    SMS_TEMPLATE_ID: 'SMS_1',
  }
  const read = (env: NodeJS.ProcessEnv) => loadConfig({ ...production, ...env }).sms

  it('is on when all of it is there', () => {
    const keys = {
      accessKeyId: 'key-id',
      accessKeySecret: 'key-secret',
      signName: '不漏科技',
      templateId: 'SMS_1',
      codeTemplateId: null,
    }
    const aliyun = { provider: 'aliyun', ...keys, sdkAppId: '', region: null, apiBase: null }
    expect(read(sms)).toEqual({ settings: aliyun, why: null })
    const further = { SMS_SDK_APP_ID: '14000', SMS_REGION: 'ap-guangzhou', SMS_API_BASE: 'http://127.0.0.1:3309/' }
    const code = { SMS_CODE_TEMPLATE_ID: 'SMS_2' }
    expect(read({ ...sms, ...code, ...further, SMS_PROVIDER: 'tencent' }).settings).toEqual({
      provider: 'tencent',
      ...keys,
      codeTemplateId: 'SMS_2',
      sdkAppId: '14000',
      region: 'ap-guangzhou',
      apiBase: 'http://127.0.0.1:3309',
    })
  })

  it.each([
    [{}, '没有配置短信'],
    [{ ...sms, SMS_SIGN_NAME: '', SMS_TEMPLATE_ID: ' ' }, '短信还缺：签名 SMS_SIGN_NAME、模板 SMS_TEMPLATE_ID'],
    [{ ...sms, SMS_PROVIDER: 'tencent' }, '短信还缺：腾讯云短信应用 ID SMS_SDK_APP_ID'],
    [{ ...sms, SMS_PROVIDER: 'other' }, 'SMS_PROVIDER 只能是 aliyun 或 tencent'],
    [{ ...sms, SMS_API_BASE: 'http://127.0.0.1:1/sms' }, 'SMS_API_BASE 必须是不带路径的 http 或 https 地址'],
    [{ ...sms, SMS_API_BASE: '127.0.0.1:1' }, 'SMS_API_BASE 必须是不带路径的 http 或 https 地址'],
  ])('is off and says why, and nothing refuses to start: %j', (env, why) => {
    expect(read(env)).toEqual({ settings: null, why })
  })
})

describe('mail', () => {
  const read = (MAIL_URL: string, MAIL_FROM: string) => loadConfig({ ...production, MAIL_URL, MAIL_FROM }).mail

  it.each([
    ['smtps://bulou%40example.com:p%40ss@smtp.example.com', { port: 465, implicitTls: true, requireTls: true }],
    ['smtp://bulou%40example.com:p%40ss@smtp.example.com', { port: 587, implicitTls: false, requireTls: true }],
    ['smtp://bulou%40example.com:p%40ss@smtp.example.com:25', { port: 25, implicitTls: false, requireTls: true }],
  ])('is on with a server and a sender: %s', (url, transport) => {
    expect(read(url, '不漏 <bulou@example.com>')).toEqual({
      settings: {
        host: 'smtp.example.com',
        ...transport,
        user: 'bulou@example.com',
        password: 'p@ss',
        from: { name: '不漏', address: 'bulou@example.com' },
      },
      why: null,
    })
  })

  it.each(['smtp://10.0.0.5:25', 'smtp://u:p@127.0.0.1:2525', 'smtp://u:p@localhost'])('does not insist on TLS for %s', (url) => {
    expect(read(url, 'a@b.cn').settings?.requireTls).toBe(false)
  })

  it('takes a bare address, and a relay that asks for no password', () => {
    const { settings } = read('smtp://127.0.0.1:2525', 'bulou@example.com')
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      requireTls: false,
      user: '',
      password: '',
      from: { name: '', address: 'bulou@example.com' },
    })
  })

  it.each([
    ['', '', '没有配置邮件'],
    ['smtp://h', '', '邮件还缺：发件人 MAIL_FROM'],
    ['', 'a@b.cn', '邮件还缺：服务器地址 MAIL_URL'],
    ['https://h', 'a@b.cn', 'MAIL_URL 必须是 smtp:// 或 smtps:// 开头的地址'],
    ['smtp.example.com', 'a@b.cn', 'MAIL_URL 必须是 smtp:// 或 smtps:// 开头的地址'],
    ['smtp://u:50%@h', 'a@b.cn', 'MAIL_URL 里的账号或密码有没有转义的 % 号'],
    ['smtp://h', '不漏', 'MAIL_FROM 必须是一个邮箱，或「名称 <邮箱>」'],
    ['smtp://h', 'a@b.cn, c@d.cn', 'MAIL_FROM 必须是一个邮箱，或「名称 <邮箱>」'],
  ])('is off and says why, and nothing refuses to start: «%s» «%s»', (url, from, why) => {
    expect(read(url, from)).toEqual({ settings: null, why })
  })
})
