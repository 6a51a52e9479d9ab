import { describe, expect, it } from 'vitest'
import { CallbackRefused } from '../sealed/refused.js'
import { checkCardSign } from './card-sign.js'
import { vectors } from './fixtures/vectors.js'
import { checkRobotSign } from './robot-sign.js'

const hmac = (id: string) => {
  const found = vectors.hmac_sha256_base64.find((vector) => vector.id === id)
  if (!found) throw new Error(`no vector ${id}`)
  return found
}
const HOUR = 3_600_000

function refusalOf(run: () => void): string {
  try {
    run()
  } catch (error) {
    if (error instanceof CallbackRefused) return error.detail
    throw error
  }
  return 'nothing was refused'
}

describe('a message to the robot', () => {
  const { secret, expect: sign } = hmac('derived-bot-callback-sign')
  const timestamp = '1577262236757'
  const at = (ms: number) => new Date(Number(timestamp) + ms)
  const check = (headers: { timestamp?: string; sign?: string }, ms = 0) =>
    refusalOf(() => checkRobotSign(secret, { timestamp, sign, ...headers }, at(ms)))

  it('is known by its sign, for an hour either way', () => {
    for (const ms of [0, HOUR, -HOUR]) expect(check({}, ms)).toBe('nothing was refused')
    for (const ms of [HOUR + 1, -HOUR - 1]) expect(check({}, ms)).toBe('timestamp')
  })

  it('is refused with another sign, another timestamp, or none', () => {
    expect(check({ sign: `${sign.slice(0, -2)}B=` })).toBe('mismatch')
    expect(check({ sign: sign.slice(1) })).toBe('mismatch')
    expect(check({ sign: `${'汉'.repeat(44)}` })).toBe('mismatch')
    expect(check({ timestamp: '1577262236758' })).toBe('mismatch')
    expect(refusalOf(() => checkRobotSign(secret, { timestamp: undefined, sign }, at(0)))).toBe('missing header')
    expect(refusalOf(() => checkRobotSign(secret, { timestamp, sign: undefined }, at(0)))).toBe('missing header')
    expect(refusalOf(() => checkRobotSign('another', { timestamp, sign }, at(0)))).toBe('mismatch')
  })
})

describe('a press on a card', () => {
  // The page prints no example for cards; this one is of the same form (HMAC over the timestamp alone).
  const { secret, message: timestamp, expect: signature } = hmac('doc-sns-signature')
  const at = (ms: number) => new Date(Number(timestamp) + ms)

  it('is known by its signature, for an hour', () => {
    expect(refusalOf(() => checkCardSign(secret, { timestamp, signature }, at(HOUR)))).toBe('nothing was refused')
    expect(refusalOf(() => checkCardSign(secret, { timestamp, signature }, at(HOUR + 1)))).toBe('timestamp')
    expect(refusalOf(() => checkCardSign('another', { timestamp, signature }, at(0)))).toBe('mismatch')
    expect(refusalOf(() => checkCardSign(secret, { timestamp: undefined, signature }, at(0)))).toBe('missing header')
  })
})
