import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createMp } from '../../simulator/wechat-mp/serve-mp.js'
import { freshDb } from '../../test/setup/db.js'
import { breaksWith, consult, env, nowhere, setUp } from './testing.js'

// Settings, this machine and what stands around it: one thing broken at a time, and what is said of it.
const healthy = setUp()
const breaks = breaksWith(healthy)

describe('settings', () => {
  breaks('settings', 'a setting is missing', env({ WECOM_TOKEN: '' }), /✗ 设置：WECOM_TOKEN 没有填\n.*接收消息/)
  breaks(
    'settings',
    'a key is a letter short',
    () => ({ env: { WECOM_AES_KEY: healthy().env.WECOM_AES_KEY?.slice(1) } }),
    /✗ 设置：WECOM_AES_KEY 应该是 43 位/,
  )
  breaks('settings', 'an address is none', env({ PUBLIC_URL: 'bulou.cn' }), /✗ 设置：PUBLIC_URL 不是一个完整的网址/)
  breaks('settings', 'a secret is short', env({ SESSION_SECRET: 'short' }), /✗ 设置：SESSION_SECRET 至少要 32 个字符\n.*openssl/)
  breaks('settings', 'keys are no JSON', env({ WECOM_ARCHIVE_KEYS: '-----BEGIN' }), /✗ 设置：WECOM_ARCHIVE_KEYS 不是要求的 JSON/)
  breaks(
    'settings',
    'two secrets are one',
    () => ({ env: { SESSION_SECRET: healthy().env.DATA_KEY } }),
    /✗ 设置：SESSION_SECRET 和 DATA_KEY 填了同一个值/,
  )
  breaks('settings', 'a token has other letters', env({ WECOM_TOKEN: 'a token' }), /✗ 设置：WECOM_TOKEN 应该是不超过 32 位/)
  breaks(
    'settings',
    'a name is mistyped',
    () => ({ strangers: ['WECOM_SECERT'] }),
    /\? 设置：.env 里的 WECOM_SECERT 不是不漏的设置/,
    'look',
  )
  breaks('settings', 'a further callback lacks its key', env({ WECOM_KF_TOKEN: 'k' }), /✗ 设置：WECOM_KF_AES_KEY 应该是 43 位/)
})

describe('database', () => {
  breaks('database', 'the database is away', env({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:9/x' }), /✗ 数据库：数据库没有运行/)
  breaks(
    'database',
    'there is no such database',
    () => ({ env: { DATABASE_URL: withPath(healthy().env.DATABASE_URL, '/nobody') } }),
    /✗ 数据库：数据库服务器上没有/,
  )

  it('database: a step is missing, and one was edited', async () => {
    const other = await freshDb()
    const say = async () => (await consult(healthy(), 'database', { env: { DATABASE_URL: other.url } })).text
    await other.db.$executeRaw`UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name LIKE '%skeleton'`
    expect(await say()).toMatch(/✗ 数据库：升级 \d+_skeleton 的内容和当时不一样了/)
    await other.db.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%skeleton'`
    expect(await say()).toMatch(/✗ 数据库：还差 1 步升级/)
    await other.db.$executeRaw`DROP TABLE _prisma_migrations`
    expect(await say()).toMatch(/✗ 数据库：数据库连得上，但还是空的/)
    await other.close()
  })
})

describe('redis', () => {
  breaks('redis', 'Redis is away', env({ REDIS_URL: '/nowhere/redis.sock' }), /✗ Redis：Redis 连不上/)
})

describe('server', () => {
  breaks('server', 'nothing runs here', env({ PORT: '9' }), /\? 不漏本身：没有在 .* 运行/, 'look')
  breaks(
    'server',
    'something else runs here',
    () => ({ env: { PORT: new URL(healthy().standin.base).port } }),
    /✗ 不漏本身：.* 上是别的程序/,
  )

  it('server: no worker', async () => {
    await healthy().db.workerBeat.updateMany({ data: { at: new Date(0) } })
    expect((await consult(healthy(), 'server')).text).toMatch(/✗ 不漏本身：服务在运行，但后台任务没有运行/)
    await healthy().db.workerBeat.updateMany({ data: { at: new Date() } })
    expect((await consult(healthy(), 'server')).text).toMatch(/✓ 不漏本身：正在运行/)
  })
})

describe('public-url', () => {
  breaks(
    'public-url',
    'the address has a path',
    env({ PUBLIC_URL: 'https://bulou.cn/h5/' }),
    /✗ 访问网址：PUBLIC_URL 后面不能带路径/,
  )
  breaks('public-url', 'the address is plain http', env({ PUBLIC_URL: 'http://bulou.cn' }), /✗ 访问网址：PUBLIC_URL 不是 https/)
  breaks('public-url', 'the address is a number', env({ PUBLIC_URL: 'https://10.0.0.8' }), /✗ 访问网址：PUBLIC_URL 是 IP 地址/)
  breaks(
    'public-url',
    'the address is the example',
    env({ PUBLIC_URL: 'https://bulou.example.com' }),
    /✗ 访问网址：PUBLIC_URL 还是例子/,
  )
  breaks(
    'public-url',
    'the address is this machine, in production',
    env({ NODE_ENV: 'production' }),
    /✗ 访问网址：.* 只有这台机器能打开/,
  )
  breaks('public-url', 'nobody answers at the address', env({ PUBLIC_URL: nowhere }), /✗ 访问网址：.* 打不开：连接被拒绝/)
  breaks(
    'public-url',
    'somebody else answers at the address',
    () => ({ env: { PUBLIC_URL: healthy().standin.base } }),
    /✗ 访问网址：.* 不是不漏的页面/,
  )
})

describe('quote-url', () => {
  breaks(
    'quote-url',
    'the address of quotes has a path',
    env({ QUOTE_URL: 'https://q.bulou.cn/q/' }),
    /✗ 报价网址：QUOTE_URL 要是一个不带路径/,
  )
  breaks(
    'quote-url',
    'the address of quotes is plain http',
    env({ QUOTE_URL: 'http://q.bulou.cn' }),
    /✗ 报价网址：QUOTE_URL 不是 https/,
  )
  breaks('quote-url', 'nobody answers where quotes are', env({ QUOTE_URL: nowhere }), /✗ 报价网址：.* 打不开：连接被拒绝/)
  breaks(
    'quote-url',
    'somebody else answers where quotes are',
    () => ({ env: { QUOTE_URL: healthy().standin.base } }),
    /✗ 报价网址：.* 不是不漏的报价页/,
  )
  it('quote-url: ours', async () => {
    const { text } = await consult(healthy(), 'quote-url', { env: { QUOTE_URL: healthy().env.PUBLIC_URL ?? '' } })
    expect(text).toMatch(/✓ 报价网址：.* 打得开，是不漏的报价页/)
  })
})

describe('wechat-mp', () => {
  breaks(
    'wechat-mp',
    'the 公众号 is half set up',
    env({ WECHAT_MP_APPID: 'wx1' }),
    /✗ 公众号.*：公众号还缺：AppSecret WECHAT_MP_SECRET/,
  )
  breaks(
    'wechat-mp',
    'the 公众号 does not answer',
    env({ WECHAT_MP_APPID: 'wx1', WECHAT_MP_SECRET: 'mp-secret', WECHAT_MP_API_BASE: nowhere }),
    /✗ 公众号.*：公众号的接口没有应答/,
  )
  it('wechat-mp: the secret is wrong, and right', async () => {
    const mp = createMp({ appId: 'wx1', appSecret: 'mp-secret', machine: () => Date.now() })
    const server = createServer((req, res) => void mp.answer(req, res)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const say = async (WECHAT_MP_SECRET: string) =>
      (await consult(healthy(), 'wechat-mp', { env: { WECHAT_MP_APPID: 'wx1', WECHAT_MP_SECRET, WECHAT_MP_API_BASE: base } }))
        .text
    expect(await say('wrong-secret')).toMatch(/✗ 公众号.*：公众号不认这组设置（\d+）/)
    expect(await say('mp-secret')).toMatch(/\? 公众号.*：公众号的 AppID 和 AppSecret 是对的/)
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('verify-files', () => {
  breaks(
    'verify-files',
    'a file that proves the domain is another',
    env({ VERIFY_FILES: '{"WW_verify_AbC123.txt":"other"}' }),
    /✗ 域名校验文件：.*不是设置里的内容（200）/,
  )
  breaks(
    'verify-files',
    'a file that proves the domain is not served',
    env({ VERIFY_FILES: '{"WW_verify_New.txt":"New"}' }),
    /✗ 域名校验文件：.*不是设置里的内容（404）/,
  )
})

describe('sms', () => {
  breaks('sms', 'SMS is half set up', env({ SMS_SIGN_NAME: '' }), /✗ 短信：短信还缺：签名 SMS_SIGN_NAME/)
})

describe('mail', () => {
  breaks(
    'mail',
    'the mail password is wrong',
    () => ({ env: { MAIL_URL: healthy().env.MAIL_URL?.replace(/:[^:@]+@/, ':wrong@') } }),
    /✗ 邮件：127\.0\.0\.1 不认账号或密码/,
  )
  breaks('mail', 'the mail server is away', env({ MAIL_URL: 'smtp://127.0.0.1:9' }), /✗ 邮件：连不上邮件服务器 127\.0\.0\.1/)
  breaks('mail', 'mail is half set up', env({ MAIL_FROM: '' }), /✗ 邮件：邮件还缺：发件人 MAIL_FROM/)
})

describe('calendar', () => {
  breaks(
    'calendar',
    'the year is not known',
    () => ({ now: new Date('2031-03-01T02:00:00Z') }),
    /✗ 节假日：没有 2031 年的节假日安排/,
  )
})

function withPath(url = '', path: string): string {
  const other = new URL(url)
  other.pathname = path
  return other.href
}
