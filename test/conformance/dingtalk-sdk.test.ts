import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../../simulator/testing/dingtalk-api.js'

/** The official SDK of the new API, unchanged but for the address. It makes the paths, the bodies and sense of the answers. */
// CommonJS, and each module as a whole would be all of 110.
const require = createRequire(import.meta.url)
const cards = require('@alicloud/dingtalk/dist/card_1_0/client') as typeof import('@alicloud/dingtalk/dist/card_1_0/client.js')
const oauth2 =
  require('@alicloud/dingtalk/dist/oauth2_1_0/client') as typeof import('@alicloud/dingtalk/dist/oauth2_1_0/client.js')
const robots = require('@alicloud/dingtalk/dist/robot_1_0/client') as typeof import('@alicloud/dingtalk/dist/robot_1_0/client.js')
const todos = require('@alicloud/dingtalk/dist/todo_1_0/client') as typeof import('@alicloud/dingtalk/dist/todo_1_0/client.js')
const { Config } = require('@alicloud/openapi-client') as typeof import('@alicloud/openapi-client')
const util = createRequire(require.resolve('@alicloud/dingtalk/dist/robot_1_0/client'))('@alicloud/tea-util')
type Runtime = Parameters<InstanceType<typeof robots.default>['batchSendOTOWithOptions']>[2]

let standin: DingtalkStandin
beforeAll(async () => {
  standin = await startWithDingtalk()
})
afterAll(() => standin.close())

const config = () => new Config({ protocol: 'http', endpoint: `127.0.0.1:${standin.port}` })
const runtime: Runtime = new util.RuntimeOptions({})
const token = async () =>
  (
    await new oauth2.default(config()).getAccessToken(
      new oauth2.GetAccessTokenRequest({ appKey: DINGTALK.clientId, appSecret: DINGTALK.clientSecret }),
    )
  ).body?.accessToken

it('gets a token in both ways', async () => {
  const client = new oauth2.default(config())
  const ask = new oauth2.GetAccessTokenRequest({ appKey: DINGTALK.clientId, appSecret: DINGTALK.clientSecret })
  const { body } = await client.getAccessToken(ask)
  expect(body).toMatchObject({ accessToken: expect.any(String), expireIn: 7200 })
  expect((await client.getAccessToken(ask)).body?.accessToken).toBe(body?.accessToken)
  const whole = { clientId: DINGTALK.clientId, clientSecret: DINGTALK.clientSecret, grantType: 'client_credentials' }
  const unified = await client.getToken(DINGTALK.corpId, new oauth2.GetTokenRequest(whole))
  expect(unified.body).toMatchObject({ accessToken: expect.any(String), expiresIn: 7200 })
})

it('reads a refusal', async () => {
  const wrong = new oauth2.GetAccessTokenRequest({ appKey: DINGTALK.clientId, appSecret: 'no' })
  await expect(new oauth2.default(config()).getAccessToken(wrong)).rejects.toMatchObject({ code: 'invalidClientIdOrSecret' })
  const headers = new robots.BatchSendOTOHeaders({ xAcsDingtalkAccessToken: 'made-up' })
  await expect(
    new robots.default(config()).batchSendOTOWithOptions(new robots.BatchSendOTORequest({}), headers, runtime),
  ).rejects.toMatchObject({
    code: 'InvalidAuthentication',
  })
})

it('sends a message to members, and hears who got none', async () => {
  const headers = new robots.BatchSendOTOHeaders({ xAcsDingtalkAccessToken: await token() })
  const request = new robots.BatchSendOTORequest({
    robotCode: DINGTALK.clientId,
    userIds: ['linxiao', 'nobody'],
    msgKey: 'sampleText',
    msgParam: JSON.stringify({ content: '早' }),
  })
  const { body } = await new robots.default(config()).batchSendOTOWithOptions(request, headers, runtime)
  expect(body).toMatchObject({ processQueryKey: expect.any(String), invalidStaffIdList: ['nobody'] })
  expect((await standin.state()).dingtalk.messages).toMatchObject([{ param: { content: '早' } }])
})

it('delivers a card and changes it', async () => {
  const client = new cards.default(config())
  const xAcsDingtalkAccessToken = await token()
  const request = new cards.CreateAndDeliverRequest({
    cardTemplateId: DINGTALK.template,
    outTrackId: 'copy-1',
    cardData: { cardParamMap: { title: '仁济医药', has_buttons: 'true', b1: '已跟进', b1_action: 'done' } },
    callbackType: 'STREAM',
    openSpaceId: 'dtv1.card//IM_ROBOT.linxiao',
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
    userIdType: 1,
  })
  const made = await client.createAndDeliverWithOptions(
    request,
    new cards.CreateAndDeliverHeaders({ xAcsDingtalkAccessToken }),
    runtime,
  )
  expect(made.body).toMatchObject({
    success: true,
    result: { outTrackId: 'copy-1', deliverResults: [{ spaceType: 'IM_ROBOT', success: true }] },
  })
  const change = new cards.UpdateCardRequest({
    outTrackId: 'copy-1',
    cardData: { cardParamMap: { settled: '已由林晓跟进' } },
    cardUpdateOptions: { updateCardDataByKey: true },
  })
  const changed = await client.updateCardWithOptions(change, new cards.UpdateCardHeaders({ xAcsDingtalkAccessToken }), runtime)
  expect(changed.body).toMatchObject({ success: true, result: true })
  expect((await standin.state()).dingtalk.cards).toMatchObject([
    { outTrackId: 'copy-1', params: { title: '仁济医药', settled: '已由林晓跟进' } },
  ])
})

it('sets a to-do, ticks it off and takes it away', async () => {
  const client = new todos.default(config())
  const xAcsDingtalkAccessToken = await token()
  const [linxiao, operatorId] = ['uLinxiaoB0100', 'uLinxiaoB0100']
  const request = new todos.CreateTodoTaskRequest({
    operatorId,
    sourceId: 'reminder-1',
    subject: '回复沈工',
    creatorId: linxiao,
    executorIds: [linxiao],
    dueTime: 1_800_000_000_000,
    detailUrl: { appUrl: 'https://bulou.example/h5/', pcUrl: 'https://bulou.example/h5/' },
    notifyConfigs: { dingNotify: '1' },
  })
  const headers = new todos.CreateTodoTaskHeaders({ xAcsDingtalkAccessToken })
  const made = await client.createTodoTaskWithOptions(linxiao, request, headers, runtime)
  expect(made.body).toMatchObject({ id: expect.any(String), subject: '回复沈工', done: false, executorIds: [linxiao] })
  const id = made.body?.id ?? ''
  const tick = new todos.UpdateTodoTaskExecutorStatusRequest({ operatorId, executorStatusList: [{ id: linxiao, isDone: true }] })
  const ticked = await client.updateTodoTaskExecutorStatusWithOptions(
    linxiao,
    id,
    tick,
    new todos.UpdateTodoTaskExecutorStatusHeaders({ xAcsDingtalkAccessToken }),
    runtime,
  )
  expect(ticked.body).toMatchObject({ result: true })
  expect((await standin.state()).dingtalk.todos).toMatchObject([{ id, done: true }])
  const away = new todos.DeleteTodoTaskRequest({ operatorId })
  const gone = new todos.DeleteTodoTaskHeaders({ xAcsDingtalkAccessToken })
  expect((await client.deleteTodoTaskWithOptions(linxiao, id, away, gone, runtime)).body).toMatchObject({ result: true })
  expect((await standin.state()).dingtalk.todos).toEqual([])
})
