import { afterEach, expect, it } from 'vitest'
import { connect, DING_ENV, pushes } from '../testing/dingtalk.js'
import { DINGTALK, startWithDingtalk } from '../testing/dingtalk-api.js'
import { startProduct } from '../testing/product.js'
import { eventually } from '../testing/start.js'
import { signCard } from './crypto.js'

const ROUTE = {
  callbackRouteKey: 'bulou',
  callbackUrl: 'https://bulou.localhost/callback/dingtalk/card',
  apiSecret: 'card-secret',
}
let close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close.reverse()) await one()
  close = []
})

/** A stand-in with one card before linxiao, whose presses are told so. */
async function start(via: 'STREAM' | 'HTTP', env: Record<string, string> = {}) {
  const product = await startProduct()
  const standin = await startWithDingtalk({ product: product.base, realTime: true, env: { ...DING_ENV, ...env } })
  close = [product.close, standin.close]
  await standin.ding('/v1.0/card/callbacks/register', ROUTE)
  const made = await standin.ding('/v1.0/card/instances/createAndDeliver', {
    cardTemplateId: DINGTALK.template,
    outTrackId: 'copy-1',
    cardData: { cardParamMap: { title: '仁济医药', has_buttons: 'true', b1: '已跟进', b1_action: 'done' } },
    callbackType: via,
    ...(via === 'HTTP' ? { callbackRouteKey: 'bulou' } : {}),
    openSpaceId: 'dtv1.card//IM_ROBOT.linxiao',
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
    userIdType: 1,
  })
  expect(made).toMatchObject({ success: true })
  const press = () => standin.control('dingtalk/press', { userid: 'linxiao', outTrackId: 'copy-1', action: 'done' })
  return { product, standin, press }
}
const ANSWER = { cardData: { cardParamMap: { settled: '已由林晓跟进', has_buttons: 'false' } } }

it('tells a press over a connection, and what is answered is on the card', async () => {
  const { standin, press } = await start('STREAM')
  const line = await connect(standin)
  const pressed = press()
  const frame = await line.next('CALLBACK')
  expect(frame.headers).toMatchObject({ topic: '/v1.0/card/instances/callback', contentType: 'application/json' })
  const told = JSON.parse(frame.data)
  expect(told).toMatchObject({ type: 'actionCallback', outTrackId: 'copy-1', userId: 'linxiao', corpId: DINGTALK.corpId })
  expect(JSON.parse(told.content)).toMatchObject({ cardPrivateData: { params: { action: 'done' } } })
  line.ack(frame, { response: ANSWER })
  expect(await pressed).toEqual({ answered: true, changed: true })
})

it('waits two seconds and not longer; nothing is told a second time', async () => {
  const { standin, press } = await start('STREAM', { STANDIN_DINGTALK_CARD_MS: '50' })
  expect(await press()).toEqual({ answered: false, changed: false })
  const line = await connect(standin)
  const pressed = press()
  const frame = await line.next('CALLBACK')
  expect(await pressed).toEqual({ answered: false, changed: false })
  line.ack(frame, { response: ANSWER })
  expect((await pushes(standin)).map((p) => [p.outcome, p.attempts[0]?.error])).toEqual([
    ['undelivered', 'no connection'],
    ['undelivered', 'no ack'],
  ])
})

it('tells a press over HTTP where its route leads, signed with its secret', async () => {
  const { product, press } = await start('HTTP')
  product.handle = (_, res) => void res.end(JSON.stringify(ANSWER))
  expect(await press()).toEqual({ answered: true, changed: true })
  const [got] = product.received
  expect(got).toMatchObject({ method: 'POST', url: { pathname: '/callback/dingtalk/card' } })
  const at = String(got?.headers['x-ddpaas-signature-timestamp'])
  expect(got?.headers['x-ddpaas-signature']).toBe(signCard('card-secret', at))
  expect(JSON.parse(got?.body ?? '')).toMatchObject({ outTrackId: 'copy-1', userId: 'linxiao' })
})

it.each(['STREAM', 'HTTP'] as const)('repeats a press of %s on order as the very same one', async (via) => {
  const { product, standin, press } = await start(via)
  const line = await connect(standin)
  product.handle = (_, res) => void res.end('{}')
  await standin.control('dingtalk/deliveries', { copies: 2, held: true })
  const pressed = press()
  if (via === 'HTTP') {
    expect(await pressed).toEqual({ answered: true, changed: false })
    await eventually(() => expect(product.received).toHaveLength(2))
    const [one, two] = product.received.map(({ body, headers }) => [body, headers['x-ddpaas-signature']])
    expect(one).toEqual(two)
  } else {
    const one = await line.next('CALLBACK')
    line.ack(one, { response: {} })
    const two = await line.next('CALLBACK')
    line.ack(two, { response: {} })
    expect([two.data, two.headers.messageId]).toEqual([one.data, one.headers.messageId])
  }
})

it('has given up a press when it comes back from a restart', async () => {
  const { product, standin, press } = await start('HTTP')
  product.handle = () => {} // accepts and never answers
  const pressed = press().catch(() => 'cut')
  await eventually(() => expect(product.received).toHaveLength(1))
  await standin.restart()
  await pressed
  await eventually(async () => expect((await pushes(standin))[0]).toMatchObject({ outcome: 'undelivered' }))
  expect(product.received).toHaveLength(1)
})
