import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId, sha256 } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { doEffects } from '../../test/factories/effects.js'
import { createDesk } from '../../test/factories/quotes.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
/** Papers are drawn by processes of their own, which a busy machine starts slowly. */
const DRAWN_MS = 120_000
const later = new Date(NOW.getTime() + 5 * MINUTE)

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db)
  const env = { DATA_KEY: 'a'.repeat(32) }
  server = await startServer({ database: database.url, redis: redis.url, env, machineNow: () => later })
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const headers = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49',
}

it(
  'what a rep sends is read and confirmed by the customer, and both have the same paper of it',
  async () => {
    const desk = createDesk(cast)
    const quote = await desk.sent()
    const token = await desk.token(quote)
    const page = await server.call('GET', `/q/${token}`, { headers })
    expect(page.text).toContain(quote.versions[0]?.content.to.company)
    const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const asCustomer = { headers: { ...headers, cookie } }
    await server.call('POST', `/q/${token}/seen`, {
      ...asCustomer,
      body: { opening: true, sections: { head: 2 }, stoppedAt: 'terms' },
    })
    const accepting = { kind: 'accept', requestId: newId(), name: '刘建国', phone: '13812345678', signature: null }
    const said = await server.call('POST', `/q/${token}/answers`, { ...asCustomer, body: accepting })
    expect(said.status).toBe(200)

    await doEffects(database.db, null as never, ['render-quote-pdf', 'render-accepted-pdf'], { now: later })
    const [paper, receipt] = await Promise.all(
      ['pdf', 'receipt'].map((name) =>
        fetch(`${server.base}/q/${token}/${name}`, asCustomer)
          .then((answer) => answer.arrayBuffer())
          .then((bytes) => Buffer.from(bytes)),
      ),
    )
    for (const bytes of [paper, receipt])
      expect(
        Buffer.from(bytes ?? [])
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    const seen = await server.get(`/api/quotes/${quote.id}`, await cast.personId('wanglei'))
    const [answer] = seen.json.answers
    expect(answer).toMatchObject({ id: said.json.id, name: '刘建国', phone: '13812345678', device: 'iPhone · 微信' })
    expect(answer.files).toMatchObject([{ kind: 'accepted-pdf', sha256: sha256(receipt ?? '') }])
    expect(seen.json.versions[0].visits).toMatchObject([{ number: 1, stoppedAt: 'answer' }])
  },
  DRAWN_MS,
)
