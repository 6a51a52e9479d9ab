import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { goodToken, useDingtalk } from './fixtures/dingtalk-api.js'
import { createPageSigner, signPage } from './jsapi.js'

const serve = useDingtalk()

/** The inputs of the platform's first JS-API page, which prints no output. */
const parts = {
  ticket: 'mS5k98fdkdgDKxkXGEs8LORVREiweeWETE40P37wkidkfksDSKDJFD5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcKIDU8l',
  nonceStr: 'Zn4zmLFKD0wzilzM',
  timeStamp: 1414588745,
  url: 'http://open.dingtalk.com',
}

describe('signPage', () => {
  it('signs ticket, nonce, time and address with SHA-256', () => {
    expect(signPage(parts)).toBe('6d6e0580d57aac61e427c1e82e7545cca4eed5c59ae6bb468c6bf6f89753cdb2')
    expect(signPage({ ...parts, url: `${parts.url}#/a?b=1` })).toBe(signPage(parts))
  })

  it('decodes the query, and only that', () => {
    const url = 'https://bulou.example.com/h5/%E8%B7%AF?name=%E5%88%98+%E4%B8%BB%E4%BB%BB&to=%2Fh5%2F1#x'
    const seen = 'https://bulou.example.com/h5/%E8%B7%AF?name=刘 主任&to=/h5/1'
    const plain = `jsapi_ticket=${parts.ticket}&noncestr=${parts.nonceStr}&timestamp=${parts.timeStamp}&url=${seen}`
    expect(signPage({ ...parts, url })).toBe(hash('sha256', plain, 'hex'))
  })

  it('leaves a query alone that does not decode', () => {
    const url = 'https://bulou.example.com/h5/?a=%E8%1'
    const plain = `jsapi_ticket=${parts.ticket}&noncestr=${parts.nonceStr}&timestamp=${parts.timeStamp}&url=${url}`
    expect(signPage({ ...parts, url })).toBe(hash('sha256', plain, 'hex'))
  })
})

it('createPageSigner keeps the ticket while it lives', async () => {
  const ticket = (name: string) => ({ jsapiTicket: name, expireIn: 7200 })
  const { dingtalk, clock, told, asksOf } = await serve({
    'oauth2/accessToken': [goodToken('T', 100_000)],
    'oauth2/jsapiTickets': [ticket('J1'), ticket('J2')],
  })
  const sign = createPageSigner(dingtalk)
  const url = 'https://bulou.example.com/h5/'
  const signed = (name: string) => {
    const timeStamp = clock.now.getTime() / 1000
    return { timeStamp, nonceStr: 'n', signature: signPage({ ticket: name, nonceStr: 'n', timeStamp, url }) }
  }
  expect(await Promise.all([sign(url, 'n'), sign(url, 'n')])).toEqual([signed('J1'), signed('J1')])
  clock.now = new Date(clock.now.getTime() + 7_000_000)
  expect(await sign(url, 'n')).toEqual(signed('J2'))
  expect(asksOf('oauth2/jsapiTickets')).toHaveLength(2)
  expect(told.some((call) => call.paid)).toBe(false)
})
