import { describe, expect, it } from 'vitest'
import { openCallback } from '../../channels/wecom/callback.js'
import { prepareCallback } from '../../channels/wecom/crypto.js'
import { makeMessages, messageBytes, settings } from './messages.js'

describe('makeMessages', () => {
  it('makes callbacks of 900 bytes that the product takes, no two alike, over two calls too', () => {
    const config = prepareCallback(settings)
    const messages = [...makeMessages(50), ...makeMessages(50, 51)]
    for (const { plain } of messages) expect(Buffer.byteLength(plain)).toBe(messageBytes)
    expect(new Set(messages.map((message) => openCallback(config, message).key)).size).toBe(100)
    expect(new Set(messages.map((message) => message.encrypt)).size).toBe(100)
  })
})
