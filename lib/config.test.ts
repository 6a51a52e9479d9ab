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
  ])('says what is wrong with %s', (name, value, words) => {
    expect(complaints({ ...production, [name]: value })).toMatch(words)
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
    }).wecom
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
  expect(loadConfig(production).wecom.archive).toBeNull()
  const archive = { WECOM_ARCHIVE_SECRET: 's', WECOM_ARCHIVE_KEYS: '{"1":"PEM"}', WECOM_FINANCE_SDK: '/opt/sdk.so' }
  expect(loadConfig({ ...production, ...archive }).wecom.archive).toEqual({ secret: 's', keys: { 1: 'PEM' }, sdk: '/opt/sdk.so' })
})
