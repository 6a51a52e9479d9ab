import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { errorOf } from '../fixtures/error-of.js'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Parameters<typeof serveQyapi>[0], timeoutMs?: number) {
  const api = await serveQyapi(answers)
  close = api.close
  return { ...api, ...clientOf(api.base, timeoutMs) }
}

describe('token', () => {
  it('is fetched once for many calls that wait, and sent in the query', async () => {
    const { wecom, asked, asksOf } = await serve({ gettoken: [goodToken()], 'user/get': [{ userid: 'a' }] })
    await Promise.all([1, 2, 3].map(() => wecom.call('GET', 'user/get', { userid: 'a' })))
    expect(asksOf('gettoken')).toEqual([{ path: 'gettoken', query: { corpid: 'wwcorp', corpsecret: 'sEcReT' }, body: null }])
    expect(asked.slice(1).map((one) => one.query)).toEqual(Array(3).fill({ access_token: 'T1', userid: 'a' }))
  })

  it('is replaced before it ends', async () => {
    const { wecom, asksOf, clock } = await serve({ gettoken: [goodToken('T1'), goodToken('T2')], x: [{}] })
    await wecom.call('POST', 'x')
    clock.now = new Date(clock.now.getTime() + 6_800_000)
    await wecom.call('POST', 'x')
    clock.now = new Date(clock.now.getTime() + 200_000)
    await wecom.call('POST', 'x')
    expect(asksOf('x').map((one) => one.query.access_token)).toEqual(['T1', 'T1', 'T2'])
  })

  it.each([40014, 42001, 41001])('is replaced once when the platform says %i, and the call repeated', async (errcode) => {
    const { wecom, asksOf } = await serve({ gettoken: [goodToken('T1'), goodToken('T2')], x: [{ errcode }, { done: 1 }] })
    await expect(wecom.call('POST', 'x', { a: 1 })).resolves.toMatchObject({ done: 1 })
    expect(asksOf('x')).toEqual([
      { path: 'x', query: { access_token: 'T1' }, body: { a: 1 } },
      { path: 'x', query: { access_token: 'T2' }, body: { a: 1 } },
    ])
  })

  it('is not replaced again and again', async () => {
    const { wecom, asksOf } = await serve({ gettoken: [goodToken()], x: [{ errcode: 40014 }] })
    expect(await errorOf(wecom.call('POST', 'x'))).toMatchObject({ kind: 'refresh', code: 40014, unknownOutcome: false })
    expect(asksOf('x').length).toBe(2)
  })

  it('is not asked for again at once with a wrong secret: the platform would ban the address', async () => {
    const { wecom, asksOf, clock } = await serve({
      gettoken: [{ errcode: 40001, errmsg: 'invalid credential' }, goodToken()],
      x: [{}],
    })
    expect(await errorOf(wecom.call('POST', 'x'))).toMatchObject({ method: 'gettoken', code: 40001, kind: 'config' })
    expect(await errorOf(wecom.call('POST', 'x'))).toMatchObject({ code: 40001 })
    expect(asksOf('gettoken').length).toBe(1)
    clock.now = new Date(clock.now.getTime() + 61_000)
    await wecom.call('POST', 'x')
  })
})

describe('call', () => {
  it.each([
    [-1, 'retry'],
    [45009, 'retry'],
    [60020, 'config'],
    [48002, 'config'],
    [81013, 'give-up'],
    [42031, 'give-up'],
    [999999, 'give-up'],
  ])('throws on errcode %i: %s, with a hint in Chinese', async (errcode, kind) => {
    const { wecom } = await serve({ gettoken: [goodToken()], 'message/send': [{ errcode, errmsg: 'no' }] })
    const error = await errorOf(wecom.call('POST', 'message/send', {}))
    expect(error).toMatchObject({ method: 'message/send', code: errcode, kind, unknownOutcome: false })
    expect(error.hint).toMatch(/[一-龥]/)
  })

  it('knows a spent card code from other spent codes', async () => {
    const { wecom } = await serve({
      gettoken: [goodToken()],
      'message/update_template_card': [{ errcode: 42022 }, { errcode: 42003 }],
    })
    expect(await errorOf(wecom.call('POST', 'message/update_template_card', {}))).toMatchObject({ kind: 'code-used' })
    expect(await errorOf(wecom.call('POST', 'message/update_template_card', {}))).toMatchObject({ kind: 'code-used' })
  })

  const hang = () => {}
  const cut = (_req: unknown, res: ServerResponse) => res.destroy()
  const cutInside = (_req: unknown, res: ServerResponse) => {
    res.writeHead(200, { 'content-length': '100' })
    res.write('{"errcode"', () => res.destroy())
  }
  const status = (code: number) => (_req: unknown, res: ServerResponse) => res.writeHead(code).end('x')
  const page = (_req: unknown, res: ServerResponse) => res.writeHead(200).end('<html>')

  it.each([
    ['never answers', hang, 'timeout', true],
    ['cuts the connection', cut, 'UND_ERR_SOCKET', true],
    ['cuts its answer', cutInside, 'UND_ERR_SOCKET', true],
    ['answers something else', page, 'bad-answer', true],
    ['is a gateway that lost it', status(502), 'http-502', true],
    ['is a gateway that gave up on it', status(504), 'http-504', true],
    ['is out of order', status(503), 'http-503', false],
  ])('tells a POST that may have been accepted, when the platform %s', async (_, answer, code, unknownOutcome) => {
    const { wecom } = await serve({ gettoken: [goodToken()], x: [answer] }, 500)
    expect(await errorOf(wecom.call('POST', 'x', {}))).toMatchObject({ kind: 'retry', code, unknownOutcome })
  })

  it('never calls a GET unknown: it changes nothing', async () => {
    const { wecom } = await serve({ gettoken: [goodToken()], x: [cut] })
    expect(await errorOf(wecom.call('GET', 'x'))).toMatchObject({ kind: 'retry', unknownOutcome: false })
  })

  it('knows that nothing was sent when nobody listens', async () => {
    const { wecom, close: stop } = await serve({ gettoken: [goodToken()], x: [{}] })
    await wecom.call('POST', 'x')
    await stop()
    close = async () => {}
    // The first may go out on the connection that was open, and be cut.
    await errorOf(wecom.call('POST', 'x', {}))
    expect(await errorOf(wecom.call('POST', 'x', {}))).toMatchObject({ code: 'ECONNREFUSED', unknownOutcome: false })
  })

  it('takes a path that is not there, or a way to elsewhere, for a wrong address', async () => {
    const { wecom } = await serve({ gettoken: [goodToken()], x: [status(301)] })
    expect(await errorOf(wecom.call('POST', 'x', {}))).toMatchObject({ kind: 'config', code: 'http-301' })
    expect(await errorOf(wecom.call('POST', 'nowhere', {}))).toMatchObject({ kind: 'config', code: 'http-404' })
  })

  it('never shows token or secret, in an error or a log', async () => {
    const { wecom, lines } = await serve({
      gettoken: [goodToken('ToKeN')],
      x: [{ errcode: 45009, errmsg: 'api freq out of limit' }, cut],
    })
    const errors = [await errorOf(wecom.call('POST', 'x', {})), await errorOf(wecom.call('POST', 'x', {}))]
    const all = JSON.stringify(errors.map((e) => [e.message, e.stack, String(e.cause)])) + lines.join()
    expect(all).not.toMatch(/ToKeN|sEcReT/)
    expect(lines.join()).toMatch(/45009.*api freq out of limit/)
  })
})
