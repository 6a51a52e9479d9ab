import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { breaksWith, consult, env, faultOf, orderOf, setUp } from './testing.js'

// 会话内容存档: one thing broken at a time.
const healthy = setUp()
const [breaks, fault, order] = [breaksWith(healthy), faultOf(healthy), orderOf(healthy)]
const keysOf = (version: number | string, bits = 2048) => JSON.stringify({ [version]: pemOf(bits) })
const pemOf = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('archive-secret', () => {
  breaks(
    'archive-secret',
    'the archive is half set up',
    env({ WECOM_ARCHIVE_SECRET: '' }),
    /✗ 存档 Secret：.*缺 WECOM_ARCHIVE_SECRET/,
  )
  breaks(
    'archive-secret',
    'the archive has the app’s secret',
    () => ({ env: { WECOM_ARCHIVE_SECRET: healthy().env.WECOM_SECRET } }),
    /✗ 存档 Secret：.*填成了应用的 Secret/,
  )
  breaks(
    'archive-secret',
    'the archive’s secret is wrong',
    env({ WECOM_ARCHIVE_SECRET: 'wrong-archive' }),
    /✗ 存档 Secret：WECOM_ARCHIVE_SECRET 不对.*（40001）\n.*聊天内容存档/,
  )
})

describe('archive-keys', () => {
  breaks(
    'archive-keys',
    'a public key stands for the private one',
    env({ WECOM_ARCHIVE_KEYS: '{"3":"-----BEGIN PUBLIC KEY-----"}' }),
    /✗ 存档私钥：第 3 版填的是公钥/,
  )
  breaks(
    'archive-keys',
    'a key is cut off',
    () => ({ env: { WECOM_ARCHIVE_KEYS: JSON.stringify({ 3: pemOf(2048).slice(0, 200) }) } }),
    /✗ 存档私钥：第 3 版私钥读不出来/,
  )
  breaks(
    'archive-keys',
    'a key is too short',
    () => ({ env: { WECOM_ARCHIVE_KEYS: keysOf(3, 1024) } }),
    /✗ 存档私钥：第 3 版不是 2048 位/,
  )
  breaks(
    'archive-keys',
    'a version is no number',
    () => ({ env: { WECOM_ARCHIVE_KEYS: keysOf('v3') } }),
    /✗ 存档私钥：版本「v3」不是数字/,
  )
  breaks('archive-keys', 'there is no key', env({ WECOM_ARCHIVE_KEYS: '{}' }), /✗ 存档私钥：.*没有私钥/)
})

describe('archive-read', () => {
  breaks('archive-read', 'there is no library', env({ WECOM_FINANCE_SDK: '' }), /✗ 存档读取：没有填 WECOM_FINANCE_SDK/)
  breaks(
    'archive-read',
    'the library is not there',
    env({ WECOM_FINANCE_SDK: '/nowhere/libWeWorkFinanceSdk_C.so' }),
    /✗ 存档读取：.*文件不存在/,
  )
  breaks(
    'archive-read',
    'the library is none',
    () => {
      const file = join(healthy().folder, 'lib.so')
      writeFileSync(file, 'no library')
      return { env: { WECOM_FINANCE_SDK: file } }
    },
    /✗ 存档读取：WECOM_FINANCE_SDK 的动态库加载不了/,
  )
  breaks(
    'archive-read',
    'the key of the version is missing',
    () => ({ env: { WECOM_ARCHIVE_KEYS: keysOf(2) } }),
    /✗ 存档读取：缺少第 3 版.*（key-version）/,
  )
  breaks(
    'archive-read',
    'the key is of another pair',
    () => ({ env: { WECOM_ARCHIVE_KEYS: keysOf(3) } }),
    /✗ 存档读取：有 \d+ 条消息用现有的私钥解不开/,
  )
  breaks(
    'archive-read',
    'the archive can not be reached',
    async () => {
      await healthy().standin.control('faults', { path: '/__finance/chatdata', mode: 'http', status: 500 })
      return {}
    },
    /\? 存档读取：连不上会话内容存档.*（10001）/,
    'look',
  )

  it('archive-read: the archive has run out', async () => {
    await order('archive', { on: false })()
    expect((await consult(healthy(), 'archive-read')).text).toMatch(/✗ 存档读取：会话内容存档已到期，请续费（301052）/)
    await order('archive', { on: true })()
  })
})

describe('archive-read, with nothing new', () => {
  it('opens the last message once more', async () => {
    const { records } = (await healthy().standin.state()).archive
    await healthy().db.archiveCursor.create({ data: { source: 'wecom', seq: BigInt(records) } })
    expect((await consult(healthy(), 'archive-read')).text).toBe('✓ 存档读取：读得到，也解得开，现在没有新消息')
    const other = { env: { WECOM_ARCHIVE_KEYS: keysOf(3) } }
    expect((await consult(healthy(), 'archive-read', other)).text).toMatch(/✗ 存档读取：有 1 条消息用现有的私钥解不开/)
    await healthy().db.archiveCursor.deleteMany()
  })
})

describe('archive-members', () => {
  it('names the reps without a seat', async () => {
    await order('contacts/scope', { userid: 'chenjing', archive: false })()
    expect((await consult(healthy(), 'archive-members')).text).toMatch(
      /\? 存档成员：.*没有开通、要靠粘贴的销售：陈静\n.*开启范围/,
    )
    await order('contacts/scope', { userid: 'chenjing', archive: true })()
  })

  breaks(
    'archive-members',
    'the archive trusts other addresses',
    fault('/cgi-bin/msgaudit/get_permit_user_list', 60020, 'not allow, from ip: 203.0.113.9, more'),
    /✗ 存档成员：服务器的出口地址 203\.0\.113\.9 不在可信 IP 里（60020）\n.*聊天内容存档」的「可信IP/,
  )
})

describe('archive-agreed', () => {
  it('says which share of the customers agreed', async () => {
    const { externalUserId } = (await healthy().standin.state()).customers[0]
    await order('archive', { consent: { [externalUserId]: false } })()
    expect((await consult(healthy(), 'archive-agreed')).text).toMatch(
      /\? 客户同意：最近的 (\d+) 位客户里 \d+ 位同意存档（\d+%），1 位拒绝；/,
    )
    await order('archive', { consent: { [externalUserId]: true } })()
  })

  breaks(
    'archive-agreed',
    'the question for consent is refused',
    fault('/cgi-bin/msgaudit/check_single_agree', 301052),
    /✗ 客户同意：会话内容存档到期了/,
  )
})
