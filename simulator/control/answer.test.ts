import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeAll(async () => {
  standin = await startForTest()
})
afterAll(() => standin.close())

it('is open on the loopback address and the desk, and nowhere else', async () => {
  expect((await standin.ask('/__standin/state')).status).toBe(200)
  expect((await standin.ask('/__standin/state', { host: standin.hostOf('desk') })).status).toBe(200)
  expect((await standin.ask('/__standin/state', { host: standin.hostOf('wanglei') })).status).toBe(403)
  expect((await standin.ask('/__standin/state', { host: `bulou.localhost:${standin.port}` })).status).toBe(404)
  expect((await standin.ask('/__standin/state', { host: 'elsewhere.example' })).status).toBe(404)
})

it("turns away another origin's page", async () => {
  const ask = (origin: string) =>
    standin.ask('/__standin/revoke-token', { host: standin.hostOf('desk'), headers: { origin }, body: {} })
  expect((await ask('https://evil.example')).status).toBe(403)
  expect((await ask(`http://${standin.hostOf('wanglei')}`)).status).toBe(403)
  expect((await ask(`http://${standin.hostOf('desk')}`)).status).toBe(200)
})

it('says what is wrong with a request', async () => {
  expect((await standin.ask('/__standin/chat', { body: { rep: 'wanglei' } })).status).toBe(400)
  expect((await standin.ask('/__standin/chat', { body: '{' })).status).toBe(400)
  expect((await standin.ask('/__standin/no-such', { body: {} })).status).toBe(404)
  expect((await standin.ask('/__standin/enter', { body: { userid: 'nobody' } })).status).toBe(404)
  const strange = { rep: 'chenjing', externalUserId: 'wmRenji', from: 'rep', text: '您好' }
  expect((await standin.ask('/__standin/chat', { body: strange })).status).toBe(404)
})

it('moves the clock forward and never back', async () => {
  const { clock } = await standin.state()
  expect(await standin.control('clock', { advanceMs: 60_000 })).toEqual({ offsetMs: clock.offsetMs + 60_000 })
  expect((await standin.ask('/__standin/clock', { body: { advanceMs: -1 } })).status).toBe(400)
  const before = await standin.state()
  const to = new Date(Date.parse(before.clock.now) + 3_600_000).toISOString()
  expect(await standin.control('clock', { to })).toEqual({ offsetMs: before.clock.offsetMs + 3_600_000 })
  expect((await standin.state()).clock.now).toBe(to)
  expect(await standin.control('clock', { to: before.clock.now })).toEqual({ offsetMs: before.clock.offsetMs + 3_600_000 })
})

it('rings for every change', async () => {
  const heard: string[] = []
  const events = request({ port: standin.port, host: '127.0.0.1', path: '/__standin/events' })
  events.end()
  await new Promise<void>((resolve) =>
    events.on('response', (res) =>
      res.setEncoding('utf8').on('data', (chunk: string) => {
        heard.push(...[...chunk.matchAll(/"type":"([\w-]+)"/g)].map((m) => m[1] ?? ''))
        if (heard.at(-1) === 'hello') resolve()
      }),
    ),
  )
  await standin.control('chat', { rep: 'wanglei', externalUserId: 'wmRenji', from: 'rep', text: '好的' })
  await standin.control('open', { userid: 'wanglei', entry: 'normal' })
  await expect.poll(() => heard).toEqual(expect.arrayContaining(['hello', 'message', 'open']))
  events.destroy()
})
