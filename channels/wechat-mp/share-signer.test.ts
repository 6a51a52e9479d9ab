import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMp } from '../../simulator/wechat-mp/serve-mp.js'
import { createShareSigner } from './share-signer.js'

const PAGE = 'https://q.example.com/q/AAAAAAAAAAAAAAAAAAAAAA?from=groupmessage'
let server: Server
let now: number
let mp: ReturnType<typeof createMp>
let apiBase: string

beforeEach(async () => {
  now = Date.parse('2026-11-23T02:00:00Z')
  mp = createMp({ appId: 'wx1', appSecret: 'mp-secret', machine: () => now })
  server = createServer((req, res) => void mp.answer(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const signer = (settings: { appId?: string; appSecret?: string } = {}) =>
  createShareSigner({ settings: { appId: 'wx1', appSecret: 'mp-secret', apiBase, ...settings }, machineNow: () => new Date(now) })

describe('a page', () => {
  it('is signed as WeChat checks it, without what stands behind #', async () => {
    const signed = await signer()(`${PAGE}#answer`, 'nonce')
    expect(mp.isSigned({ ...signed, url: PAGE })).toBe(true)
    expect(mp.isSigned({ ...signed, url: `${PAGE}&more` })).toBe(false)
  })

  it('is signed with a ticket that is asked for once and kept, and anew when it ends', async () => {
    const sign = signer()
    await Promise.all([sign(PAGE, 'a'), sign(PAGE, 'b')])
    await sign(PAGE, 'c')
    expect(mp.calls).toEqual(['stable_token', 'ticket/getticket'])
    now += 2 * 3_600_000
    expect(mp.isSigned({ ...(await sign(PAGE, 'd')), url: PAGE })).toBe(true)
  })

  it('is signed all the same where the token ended before its time', async () => {
    const sign = signer()
    await sign(PAGE, 'a')
    now += 110 * 60_000
    mp.expire()
    now += 10 * 60_000
    expect(mp.isSigned({ ...(await sign(PAGE, 'b')), url: PAGE })).toBe(true)
  })
})

it('a wrong secret is said by its kind, without the secret', async () => {
  await expect(signer({ appSecret: 'wrong-secret' })(PAGE, 'a')).rejects.toSatisfy(
    (error: Error & { kind?: string }) => error.kind === 'config' && !error.message.includes('wrong-secret'),
  )
})
