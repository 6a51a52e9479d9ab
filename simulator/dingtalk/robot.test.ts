import { afterEach, beforeEach, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'
import { startProduct } from '../testing/product.js'

const GROUP = 'cidB0100GongchengQudao=='
let product: Awaited<ReturnType<typeof startProduct>>
let standin: DingtalkStandin
beforeEach(async () => {
  product = await startProduct((_, res) => void res.end('{}'))
  standin = await startWithDingtalk({ product: product.base })
})
afterEach(async () => {
  await standin.close()
  await product.close()
})

const robotCode = DINGTALK.clientId
const text = (userIds: string[], more: object = {}) => ({
  robotCode,
  userIds,
  msgKey: 'sampleText',
  msgParam: JSON.stringify({ content: '早' }),
  ...more,
})
const send = (body: object) => standin.ding('/v1.0/robot/oToMessages/batchSend', body)
const messages = async () => (await standin.state()).dingtalk.messages
const heardBy = () => product.received.filter((r) => r.url.pathname === '/callback/dingtalk/robot').map((r) => JSON.parse(r.body))

it('reaches members by their userid, and names those whom it does not know', async () => {
  expect(await send(text(['linxiao', 'DING_WANGLEI', 'nobody']))).toEqual({
    processQueryKey: expect.any(String),
    invalidStaffIdList: ['nobody'],
    flowControlledStaffIdList: [],
  })
  expect(await messages()).toMatchObject([{ chats: [{ userid: 'linxiao' }, { userid: 'ding_wanglei' }], words: '早' }])
  // A userid of WeCom is nobody's here.
  expect((await send(text(['chenjing']))).code).toBe('staffId.notExisted')
})

it.each([
  ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.empty'],
  ['another robot', { robotCode: 'x' }, 'invalidParameter.robotCode.notExsit'],
  ['nobody', { userIds: [] }, 'invalidParameter.userIds.empty'],
  ['more than twenty', { userIds: Array.from({ length: 21 }, (_, n) => `u${n}`) }, 'invalidParameter.userIds.overMax'],
  ['an unknown kind', { msgKey: 'smoke' }, 'invalidParameter.msgKey.invalid'],
  ['a param that is no JSON', { msgParam: 'x' }, 'invalidParameter.msgParam.invalid'],
  ['a param without its field', { msgParam: '{"title":"早"}' }, 'invalidParameter.msgParam.invalid'],
  ['too much', { msgParam: JSON.stringify({ content: '锁'.repeat(5_000) }) }, 'invalidParameter.msgParam.tooLong'],
])('refuses %s', async (_, more, code) => {
  expect(await standin.whole('/v1.0/robot/oToMessages/batchSend', text(['linxiao'], more))).toMatchObject({
    status: 400,
    body: { code },
  })
})

it('tells who has read, and tells the product', async () => {
  const { processQueryKey } = await send(text(['linxiao', 'wumin']))
  await standin.control('dingtalk/read', { userid: 'linxiao' })
  const path = `/v1.0/robot/oToMessages/readStatus?robotCode=${robotCode}&processQueryKey=${processQueryKey}`
  expect(await standin.ding(path)).toMatchObject({
    sendStatus: 'SUCCESS',
    messageReadInfoList: [
      { userId: 'linxiao', name: '林晓', readStatus: 'READ', readTimestamp: expect.any(Number) },
      { userId: 'wumin', readStatus: 'UNREAD' },
    ],
  })
  const pushes = await standin.control('dingtalk/pushes')
  expect(pushes).toMatchObject([
    { kind: 'event', name: 'robot_msg_read', body: { data: { UserId: 'linxiao', ProcessQueryKey: processQueryKey } } },
  ])
})

it('takes back within a day, each by its key', async () => {
  const { processQueryKey: first } = await send(text(['linxiao']))
  await standin.control('clock', { advanceMs: 20 * 3_600_000 })
  const { processQueryKey: second } = await send(text(['linxiao']))
  await standin.control('clock', { advanceMs: 5 * 3_600_000 })
  const recall = (keys: string[]) => standin.ding('/v1.0/robot/otoMessages/batchRecall', { robotCode, processQueryKeys: keys })
  expect(await recall([first, second, 'x'])).toEqual({
    successResult: [second],
    failedResult: { [first]: expect.any(String), x: expect.any(String) },
  })
  expect((await messages()).map((m: { recalled: boolean }) => m.recalled)).toEqual([false, true])
})

it('hears what a member writes, whole, and what calls it in a group, with its space', async () => {
  await standin.control('dingtalk/say', { userid: 'linxiao', text: '还有什么没回' })
  await standin.control('dingtalk/say', { userid: 'linxiao', text: '今天下班早', group: GROUP, at: false })
  await standin.control('dingtalk/say', { userid: 'wumin', text: '林晓还有什么', group: GROUP })
  expect(heardBy()).toMatchObject([
    {
      conversationType: '1',
      conversationId: expect.stringMatching(/^cid[\w+/]{22}==$/),
      chatbotCorpId: DINGTALK.corpId,
      senderStaffId: 'linxiao',
      senderUnionId: 'uLinxiaoB0100',
      senderNick: '林晓',
      robotCode,
      msgtype: 'text',
      text: { content: '还有什么没回' },
    },
    {
      conversationType: '2',
      conversationId: GROUP,
      conversationTitle: '工程渠道组',
      isInAtList: true,
      text: { content: ' 林晓还有什么' },
    },
  ])
  expect((await standin.state()).dingtalk.heard).toHaveLength(3)
  const strange = { userid: 'linxiao', text: '早', group: 'cidOther' }
  expect((await standin.ask('/__standin/dingtalk/say', { body: strange })).status).toBe(404)
})

it('answers through the webhook of a chat while it lasts, and says 300001 after', async () => {
  await standin.control('dingtalk/say', { userid: 'wumin', text: '林晓还有什么', group: GROUP })
  const [{ sessionWebhook, sessionWebhookExpiredTime }] = heardBy()
  expect(sessionWebhookExpiredTime).toBe(standin.time.now + 90 * 60_000)
  const { pathname, search } = new URL(sessionWebhook)
  const say = (body: object) => standin.json(`${pathname}${search}`, { body })
  const markdown = { msgtype: 'markdown', markdown: { title: '待办', text: '**2 件**' }, at: { atUserIds: ['wumin', 'nobody'] } }
  expect(await say(markdown)).toMatchObject({ errcode: 0, errmsg: 'ok' })
  expect(await messages()).toMatchObject([{ by: 'session', chats: [{ group: GROUP }], words: '**2 件**', at: ['wumin'] }])
  expect((await say({ msgtype: 'text', text: {} })).errcode).toBe(400106)
  expect((await say({ msgtype: 'smoke' })).errcode).toBe(400105)
  standin.time.now += 90 * 60_000
  expect(await say(markdown)).toMatchObject({ errcode: 300001, errmsg: 'session 不存在' })
  expect((await standin.control('dingtalk/usage')).spent.calls).toBe(0)
})

it('takes a message from the body of the HTTP answer', async () => {
  product.handle = (_, res) => void res.end(JSON.stringify({ msgtype: 'text', text: { content: '没有了' } }))
  await standin.control('dingtalk/say', { userid: 'linxiao', text: '还有什么没回' })
  expect(await messages()).toMatchObject([{ by: 'session', chats: [{ userid: 'linxiao' }], words: '没有了' }])
})

it('writes into a group that it sits in, and takes that back there', async () => {
  const group = (more: object) => ({
    robotCode,
    openConversationId: GROUP,
    msgKey: 'sampleMarkdown',
    msgParam: JSON.stringify({ title: 't', text: '早' }),
    ...more,
  })
  const { processQueryKey } = await standin.ding('/v1.0/robot/groupMessages/send', group({}))
  const strange = await standin.ding('/v1.0/robot/groupMessages/send', group({ openConversationId: 'x' }))
  expect(strange.code).toBe('invalidParameter.openConversationId.invalid')
  expect(
    await standin.ding('/v1.0/robot/groupMessages/query', { robotCode, openConversationId: GROUP, processQueryKey }),
  ).toMatchObject({
    sendStatus: 'SUCCESS',
    readUserIds: [],
  })
  const recall = { robotCode, openConversationId: GROUP, processQueryKeys: [processQueryKey] }
  expect((await standin.ding('/v1.0/robot/groupMessages/recall', recall)).successResult).toEqual([processQueryKey])
})

it('has to name the 酷应用 that brought it into a group', async () => {
  const { coolAppCode } = await standin.control('dingtalk/cool-app', { group: GROUP, userid: 'wumin' })
  const send = (more: object) => {
    const msgParam = JSON.stringify({ content: '早' })
    return standin.ding('/v1.0/robot/groupMessages/send', {
      robotCode,
      openConversationId: GROUP,
      msgKey: 'sampleText',
      msgParam,
      ...more,
    })
  }
  expect((await send({})).code).toBe('invalidParameter.robotCode.coolApp')
  expect(await send({ coolAppCode })).toHaveProperty('processQueryKey')
  await standin.control('dingtalk/cool-app', { group: GROUP, userid: 'wumin', installed: false })
  expect(await send({})).toHaveProperty('processQueryKey')
  const pushes = await standin.control('dingtalk/pushes')
  expect(pushes.map((p: { name: string }) => p.name)).toEqual(['im_cool_app_install', 'im_cool_app_uninstall'])
  expect(pushes[0].body.data).toMatchObject({ openConversationId: GROUP, coolAppCode, operator: 'uWuminB0100' })
})

it('knows nobody who has left, until they are back', async () => {
  await standin.control('dingtalk/leave', { userid: 'linxiao' })
  expect((await send(text(['linxiao']))).code).toBe('staffId.notExisted')
  await standin.control('dingtalk/join', { userid: 'linxiao' })
  expect(await send(text(['linxiao']))).toHaveProperty('processQueryKey')
  const names = (await standin.control('dingtalk/pushes')).map((p: { name: string }) => p.name)
  expect(names).toEqual(['user_leave_org', 'user_add_org'])
})
