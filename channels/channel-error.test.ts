import { describe, expect, it } from 'vitest'
import { GiveUp, TryLater } from '../lib/errors.js'
import { ChannelError, type ChannelErrorKind, isCodeUsed, sortChannelError } from './channel-error.js'

const error = (kind: ChannelErrorKind, delayMs?: number) =>
  new ChannelError({ method: 'message/send', code: 1, kind, hint: '去后台看看', ...(delayMs ? { delayMs } : {}) })

describe('sortChannelError', () => {
  it.each(['give-up', 'code-used'] as const)('gives up on %s, with the hint', (kind) => {
    const sorted = sortChannelError(error(kind))
    expect(sorted).toBeInstanceOf(GiveUp)
    expect(sorted.reason).toBe('message/send: 1 去后台看看')
  })

  it.each(['retry', 'refresh', 'config', 'quota'] as const)('tries %s again', (kind) => {
    expect(sortChannelError(error(kind))).toBeInstanceOf(TryLater)
  })

  it('waits as long as the platform asks, and long for an administrator', () => {
    expect(sortChannelError(error('retry', 60_000))).toMatchObject({ delayMs: 60_000 })
    expect(sortChannelError(error('config'))).toMatchObject({ delayMs: 600_000 })
    expect(sortChannelError(error('quota'))).toMatchObject({ delayMs: 3_600_000 })
  })
})

describe('isCodeUsed', () => {
  it('knows a spent code from every other error', () => {
    expect(isCodeUsed(error('code-used'))).toBe(true)
    expect(isCodeUsed(error('give-up'))).toBe(false)
    expect(isCodeUsed(new Error('code-used'))).toBe(false)
  })
})
