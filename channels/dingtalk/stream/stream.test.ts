import { describe, expect, it } from 'vitest'
import { CARD, holdUp, open, ROBOT, sayGoodbye, until, useStreams } from '../../../test/factories/streams.js'
import { answerJson } from './fixtures/gateway.js'

const bench = useStreams()
const { hold } = bench

describe('opening', () => {
  it('asks for events, robot messages and clicks in JSON, and connects with the ticket as it was given', async () => {
    const { stream } = hold()
    await bench.gateway.nextLine()
    await open(stream)
    expect(bench.gateway.opens).toEqual([
      {
        clientId: 'dingabc',
        clientSecret: 'sEcReT',
        ua: 'bulou/1',
        subscriptions: [
          { type: 'EVENT', topic: '*' },
          { type: 'CALLBACK', topic: ROBOT },
          { type: 'CALLBACK', topic: CARD },
        ],
      },
    ])
    expect(bench.gateway.headers[0]).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' })
    expect(stream.status()).toEqual({ open: true, lastFrameAt: null, trouble: null })
  })

  it('takes a new ticket for each try: one that has expired is never tried again', async () => {
    bench.gateway.settings.upgrade = 'refuse'
    const { stream } = hold()
    await until(() => bench.gateway.opens.length >= 3)
    expect(stream.status()).toMatchObject({ open: false, trouble: expect.stringContaining('401') })
    bench.gateway.settings.upgrade = null
    await open(stream)
    expect(stream.status().trouble).toBeNull()
  })

  it.each([
    [401, 'authFailed', 'DINGTALK_CLIENT_ID'],
    [400, 'invalidClientIdOrSecret', 'DINGTALK_CLIENT_SECRET'],
    [403, 'Forbidden.AccessDenied.IpNotInWhiteList', '出口 IP'],
    [503, 'ServiceUnavailable', '繁忙'],
  ])('%i %s says what to do, and is tried again', async (status, code, words) => {
    bench.gateway.settings.open = (_req, res) => void answerJson(res, status, { code, message: 'no', requestid: 'r' })
    const { stream, lines } = hold()
    await until(() => bench.gateway.opens.length >= 2)
    expect(stream.status()).toMatchObject({ open: false, trouble: expect.stringContaining(words) })
    expect(lines.join()).not.toContain('sEcReT')
    bench.gateway.settings.open = null
    await open(stream)
  })

  it('comes up when the gateway does: no answer, no JSON, no ticket, a place in the open, the line cut', async () => {
    const wrong = [
      { not: 'a place' },
      { endpoint: 'http://127.0.0.1/connect', ticket: 't' },
      { endpoint: 'not a url', ticket: 't' },
      { endpoint: 'ws://127.0.0.1:1/connect', ticket: 't' },
    ]
    bench.gateway.settings.open = (_req, res) => {
      const next = wrong.shift()
      if (next) return void answerJson(res, 200, next)
      if (bench.gateway.opens.length === 5) return void res.end('<xml/>')
      if (bench.gateway.opens.length === 6) return void res.destroy()
      bench.gateway.settings.open = null
      // This one is never answered.
    }
    const { stream } = hold({ openMs: 1_000 })
    await open(stream)
    expect(bench.gateway.opens.length).toBeGreaterThanOrEqual(8)
  })
})

describe('close', () => {
  it('answers what is being handled, then closes, and nothing is tried again', async () => {
    const { stream, store, heard } = hold()
    const stored = holdUp(store)
    const line = await bench.gateway.nextLine()
    const acked = line.push({ type: 'CALLBACK', topic: ROBOT })
    await until(() => heard.length === 1)
    const closing = stream.close()
    stored()
    expect((await acked).code).toBe(200)
    expect(await line.closed).toBe(1000)
    await closing
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(bench.gateway.opens.length).toBe(1)
    expect(stream.status().open).toBe(false)
  })

  it('does not wait for ever for a handler, nor for a peer that says no goodbye', async () => {
    const { stream, store, heard } = hold({ finishMs: 30 })
    store.hold = new Promise(() => {})
    const line = await bench.gateway.nextLine()
    void line.push({ type: 'EVENT', topic: '*' })
    await until(() => heard.length === 1)
    line.socket.pause()
    await stream.close()
  })

  it.each(['while the gateway is asked', 'while the socket opens', 'between two tries', 'with one on its way out'])(
    '%s',
    async (when) => {
      if (when === 'while the gateway is asked') bench.gateway.settings.open = () => {}
      if (when === 'while the socket opens')
        bench.gateway.settings.open = (_req, res) => {
          const endpoint = `${bench.gateway.base.replace('http', 'ws')}/connect`
          return void answerJson(res, 200, { endpoint, ticket: 'used' })
        }
      if (when === 'between two tries') bench.gateway.settings.open = (_req, res) => void answerJson(res, 503, {})
      const { stream } = hold({ firstRetryMs: 30, mostRetryMs: 30 })
      await until(() => bench.gateway.opens.length === 1)
      if (when === 'with one on its way out') {
        const line = await bench.gateway.nextLine()
        bench.gateway.settings.open = () => {}
        sayGoodbye(line)
        await until(() => bench.gateway.opens.length === 2)
      }
      await stream.close()
      const asked = bench.gateway.opens.length
      await new Promise((resolve) => setTimeout(resolve, 120))
      expect(bench.gateway.opens.length).toBe(asked)
      expect(stream.status().open).toBe(false)
      expect(bench.gateway.lines.every((line) => line.socket.readyState === line.socket.CLOSED)).toBe(true)
    },
  )
})
