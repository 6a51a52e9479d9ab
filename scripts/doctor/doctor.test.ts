import { describe, expect, it } from 'vitest'
import { consult, setUp } from './testing.js'

const healthy = setUp()

describe('with everything right', () => {
  it('finds nothing broken, and says of what it can not know where to look', async () => {
    const { lines, text } = await consult(healthy(), null)
    expect(lines.filter((line) => line.state === 'broken')).toEqual([])
    const open = lines.filter((line) => line.state === 'look').map((line) => line.check)
    expect(open, text).toEqual(['public-url', 'heard', 'licence', 'sms', 'verified'])
    expect(text).toMatch(/✓ 企业可信IP：出口地址 127\.0\.0\.1 可以调用接口/)
    expect(text).toMatch(/✓ 回调：应用：http:\/\/127\.0\.0\.1:\d+\/callback\/wecom 一来一回对得上/)
    expect(text).toMatch(/✓ 客户联系：应用可以调用，2 位销售都在使用范围里/)
    expect(text).toMatch(/✓ 存档读取：/)
    expect(text).toMatch(/✓ 客户同意：最近的 \d+ 位客户里 \d+ 位同意存档（100%）/)
  })

  it('prints no secret, whatever is wrong', async () => {
    const secrets = [
      'WECOM_SECRET',
      'WECOM_TOKEN',
      'WECOM_AES_KEY',
      'WECOM_ARCHIVE_SECRET',
      'SESSION_SECRET',
      'DATA_KEY',
      'SMS_ACCESS_KEY_SECRET',
    ]
    const { text, shown } = await consult(healthy(), null, {
      env: { WECOM_SECRET: 'a-wrong-secret', DATABASE_URL: 'postgresql://u:geheim@127.0.0.1:9/x' },
    })
    for (const words of [text, shown]) {
      for (const name of secrets) expect(words).not.toContain(healthy().env[name])
      expect(words).not.toContain('a-wrong-secret')
      expect(words).not.toContain('geheim')
    }
  })
})
