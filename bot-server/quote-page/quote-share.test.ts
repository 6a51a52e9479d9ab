import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMp } from '../../simulator/wechat-mp/serve-mp.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { sendOne } from '../../test/factories/sent-quote.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const mp = createMp({ appId: 'wx1', appSecret: 'mp-secret', machine: () => Date.now() })
const platform = createServer((req, res) => void mp.answer(req, res))
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let cast: Cast
let withMp: Server
let without: Server

beforeAll(async () => {
  platform.listen(0, '127.0.0.1')
  ;[database, redis] = await Promise.all([freshDb(), freshRedis(), once(platform, 'listening')])
  cast = await createCast(database.db, new Date())
  const base = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
  const env = { WECHAT_MP_APPID: 'wx1', WECHAT_MP_SECRET: 'mp-secret', WECHAT_MP_API_BASE: base }
  withMp = await startServer({ database: database.url, redis: redis.url, env })
  without = await startServer({ database: database.url, redis: redis.url })
})
afterAll(async () => {
  await withMp.close()
  await without.close()
  platform.close()
  await Promise.all([database.close(), redis.stop()])
})
const share = (server: Server, token: string, url: string) =>
  server.call('GET', `/q/${token}/share?url=${encodeURIComponent(url)}`)

it('the page is signed for its own address, as WeChat checks it; the card has our title, a picture and no price', async () => {
  const { token } = await sendOne(database.db, cast)
  const url = `${withMp.base}/q/${token}?from=groupmessage`
  const answer = await share(withMp, token, url)
  expect(mp.isSigned({ ...answer.json.sign, url })).toBe(true)
  const page = `${withMp.base}/q/${token}`
  expect(answer.json.card).toMatchObject({ title: '骨科耗材报价 · 仁济骨科医院', link: page, imgUrl: `${page}/card.png` })
  expect(answer.text).not.toContain('128')
  expect((await withMp.get(`/q/${token}`)).headers.get('content-security-policy')).toContain(
    "script-src 'self' https://res.wx.qq.com;",
  )
})

it('no other page is signed, and none by a link that opens nothing', async () => {
  const [one, other] = [await sendOne(database.db, cast), await sendOne(database.db, cast)]
  for (const url of ['https://evil.example/', `${withMp.base}/q/${other.token}`, `${withMp.base}/q/${one.token}x`])
    expect((await share(withMp, one.token, url)).status).toBe(404)
  const none = 'A'.repeat(22)
  expect((await share(withMp, none, `${withMp.base}/q/${none}`)).status).toBe(404)
})

it('without a 公众号 nothing is lost but the card: no foreign script may run', async () => {
  const { token } = await sendOne(database.db, cast)
  const page = await without.get(`/q/${token}`)
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('data-share')
  expect(page.headers.get('content-security-policy')).not.toContain('res.wx.qq.com')
  expect((await share(without, token, `${without.base}/q/${token}`)).status).toBe(404)
})
