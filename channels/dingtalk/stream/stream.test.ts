import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../../lib/log.js'
import { answerJson, type Line, serveGateway } from './fixtures/gateway.js'
import type { StreamFrame } from './frame.js'
import { type Pace, usualPace } from './pace.js'
import { createStream, type Stream } from './stream.js'

const robot = '/v1.0/im/bot/messages/get'
const card = '/v1.0/card/instances/callback'
/** Quick tries; a connection counts as a good one at once, unless a test says otherwise. */
const quick: Pace = { ...usualPace, firstRetryMs: 20, mostRetryMs: 80, configRetryMs: 40, steadyMs: 0, finishMs: 200 }

let gateway: Awaited<ReturnType<typeof serveGateway>>
const streams: Stream[] = []
beforeEach(async () => {
  gateway = await serveGateway()
})
afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.close()))
  await gateway.close()
})

function hold(over: Partial<Pace> = {}) {
  const heard: { kind: string; frame: StreamFrame }[] = []
  const strange: unknown[] = []
  const lines: string[] = []
  const line = (fields: object, words?: string) => void lines.push(JSON.stringify({ ...fields, words }))
  const log: Log = { debug: line, info: line, warn: line, error: line, child: () => log }
  const clock = { now: Date.parse('2026-11-22T02:00:00Z') }
  const store = { hold: Promise.resolve() as Promise<unknown>, left: 0, answer: null as object | null }
  const keep = (kind: string) => async (frame: StreamFrame) => {
    heard.push({ kind, frame })
    await store.hold
  }
  const stream = createStream({
    settings: { apiBase: gateway.base, clientId: 'dingabc', clientSecret: 'sEcReT' },
    handlers: {
      event: keep('event'),
      robot: keep('robot'),
      async press(frame) {
        await keep('press')(frame)
        const left = async () => {
          store.left += 1
        }
        return { answer: store.answer, left }
      },
      strange: (json) => void strange.push(json),
    },
    machineNow: () => new Date(clock.now),
    random: () => 0.5,
    log,
    pace: { ...quick, ...over },
  })
  streams.push(stream)
  return { stream, heard, strange, lines, clock, store }
}

const until = async (true_: () => boolean) => {
  while (!true_()) await new Promise((resolve) => setTimeout(resolve, 5))
}
const sayGoodbye = (line: Line) =>
  void line.push({ type: 'SYSTEM', topic: 'disconnect', data: { reason: 'persistent connection is timeout' } })
const open = (stream: Stream) => until(() => stream.status().open)

describe('opening', () => {
  it('asks for events, robot messages and clicks in JSON, and connects with the ticket as it was given', async () => {
    const { stream } = hold()
    await gateway.nextLine()
    await open(stream)
    expect(gateway.opens).toEqual([
      {
        clientId: 'dingabc',
        clientSecret: 'sEcReT',
        ua: 'bulou/1',
        subscriptions: [
          { type: 'EVENT', topic: '*' },
          { type: 'CALLBACK', topic: robot },
          { type: 'CALLBACK', topic: card },
        ],
      },
    ])
    expect(gateway.headers[0]).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' })
    expect(stream.status()).toEqual({ open: true, lastFrameAt: null, trouble: null })
  })

  it('takes a new ticket for each try: one that has expired is never tried again', async () => {
    gateway.settings.upgrade = 'refuse'
    const { stream } = hold()
    await until(() => gateway.opens.length >= 3)
    expect(stream.status()).toMatchObject({ open: false, trouble: expect.stringContaining('401') })
    gateway.settings.upgrade = null
    await open(stream)
    expect(stream.status().trouble).toBeNull()
  })

  it.each([
    [401, 'authFailed', 'DINGTALK_CLIENT_ID'],
    [400, 'invalidClientIdOrSecret', 'DINGTALK_CLIENT_SECRET'],
    [403, 'Forbidden.AccessDenied.IpNotInWhiteList', '出口 IP'],
    [503, 'ServiceUnavailable', '繁忙'],
  ])('%i %s says what to do, and is tried again', async (status, code, words) => {
    gateway.settings.open = (_req, res) => void answerJson(res, status, { code, message: 'no', requestid: 'r' })
    const { stream, lines } = hold()
    await until(() => gateway.opens.length >= 2)
    expect(stream.status()).toMatchObject({ open: false, trouble: expect.stringContaining(words) })
    expect(lines.join()).not.toContain('sEcReT')
    gateway.settings.open = null
    await open(stream)
  })

  it('comes up when the gateway does: no answer, no JSON, no ticket, a place in the open, the line cut', async () => {
    const wrong = [
      { not: 'a place' },
      { endpoint: 'http://127.0.0.1/connect', ticket: 't' },
      { endpoint: 'not a url', ticket: 't' },
      { endpoint: 'ws://127.0.0.1:1/connect', ticket: 't' },
    ]
    gateway.settings.open = (_req, res) => {
      const next = wrong.shift()
      if (next) return void answerJson(res, 200, next)
      if (gateway.opens.length === 5) return void res.end('<xml/>')
      if (gateway.opens.length === 6) return void res.destroy()
      gateway.settings.open = null
      // This one is never answered.
    }
    const { stream } = hold({ openMs: 1_000 })
    await open(stream)
    expect(gateway.opens.length).toBeGreaterThanOrEqual(8)
  })
})

describe('frames', () => {
  it('an event is acknowledged when its row stands, not before', async () => {
    const { store, heard } = hold()
    let stored = () => {}
    store.hold = new Promise<void>((resolve) => {
      stored = resolve
    })
    const line = await gateway.nextLine()
    const headers = { eventType: 'user_add_org', eventId: 'e1', eventCorpId: 'ding1', eventBornTime: 1763776800000 }
    const acked = line.push({ type: 'EVENT', topic: '*', data: { userId: ['a'] }, messageId: 'm-event', headers })
    await until(() => heard.length === 1)
    expect(line.acks).toEqual([])
    stored()
    expect(await acked).toEqual({
      code: 200,
      message: 'OK',
      headers: { messageId: 'm-event', contentType: 'application/json' },
      data: JSON.stringify({ status: 'SUCCESS', message: 'ok' }),
    })
    expect(heard[0]).toMatchObject({
      kind: 'event',
      frame: { type: 'EVENT', messageId: 'm-event', data: { userId: ['a'] }, headers },
    })
  })

  it('what can not be stored is asked for again: LATER for an event, 500 for a callback', async () => {
    const { store } = hold()
    store.hold = Promise.reject(new Error('the database is away'))
    store.hold.catch(() => {})
    const line = await gateway.nextLine()
    const event = await line.push({ type: 'EVENT', topic: '*' })
    expect([event.code, JSON.parse(event.data).status]).toEqual([200, 'LATER'])
    expect((await line.push({ type: 'CALLBACK', topic: robot })).code).toBe(500)
    expect((await line.push({ type: 'CALLBACK', topic: card })).code).toBe(500)
    expect(store.left).toBe(0)
  })

  it('a robot’s message gets an empty response, a click what its card shows, and our side hears that it left', async () => {
    const { store, heard } = hold()
    const line = await gateway.nextLine()
    const said = await line.push({ type: 'CALLBACK', topic: robot, data: { msgId: 'x', text: { content: '在吗' } } })
    expect([said.code, JSON.parse(said.data)]).toEqual([200, { response: null }])
    store.answer = { cardData: { cardParamMap: { settled: '已确认' } } }
    const pressed = await line.push({ type: 'CALLBACK', topic: card, data: { outTrackId: 'o1' } })
    expect([pressed.code, JSON.parse(pressed.data)]).toEqual([
      200,
      { response: { cardData: { cardParamMap: { settled: '已确认' } } } },
    ])
    await until(() => store.left === 1)
    store.answer = null
    expect(JSON.parse((await line.push({ type: 'CALLBACK', topic: card })).data)).toEqual({ response: {} })
    expect(heard.map(({ kind }) => kind)).toEqual(['robot', 'press', 'press'])
  })

  it('a topic that nobody asked for is 404, and a slow one holds up nobody', async () => {
    const { store, heard } = hold()
    const line = await gateway.nextLine()
    store.hold = new Promise(() => {})
    void line.push({ type: 'EVENT', topic: '*' })
    await until(() => heard.length === 1)
    expect((await line.push({ type: 'CALLBACK', topic: '/v1.0/graph/api/invoke' })).code).toBe(404)
    expect((await line.push({ type: 'SOMETHING', topic: 'x' })).code).toBe(404)
  })

  it('a ping is echoed; CONNECTED, REGISTERED, KEEPALIVE and what we do not know of the system get no answer', async () => {
    hold()
    const line = await gateway.nextLine()
    for (const topic of ['CONNECTED', 'REGISTERED', 'KEEPALIVE', 'new']) void line.push({ type: 'SYSTEM', topic })
    const pong = await line.push({ type: 'SYSTEM', topic: 'ping', data: { opaque: '中文-0f' }, messageId: 'm-ping' })
    expect(pong).toMatchObject({ code: 200, headers: { messageId: 'm-ping' }, data: '{"opaque":"中文-0f"}' })
    expect(line.acks.length).toBe(1)
  })

  it('broken frames harm nothing: 400 where there is an id, and the end of a quota is handed on', async () => {
    const { strange, stream } = hold()
    const line = await gateway.nextLine()
    for (const text of ['', 'no json', '[]', 'null', '{"type":"EVENT"}', '{"errCode":20001,"errMsg":"quota"}'])
      line.socket.send(text)
    line.socket.send(JSON.stringify({ type: 'EVENT', headers: { topic: '*', messageId: 'm1' }, data: 'no json' }))
    line.socket.send(JSON.stringify({ type: 7, headers: { messageId: 'm2' } }))
    line.socket.send(Buffer.from([0xff, 0xfe]))
    await until(() => line.acks.length === 2)
    expect(line.acks.map(({ code, headers }) => [code, headers.messageId])).toEqual([
      [400, 'm1'],
      [400, 'm2'],
    ])
    expect(strange).toContainEqual({ errCode: 20001, errMsg: 'quota' })
    expect((await line.push({ type: 'EVENT', topic: '*' })).code).toBe(200)
    expect(stream.status().open).toBe(true)
  })
})

describe('the connection goes', () => {
  it('announced in the middle of a conversation: the next one stands first, and both are answered', async () => {
    const { stream, heard } = hold({ firstRetryMs: 60_000, mostRetryMs: 60_000, steadyMs: 0 })
    const old = await gateway.nextLine()
    await old.push({ type: 'CALLBACK', topic: robot, data: { n: 1 } })
    sayGoodbye(old)
    const next = await gateway.nextLine()
    const acks = [
      await old.push({ type: 'CALLBACK', topic: robot, data: { n: 2 } }),
      await next.push({ type: 'CALLBACK', topic: robot, data: { n: 3 } }),
    ]
    expect(acks.map(({ code }) => code)).toEqual([200, 200])
    sayGoodbye(old)
    old.socket.close()
    await old.closed
    await next.push({ type: 'CALLBACK', topic: robot, data: { n: 4 } })
    expect(heard.map(({ frame }) => frame.data)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
    expect(gateway.opens.length).toBe(2)
    expect(stream.status().open).toBe(true)
  })

  it('announced, and never closed by the gateway: we close it, but only once the next one stands', async () => {
    hold({ leaveMs: 30 })
    const old = await gateway.nextLine()
    gateway.settings.open = (_req, res) => void answerJson(res, 503, {})
    sayGoodbye(old)
    await until(() => gateway.opens.length >= 4)
    expect((await old.push({ type: 'EVENT', topic: '*' })).code).toBe(200)
    gateway.settings.open = null
    await gateway.nextLine()
    expect(await old.closed).toBe(1000)
  })

  it('cut without a word: tried again, and what was being handled is not lost', async () => {
    const { store, heard } = hold()
    let stored = () => {}
    store.hold = new Promise<void>((resolve) => {
      stored = resolve
    })
    const old = await gateway.nextLine()
    void old.push({ type: 'EVENT', topic: '*', data: { n: 1 } })
    await until(() => heard.length === 1)
    old.socket.terminate()
    const next = await gateway.nextLine()
    stored()
    expect((await next.push({ type: 'EVENT', topic: '*', data: { n: 1 } })).code).toBe(200)
  })

  it.each([
    ['', 1],
    [', also by a clock that was set back', -1],
  ])('a socket that only looks open is found by its silence%s', async (_, way) => {
    const { stream, clock } = hold({ pingMs: 10 })
    const line = await gateway.nextLine()
    await open(stream)
    await new Promise<void>((resolve) => line.socket.once('ping', () => resolve()))
    line.socket.pause()
    // More than once: a pong may still have been on its way.
    while (gateway.lines.length < 2) {
      clock.now += way * (usualPace.deadMs + 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await open(stream)
  })

  it('one that answers pings but is no longer pinged by the gateway is replaced like one that was announced', async () => {
    const { stream, clock, heard } = hold({ pingMs: 10 })
    const old = await gateway.nextLine()
    for (let n = 0; n < 2; n += 1) await old.push({ type: 'SYSTEM', topic: 'ping', data: { opaque: 'x' } })
    for (let passed = 0; passed <= usualPace.forgottenMs; passed += 20_000) {
      await new Promise<void>((resolve) => old.socket.once('ping', () => resolve()))
      clock.now += 20_000
    }
    await gateway.nextLine()
    await old.push({ type: 'EVENT', topic: '*' })
    expect(heard.length).toBe(1)
    await open(stream)
  })

  it('a gateway that sends everybody away is not run at: every try waits twice as long', async () => {
    gateway.settings.onLine = sayGoodbye
    const { lines } = hold({ steadyMs: 30_000, firstRetryMs: 8, mostRetryMs: 64, leaveMs: 10 })
    await until(() => gateway.lines.length >= 6)
    gateway.settings.onLine = (line) => line.socket.terminate()
    await until(() => gateway.lines.length >= 8)
    gateway.settings.open = (_req, res) => void answerJson(res, 503, {})
    await until(() => gateway.opens.length >= 10)
    const waits = lines.flatMap((line) => JSON.parse(line).retryMs ?? [])
    expect(waits.every((ms) => ms === 48)).toBe(true)
  })
})

describe('close', () => {
  it('answers what is being handled, then closes, and nothing is tried again', async () => {
    const { stream, store, heard } = hold()
    let stored = () => {}
    store.hold = new Promise<void>((resolve) => {
      stored = resolve
    })
    const line = await gateway.nextLine()
    const acked = line.push({ type: 'CALLBACK', topic: robot })
    await until(() => heard.length === 1)
    const closing = stream.close()
    stored()
    expect((await acked).code).toBe(200)
    expect(await line.closed).toBe(1000)
    await closing
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(gateway.opens.length).toBe(1)
    expect(stream.status().open).toBe(false)
  })

  it('does not wait for ever for a handler, nor for a peer that says no goodbye', async () => {
    const { stream, store, heard } = hold({ finishMs: 30 })
    store.hold = new Promise(() => {})
    const line = await gateway.nextLine()
    void line.push({ type: 'EVENT', topic: '*' })
    await until(() => heard.length === 1)
    line.socket.pause()
    await stream.close()
  })

  it.each(['while the gateway is asked', 'while the socket opens', 'between two tries', 'with one on its way out'])(
    '%s',
    async (when) => {
      if (when === 'while the gateway is asked') gateway.settings.open = () => {}
      if (when === 'while the socket opens')
        gateway.settings.open = (_req, res) => {
          const endpoint = `${gateway.base.replace('http', 'ws')}/connect`
          return void answerJson(res, 200, { endpoint, ticket: 'used' })
        }
      if (when === 'between two tries') gateway.settings.open = (_req, res) => void answerJson(res, 503, {})
      const { stream } = hold({ firstRetryMs: 30, mostRetryMs: 30 })
      await until(() => gateway.opens.length === 1)
      if (when === 'with one on its way out') {
        const line = await gateway.nextLine()
        gateway.settings.open = () => {}
        sayGoodbye(line)
        await until(() => gateway.opens.length === 2)
      }
      await stream.close()
      const asked = gateway.opens.length
      await new Promise((resolve) => setTimeout(resolve, 120))
      expect(gateway.opens.length).toBe(asked)
      expect(stream.status().open).toBe(false)
      expect(gateway.lines.every((line) => line.socket.readyState === line.socket.CLOSED)).toBe(true)
    },
  )
})
