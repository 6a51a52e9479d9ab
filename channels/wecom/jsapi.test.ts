import { afterEach, describe, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'
import { readVectors } from './fixtures/vectors.js'
import { createPageSigner, signPage } from './jsapi.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

describe('signPage', () => {
  it.each(readVectors('jsapi_signature'))('signs $id', (vector) => {
    const parts = { ticket: vector.jsapi_ticket, nonceStr: vector.noncestr, timestamp: Number(vector.timestamp), url: vector.url }
    expect(signPage(parts)).toBe(vector.expected.signature)
    expect(signPage({ ...parts, url: `${vector.url}#/a?b=1#c` })).toBe(vector.expected.signature)
  })
})

describe('createPageSigner', () => {
  it('signs as corp and as app with a ticket each, kept while they live', async () => {
    const api = await serveQyapi({
      gettoken: [goodToken('T', 100_000)],
      get_jsapi_ticket: [
        { ticket: 'corp1', expires_in: 7200 },
        { ticket: 'corp2', expires_in: 7200 },
      ],
      'ticket/get': [{ ticket: 'agent1', expires_in: 7200 }],
    })
    close = api.close
    const { wecom, clock } = clientOf(api.base)
    const sign = createPageSigner(wecom)
    const url = 'https://bulou.example.com/h5/'
    const [first] = await Promise.all([sign(url, 'n1'), sign(url, 'n2')])
    const timestamp = clock.now.getTime() / 1000
    expect(first).toEqual({
      corp: { timestamp, nonceStr: 'n1', signature: signPage({ ticket: 'corp1', nonceStr: 'n1', timestamp, url }) },
      agent: { timestamp, nonceStr: 'n1', signature: signPage({ ticket: 'agent1', nonceStr: 'n1', timestamp, url }) },
    })
    expect(api.asked.map((one) => one.path).sort()).toEqual(['get_jsapi_ticket', 'gettoken', 'ticket/get'])
    expect(api.asksOf('ticket/get')[0]?.query.type).toBe('agent_config')

    clock.now = new Date(clock.now.getTime() + 7_000_000)
    const later = clock.now.getTime() / 1000
    expect((await sign(url, 'n1')).corp.signature).toBe(signPage({ ticket: 'corp2', nonceStr: 'n1', timestamp: later, url }))
  })
})
