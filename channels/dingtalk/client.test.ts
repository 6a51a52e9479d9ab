import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ChannelError } from '../channel-error.js'
import { errorOf } from '../fixtures/error-of.js'
import { clientOf, goodToken, refuse, useDingtalk } from './fixtures/dingtalk-api.js'

const serve = useDingtalk()

const tokens = [goodToken('T1'), goodToken('T2')]

describe('token', () => {
  it('is fetched once for both APIs; the new one has it in its header, the old one in its query', async () => {
    const { dingtalk, asked, asksOf } = await serve({ x: [{}], 'topapi/y': [{ errcode: 0 }] })
    await Promise.all([dingtalk.call('POST', '/v1.0/x', { body: { a: 1 } }), dingtalk.oapi('topapi/y', { body: { b: 2 } })])
    expect(asked).toHaveLength(3)
    expect(asksOf('oauth2/accessToken')[0]?.body).toEqual({ appKey: 'dingclient', appSecret: 'sEcReT' })
    expect(asksOf('x')[0]).toEqual({ path: 'x', method: 'POST', token: 'T1', query: {}, body: { a: 1 } })
    expect(asksOf('topapi/y')[0]).toMatchObject({ token: undefined, query: { access_token: 'T1' }, body: { b: 2 } })
  })

  const stale = [
    ['InvalidAuthentication', refuse(400, 'InvalidAuthentication')],
    ['a missing header', refuse(400, 'AuthenticationFailed.MissingParameter')],
  ] as const
  it.each(stale)('is replaced once on %s, and the call repeated', async (_, no) => {
    const { dingtalk, asksOf } = await serve({ 'oauth2/accessToken': [...tokens], x: [no, { done: 1 }] })
    await expect(dingtalk.call('PUT', '/v1.0/x', { body: { a: 1 } })).resolves.toEqual({ done: 1 })
    expect(asksOf('x').map(({ token, body }) => ({ token, body }))).toEqual([
      { token: 'T1', body: { a: 1 } },
      { token: 'T2', body: { a: 1 } },
    ])
  })

  it('is replaced once on 40014 behind 88, too', async () => {
    const no = { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token' }
    const { dingtalk, asksOf } = await serve({ 'oauth2/accessToken': [...tokens], y: [no, { errcode: 0, done: 1 }] })
    await expect(dingtalk.oapi('y')).resolves.toMatchObject({ done: 1 })
    expect(asksOf('y').map((one) => one.query.access_token)).toEqual(['T1', 'T2'])
  })

  it('is not replaced again and again', async () => {
    const { dingtalk, asksOf } = await serve({ x: [refuse(400, 'InvalidAuthentication')] })
    expect(await errorOf(dingtalk.call('GET', '/v1.0/x'))).toMatchObject({ kind: 'refresh', code: 'InvalidAuthentication' })
    expect(asksOf('x')).toHaveLength(2)
  })

  it('is not asked for again at once with a wrong secret', async () => {
    const bad = refuse(400, 'invalidClientIdOrSecret')
    const { dingtalk, asksOf, clock } = await serve({ 'oauth2/accessToken': [bad, goodToken()], x: [{}] })
    for (const _ of [1, 2])
      expect(await errorOf(dingtalk.call('GET', '/v1.0/x'))).toMatchObject({ kind: 'config', code: 'invalidClientIdOrSecret' })
    expect(asksOf('oauth2/accessToken')).toHaveLength(1)
    clock.now = new Date(clock.now.getTime() + 61_000)
    await dingtalk.call('GET', '/v1.0/x')
  })

  it('is shared over the shelf, and so is the refusal of the secret', async () => {
    const kept = new Map<string, string>()
    const shelf = {
      get: async (name: string) => kept.get(name) ?? null,
      put: async (name: string, value: string) => void kept.set(name, value),
      lock: async () => () => {},
    }
    const api = await serve({ x: [{}] }, { shelf })
    await api.dingtalk.call('GET', '/v1.0/x')
    await clientOf(api.base, { shelf }).dingtalk.call('GET', '/v1.0/x')
    expect(api.asksOf('oauth2/accessToken')).toHaveLength(1)
    await api.close()

    kept.clear()
    const bad = await serve({ 'oauth2/accessToken': [refuse(400, 'invalidClientIdOrSecret')] }, { shelf })
    await errorOf(bad.dingtalk.call('GET', '/v1.0/x'))
    const other = clientOf(bad.base, { shelf }).dingtalk
    expect(await errorOf(other.call('GET', '/v1.0/x'))).toMatchObject({ kind: 'config', method: 'oauth2/accessToken' })
    expect(bad.asksOf('oauth2/accessToken')).toHaveLength(1)
  })
})

describe('what leaves', () => {
  it('is told before it leaves, with what it costs', async () => {
    const no = refuse(400, 'InvalidAuthentication')
    const { dingtalk, told } = await serve({ 'users/u1/tasks': [no, {}], 'topapi/z': [{ errcode: 0 }], hook: [{ errcode: 0 }] })
    await dingtalk.call('POST', '/v1.0/users/u1/tasks', { api: 'tasks/create' })
    await dingtalk.oapi('topapi/z', { free: true })
    await dingtalk.hook('hook', { session: 'S', body: {} })
    const token = { api: 'oauth2/accessToken', paid: false, what: 'call' }
    const paid = { api: 'tasks/create', paid: true, what: 'call' }
    expect(told).toEqual([
      ...[token, paid, token, paid],
      ...[
        { api: 'topapi/z', paid: false, what: 'call' },
        { api: 'hook', paid: true, what: 'push' },
      ],
    ])
  })

  it('waits for its turn by interface, and does not leave when it is not given one', async () => {
    const turns: string[] = []
    const ended: string[] = []
    const limit = async (api: string) => {
      turns.push(api)
      if (api === 'full') throw new ChannelError({ method: api, code: 'queue-full', kind: 'retry', hint: '等' })
      return () => void ended.push(api)
    }
    const cut = (_req: unknown, res: ServerResponse) => res.destroy()
    const { dingtalk, asked, told } = await serve({ x: [{}, cut], full: [{}] }, { limit })
    await dingtalk.call('GET', '/v1.0/x', { query: { a: '1' } })
    expect(await errorOf(dingtalk.call('GET', '/v1.0/full'))).toMatchObject({ code: 'queue-full' })
    await errorOf(dingtalk.call('GET', '/v1.0/x'))
    expect(turns).toEqual(['oauth2/accessToken', 'x', 'full', 'x'])
    for (const seen of [asked.map((one) => one.path), told.map((one) => one.api), ended])
      expect(seen).toEqual(['oauth2/accessToken', 'x', 'x'])
  })

  it('goes to the old API by GET where that is what it wants', async () => {
    const { dingtalk, asksOf } = await serve({ 'call_back/list': [{ errcode: 0 }] })
    await dingtalk.oapi('call_back/list', { method: 'GET', query: { a: '1' } })
    expect(asksOf('call_back/list')[0]).toMatchObject({ method: 'GET', query: { access_token: 'T1', a: '1' }, body: null })
  })

  it('opens a conversation’s webhook with its session alone', async () => {
    const { dingtalk, asked } = await serve({ 'robot/sendBySession': [{ errcode: 0 }] })
    await dingtalk.hook('robot/sendBySession', { session: 'S1', body: { msgtype: 'text' } })
    expect(asked).toEqual([
      { path: 'robot/sendBySession', method: 'POST', token: undefined, query: { session: 'S1' }, body: { msgtype: 'text' } },
    ])
  })
})

describe('an answer', () => {
  const hang = () => {}
  const cut = (_req: unknown, res: ServerResponse) => res.destroy()
  const say = (status: number, text: string) => (_req: unknown, res: ServerResponse) => res.writeHead(status).end(text)

  it.each([
    ['never comes', hang, 'timeout', true],
    ['is cut', cut, 'UND_ERR_SOCKET', true],
    ['is something else', say(200, 'hello'), 'bad-answer', true],
    ['is of a gateway that lost it', say(502, ''), 'http-502', true],
    ['is of a gateway that gave up on it', say(504, '{"code":"Timeout","message":"x"}'), 'Timeout', true],
    ['says that it is out of order', say(503, ''), 'http-503', false],
  ])('that %s leaves open whether a change was made, as far as it can have been', async (_, answer, code, unknownOutcome) => {
    const { dingtalk } = await serve({ x: [answer], 'topapi/x': [answer] }, { timeoutMs: 500 })
    expect(await errorOf(dingtalk.call('POST', '/v1.0/x'))).toMatchObject({ kind: 'retry', code, unknownOutcome })
    const readings = [() => dingtalk.call('POST', '/v1.0/x', { reads: true }), () => dingtalk.oapi('topapi/x', { reads: true })]
    for (const read of readings) expect(await errorOf(read())).toMatchObject({ kind: 'retry', unknownOutcome: false })
  })

  it('that never came because nobody listens is known to be none', async () => {
    const { dingtalk, close: stop } = await serve({ x: [{}] })
    await dingtalk.call('POST', '/v1.0/x')
    await stop()
    await errorOf(dingtalk.call('POST', '/v1.0/x'))
    expect(await errorOf(dingtalk.call('POST', '/v1.0/x'))).toMatchObject({ code: 'ECONNREFUSED', unknownOutcome: false })
  })

  it.each([
    ['JSON', say(200, '{"status":1111,"wait":7,"source":"x5","punish":"deny","uuid":"u"}'), 7],
    ['JSON in a page', say(200, '<html><script>{"status":1111,"wait":6,"punish":"deny"}</script>'), 6],
    ['a page', say(403, '<!doctype html><title>denied</title>'), 5],
  ])('of the guard that leaves our address out, as %s, is tried again when it lets us in', async (_, answer, minutes) => {
    const { dingtalk } = await serve({ x: [answer], 'topapi/y': [answer] })
    const expected = { code: 'ip-blocked', kind: 'retry', delayMs: minutes * 60_000, unknownOutcome: false }
    expect(await errorOf(dingtalk.call('POST', '/v1.0/x'))).toMatchObject(expected)
    expect(await errorOf(dingtalk.oapi('topapi/y'))).toMatchObject(expected)
  })

  it('from a path that is not there, or a way to elsewhere, means a wrong address', async () => {
    const { dingtalk } = await serve({ x: [say(302, '')] })
    expect(await errorOf(dingtalk.call('POST', '/v1.0/x'))).toMatchObject({ kind: 'config', code: 'http-302' })
    expect(await errorOf(dingtalk.oapi('nowhere'))).toMatchObject({ kind: 'config', code: 'http-404' })
  })

  it('without a body is a yes of the new API', async () => {
    const { dingtalk } = await serve({ x: [say(200, '')] })
    await expect(dingtalk.call('DELETE', '/v1.0/x')).resolves.toEqual({})
  })
})

it('shows no token, secret or session, in an error or a log, whatever the platform says', async () => {
  const echo = refuse(400, 'InvalidParameter', { message: 'token ToKeN of sEcReT is bad' })
  const { dingtalk, lines } = await serve({
    'oauth2/accessToken': [goodToken('ToKeN')],
    x: [echo],
    'topapi/y': [{ errcode: 40035, errmsg: 'ToKeN' }, (_req, res) => res.destroy()],
    hook: [{ errcode: 300001, errmsg: 'session SeSsIoN 不存在' }],
  })
  const errors = [
    await errorOf(dingtalk.call('POST', '/v1.0/x')),
    await errorOf(dingtalk.oapi('topapi/y')),
    await errorOf(dingtalk.oapi('topapi/y')),
    await errorOf(dingtalk.hook('hook', { session: 'SeSsIoN', body: {} })),
  ]
  const all = JSON.stringify(errors.map((e) => [e.message, e.stack, String(e.cause)])) + lines.join()
  expect(all).not.toMatch(/ToKeN|sEcReT|SeSsIoN/)
  expect(lines.join()).toMatch(/InvalidParameter.*token … of … is bad.*R1/)
})
