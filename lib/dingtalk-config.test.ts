import { describe, expect, it } from 'vitest'
import { readDingtalk } from './dingtalk-config.js'

const least = { DINGTALK_CORP_ID: 'dingcorp', DINGTALK_CLIENT_ID: 'dingapp', DINGTALK_CLIENT_SECRET: 'x', DINGTALK_AGENT_ID: '7' }
const callback = { DINGTALK_TOKEN: 'token', DINGTALK_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' }

describe('DingTalk', () => {
  it('is off where nothing of it stands, whatever has a default', () => {
    expect(readDingtalk({})).toEqual({ config: null, lines: [] })
    expect(readDingtalk({ DINGTALK_API_BASE: 'https://api.dingtalk.com' })).toEqual({ config: null, lines: [] })
  })

  it('begun and not finished: everything that is missing is named', () => {
    const { config, lines } = readDingtalk({ DINGTALK_CLIENT_ID: 'dingapp' })
    expect(config).toBeNull()
    expect(lines.join('\n')).toMatch(/DINGTALK_CORP_ID: is missing.*\n.*DINGTALK_CLIENT_SECRET.*\n.*DINGTALK_AGENT_ID/)
  })

  it('is heard over a connection of ours, unless there is a subscription that calls us', () => {
    expect(readDingtalk(least).config).toMatchObject({ mode: 'stream', callback: null, streams: 2, robotCode: 'dingapp' })
    expect(readDingtalk({ ...least, ...callback }).config).toMatchObject({ mode: 'http', callback: { token: 'token' } })
    expect(readDingtalk({ ...least, ...callback, DINGTALK_MODE: 'stream' }).config).toMatchObject({ mode: 'stream' })
  })

  it('can’t be called without what calls are signed and encrypted with', () => {
    expect(readDingtalk({ ...least, DINGTALK_MODE: 'http' }).lines.join()).toMatch(/DINGTALK_TOKEN, DINGTALK_AES_KEY/)
    expect(readDingtalk({ ...least, DINGTALK_TOKEN: 'token' }).lines.join()).toMatch(/belong together/)
    expect(readDingtalk({ ...least, DINGTALK_TOKEN: 't', DINGTALK_AES_KEY: 'short' }).lines.join()).toMatch(/43 letters/)
  })

  it('knows what the standard edition allows, and who is an administrator', () => {
    const { config } = readDingtalk({ ...least, DINGTALK_ADMINS: 'boss, it', DINGTALK_MONTHLY_PUSHES: '50000' })
    expect(config).toMatchObject({ admins: ['boss', 'it'], quota: { calls: 5_000, pushes: 50_000 } })
  })
})
