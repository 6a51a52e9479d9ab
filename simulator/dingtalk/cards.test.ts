import { afterEach, beforeEach, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'
import { startProduct } from '../testing/product.js'

let product: Awaited<ReturnType<typeof startProduct>>
let standin: DingtalkStandin
let answer: object | null
beforeEach(async () => {
  answer = null
  product = await startProduct((_, res) => void (answer ? res.end(JSON.stringify(answer)) : res.destroy()))
  standin = await startWithDingtalk({ product: product.base })
  const route = { callbackRouteKey: 'ours', callbackUrl: `${product.base}/cards`, apiSecret: 'card-secret' }
  await standin.ding('/v1.0/card/callbacks/register', route)
})
afterEach(async () => {
  await standin.close()
  await product.close()
})

const params = {
  title: '待确认',
  has_buttons: 'true',
  b1: '能做',
  b1_action: 'can',
  b2: '打开',
  b2_url: 'https://bulou.example/',
}
const card = (outTrackId: string, more: object = {}) => ({
  cardTemplateId: DINGTALK.template,
  outTrackId,
  cardData: { cardParamMap: params },
  callbackType: 'HTTP',
  callbackRouteKey: 'ours',
  openSpaceId: 'dtv1.card//IM_ROBOT.linxiao',
  imRobotOpenSpaceModel: { supportForward: false },
  imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
  ...more,
})
const make = (body: object) => standin.ding('/v1.0/card/instances/createAndDeliver', body)
const update = (body: object) => standin.ding('/v1.0/card/instances', body, { method: 'PUT' })
const shown = async () => (await standin.state()).dingtalk.cards
const press = (action = 'can') => standin.control('dingtalk/press', { userid: 'linxiao', outTrackId: 'c-1', action })

it('delivers a card and says how it went in each place', async () => {
  const made = await make(card('c-1', { openSpaceId: 'dtv1.card//IM_ROBOT.linxiao;dtv1.card//IM_ROBOT.nobody' }))
  expect(made).toEqual({
    success: true,
    result: {
      outTrackId: 'c-1',
      deliverResults: [
        { spaceType: 'IM_ROBOT', spaceId: 'linxiao', success: true, carrierId: expect.any(String), errorMsg: '' },
        { spaceType: 'IM_ROBOT', spaceId: 'nobody', success: false, carrierId: '', errorMsg: 'userId not exist' },
      ],
    },
  })
  expect(await shown()).toMatchObject([
    { outTrackId: 'c-1', chat: { userid: 'linxiao' }, version: 1, shows: { title: '待确认' } },
  ])
})

it('ignores what comes again under an outTrackId that it knows', async () => {
  await make(card('c-1'))
  const again = await make(card('c-1', { cardData: { cardParamMap: { ...params, title: '别的' } } }))
  expect(again.result.deliverResults).toMatchObject([{ success: true }])
  expect(await shown()).toMatchObject([{ shows: { title: '待确认' } }])
  expect(await standin.ding('/v1.0/card/instances', card('c-1'))).toMatchObject({ code: 'param.cardAlreadyExist' })
})

it('is made first and delivered later, where asked', async () => {
  expect(await standin.ding('/v1.0/card/instances', card('c-1'))).toEqual({ success: true, result: 'c-1' })
  expect(await shown()).toEqual([])
  expect((await standin.ding('/v1.0/card/instances/deliver', card('c-1'))).result).toMatchObject([{ success: true }])
  expect(await shown()).toHaveLength(1)
  expect(await standin.ding('/v1.0/card/instances/deliver', card('c-2'))).toMatchObject({ code: 'param.cardNotExist' })
})

it.each([
  ['no outTrackId', { outTrackId: '' }, 'param.outTrackIdEmpty'],
  ['another template', { cardTemplateId: 'x.schema' }, 'param.templateNotExist'],
  ['a number among the strings', { cardData: { cardParamMap: { n: 1 } } }, 'param.error'],
  ['a value over 1 KB', { cardData: { cardParamMap: { title: '锁'.repeat(342) } } }, 'param.error'],
  ['a name over 100 bytes', { cardData: { cardParamMap: { [`k${'x'.repeat(100)}`]: '' } } }, 'param.error'],
  ['a place that is none', { openSpaceId: 'linxiao' }, 'param.openSpaceIdInvalid'],
  ['private data of a stranger', { privateData: { nobody: { cardParamMap: {} } } }, 'param.userIdNotExist'],
  ['a route that nobody registered', { callbackRouteKey: 'x' }, 'param.callbackRouteKeyNotExist'],
])('refuses %s', async (_, more, code) => {
  expect(await standin.whole('/v1.0/card/instances/createAndDeliver', card('c-1', more))).toMatchObject({
    status: 400,
    body: { code },
  })
  expect(await shown()).toEqual([])
})

it('changes a card whole or by name, at any time', async () => {
  await make(card('c-1'))
  const byName = { cardUpdateOptions: { updateCardDataByKey: true } }
  expect(await update({ outTrackId: 'c-1', cardData: { cardParamMap: { title: '已确认' } }, ...byName })).toEqual({
    success: true,
    result: true,
  })
  expect(await shown()).toMatchObject([
    { version: 2, shows: { title: '已确认', buttons: [{ action: 'can' }, { url: 'https://bulou.example/' }] } },
  ])
  await update({ outTrackId: 'c-1', cardData: { cardParamMap: { title: '没了' } } })
  expect(await shown()).toMatchObject([{ version: 3, shows: { title: '没了', buttons: [] } }])
  expect(await update({ outTrackId: 'c-9', cardData: { cardParamMap: {} } })).toMatchObject({ code: 'param.cardNotExist' })
})

it('shows one member what only they see', async () => {
  await make(card('c-1', { privateData: { linxiao: { cardParamMap: { title: '只给你' } } } }))
  expect(await shown()).toMatchObject([{ shows: { title: '只给你' } }])
})

it('tells a press to the registered address, signed, and puts the answer on the card', async () => {
  await make(card('c-1'))
  answer = {
    cardData: { cardParamMap: { title: '林晓：能做', has_buttons: 'false' } },
    cardUpdateOptions: { updateCardDataByKey: true },
  }
  expect(await press()).toEqual({ answered: true, changed: true })
  const told = product.received[0]
  expect(told?.url.pathname).toBe('/cards')
  expect(told?.headers['x-ddpaas-signature']).toEqual(expect.any(String))
  const body = JSON.parse(told?.body ?? '')
  expect(body).toMatchObject({ type: 'actionCallback', outTrackId: 'c-1', corpId: DINGTALK.corpId, userId: 'linxiao' })
  expect(JSON.parse(body.content)).toEqual({ cardPrivateData: { actionIds: ['b1'], params: { action: 'can' } } })
  expect(await shown()).toMatchObject([{ version: 2, shows: { title: '林晓：能做', buttons: [] }, changes: [{ by: 'answer' }] }])
})

it('stays as it was when nothing answers, or when the answer breaks the rules', async () => {
  await make(card('c-1'))
  expect(await press()).toEqual({ answered: false, changed: false })
  answer = { cardData: { cardParamMap: { title: '锁'.repeat(342) } } }
  expect(await press()).toEqual({ answered: true, changed: false })
  expect(await shown()).toMatchObject([{ version: 1, presses: [{ answered: false }, { answered: true }] }])
})

it('can be pressed only where it stands, by its people, on a button that calls back', async () => {
  await make(card('c-1'))
  const asked = (body: object) => standin.ask('/__standin/dingtalk/press', { body })
  expect((await asked({ userid: 'wumin', outTrackId: 'c-1', action: 'can' })).status).toBe(404)
  expect((await asked({ userid: 'linxiao', outTrackId: 'c-1', action: 'cannot' })).status).toBe(409)
})

it('keeps a route under its key until it is forced', async () => {
  const register = (more: object) =>
    standin.whole('/v1.0/card/callbacks/register', { callbackRouteKey: 'ours', callbackUrl: 'https://bulou.example/x', ...more })
  expect(await register({})).toMatchObject({ status: 500, body: { code: 'param.callbackRouteKeyExist' } })
  expect((await register({ forceUpdate: true })).body).toMatchObject({
    success: true,
    result: { callbackUrl: 'https://bulou.example/x', apiSecret: expect.any(String) },
  })
})

it('stands as before after a restart', async () => {
  await make(card('c-1'))
  await update({ outTrackId: 'c-1', cardData: { cardParamMap: { title: '已确认' } } })
  const before = await shown()
  await standin.restart()
  expect(await shown()).toEqual(before)
})
