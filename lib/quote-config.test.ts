import { describe, expect, it } from 'vitest'
import { readQuote } from './quote-config.js'

const PUBLIC_URL = 'https://bulou.example.com'

describe('where quotes stand', () => {
  it('beside everything else, unless they have an address of their own', () => {
    expect(readQuote({ PUBLIC_URL }).config).toMatchObject({ url: PUBLIC_URL, ownHost: null })
    const { config, lines } = readQuote({ PUBLIC_URL, QUOTE_URL: 'https://q.example.com:8443/' })
    expect(config).toMatchObject({ url: 'https://q.example.com:8443', ownHost: 'q.example.com:8443' })
    expect(lines).toEqual([])
  })

  it('PUBLIC_URL named again is no address of their own: the product would be shut out of its own host', () => {
    expect(readQuote({ PUBLIC_URL, QUOTE_URL: PUBLIC_URL }).config.ownHost).toBeNull()
  })

  it.each(['q.example.com', 'https://example.com/quotes', 'ftp://q.example.com'])('never at %s', (QUOTE_URL) => {
    expect(readQuote({ PUBLIC_URL, QUOTE_URL }).lines).toEqual([expect.stringContaining('QUOTE_URL: ')])
  })
})

describe('the 公众号', () => {
  const both = { WECHAT_MP_APPID: 'wx1234', WECHAT_MP_SECRET: 'mp-secret' }

  it('is off until it is whole, and says what is lost or missing', () => {
    expect(readQuote({ PUBLIC_URL }).config.mp).toMatchObject({ settings: null, why: expect.stringContaining('没有配置公众号') })
    for (const missing of Object.keys(both)) {
      const { mp } = readQuote({ PUBLIC_URL, ...both, [missing]: '' }).config
      expect(mp).toMatchObject({ settings: null, why: expect.stringContaining(missing) })
    }
    expect(readQuote({ PUBLIC_URL, ...both, WECHAT_MP_API_BASE: 'mp' }).config.mp.settings).toBeNull()
  })

  it('is asked at its own address', () => {
    expect(readQuote({ PUBLIC_URL, ...both }).config.mp.settings).toEqual({
      appId: 'wx1234',
      appSecret: 'mp-secret',
      apiBase: 'https://api.weixin.qq.com',
    })
  })
})
