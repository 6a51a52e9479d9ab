import { describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { registerCardRoute } from './card-route.js'
import type { Dingtalk } from './client.js'
import { sendDing } from './ding.js'
import { refuse, useDingtalk } from './fixtures/dingtalk-api.js'
import { sendToGroup } from './group.js'
import { sendNotice } from './notice.js'
import { createDingtalkChannel } from './send.js'
import { replyInSession } from './session.js'
import { createTodo, deleteTodo, finishTodo } from './todo.js'

const serve = useDingtalk()
const card: Card = { source: '不漏', title: '待确认', fields: [], buttons: [], page: '/h5/' }

describe('sendToGroup', () => {
  const path = 'robot/groupMessages/send'

  it('says it in the group, under the cool app where there is one', async () => {
    const { dingtalk, asksOf } = await serve({ [path]: [{ processQueryKey: 'P1' }] })
    expect(await sendToGroup(dingtalk, { group: 'cidX==', text: '收到' })).toEqual({ messageId: 'P1' })
    await sendToGroup(dingtalk, { group: 'cidX==', text: '收到', coolAppCode: 'COOLAPP-1' })
    const body = { robotCode: 'dingrobot', openConversationId: 'cidX==', msgKey: 'sampleText', msgParam: '{"content":"收到"}' }
    expect(asksOf(path).map((one) => one.body)).toEqual([body, { ...body, coolAppCode: 'COOLAPP-1' }])
  })
})

it.each([
  ['robot/groupMessages/send', (d) => sendToGroup(d, { group: 'cidX==', text: '收到' })],
  ['robot/ding/send', (d) => sendDing(d, { to: ['a'], by: 'app', text: 'x' })],
  ['todo/users/U1/tasks', (d) => createTodo(d, { unionid: 'U1', key: 'k', subject: 's', page: '/h5/' })],
  ['robot/oToMessages/batchSend', (d) => createDingtalkChannel(d).sendText('a', 'x')],
  ['card/instances/createAndDeliver', (d) => createDingtalkChannel(d).sendCard('a', 'copy-1', card)],
  ['topapi/message/corpconversation/asyncsend_v2', (d) => sendNotice(d, 'a', card, '11月22日')],
] as [string, (d: Dingtalk) => Promise<unknown>][])(
  'a yes of %s that does not say what was done leaves it open',
  async (path, run) => {
    const { dingtalk } = await serve({ [path]: [{ errcode: 0, success: true }] })
    await expect(run(dingtalk)).rejects.toMatchObject({ kind: 'retry', code: 'bad-answer', unknownOutcome: true })
  },
)

describe('replyInSession', () => {
  const path = 'robot/sendBySession'

  it('answers where it was asked', async () => {
    const { dingtalk, asksOf } = await serve({ [path]: [{ errcode: 0, errmsg: 'ok' }] })
    expect(await replyInSession(dingtalk, { session: 'S1', text: '收到' })).toBe('sent')
    expect(asksOf(path)[0]).toMatchObject({
      query: { session: 'S1' },
      body: { msgtype: 'text', text: { content: '收到' } },
    })
  })

  it('says when the webhook’s time is over, and throws every other no', async () => {
    const { dingtalk } = await serve({ [path]: [{ errcode: 300001, errmsg: 'session 不存在' }, { errcode: 90018 }] })
    expect(await replyInSession(dingtalk, { session: 'S1', text: '收到' })).toBe('expired')
    await expect(replyInSession(dingtalk, { session: 'S1', text: '收到' })).rejects.toMatchObject({ kind: 'retry', code: 90018 })
  })
})

describe('sendDing', () => {
  const path = 'robot/ding/send'

  it.each([
    ['app', 1],
    ['sms', 2],
    ['call', 3],
  ] as const)('rings by %s', async (by, remindType) => {
    const { dingtalk, asksOf } = await serve({ [path]: [{ openDingId: 'D1' }] })
    expect(await sendDing(dingtalk, { to: ['a'], by, text: '客户在等' })).toEqual({ dingId: 'D1', failed: [] })
    expect(asksOf(path)[0]?.body).toEqual({ robotCode: 'dingrobot', remindType, receiverUserIdList: ['a'], content: '客户在等' })
  })

  it('tells who was not reached', async () => {
    const { dingtalk } = await serve({ [path]: [{ openDingId: 'D1', failedList: { 未激活: ['b'], 已离职: ['c'] } }] })
    const { failed } = await sendDing(dingtalk, { to: ['a', 'b', 'c'], by: 'app', text: 'x' })
    expect(failed).toEqual([
      { userid: 'b', why: 'DING 没有送达（未激活）' },
      { userid: 'c', why: 'DING 没有送达（已离职）' },
    ])
  })

  it('knows that what was bought is used up', async () => {
    const { dingtalk } = await serve({ [path]: [refuse(400, 'ding.serverquota.insufficient')] })
    await expect(sendDing(dingtalk, { to: ['a'], by: 'call', text: 'x' })).rejects.toMatchObject({ kind: 'quota' })
  })
})

describe('a task', () => {
  const tasks = 'todo/users/U1/tasks'
  const due = new Date('2026-11-24T10:00:00Z')
  const wanted = { unionid: 'U1', key: 'todo-1', subject: '给仁济骨科医院报价', due, page: '/h5/customers/1' }

  it('is put into the list of one person under our key', async () => {
    const { dingtalk, asksOf, told } = await serve({ [tasks]: [{ id: 'T1', done: false }] })
    expect(await createTodo(dingtalk, wanted)).toEqual({ taskId: 'T1' })
    const url = expect.stringContaining(encodeURIComponent('https://bulou.example.com/h5/customers/1'))
    expect(asksOf(tasks)[0]).toMatchObject({ query: { operatorId: 'U1' } })
    expect(asksOf(tasks)[0]?.body).toEqual({
      sourceId: 'todo-1',
      subject: '给仁济骨科医院报价',
      creatorId: 'U1',
      executorIds: ['U1'],
      detailUrl: { appUrl: url, pcUrl: url },
      isOnlyShowExecutor: true,
      dueTime: due.getTime(),
    })
    expect(told.at(-1)).toEqual({ api: 'todo/tasks/create', paid: true, what: 'call' })
  })

  it('is found again when an earlier try made it', async () => {
    const there = refuse(400, 'todo.taskCreate.paramError', { message: 'task exist' })
    const { dingtalk } = await serve({ [tasks]: [there], [`${tasks}/sources/todo-1`]: [{ id: 'T1' }] })
    expect(await createTodo(dingtalk, wanted)).toEqual({ taskId: 'T1' })
  })

  it('that the platform does not like is no earlier one', async () => {
    const { dingtalk } = await serve({ [tasks]: [refuse(400, 'todo.taskCreate.paramError', { message: 'dueTime is invalid' })] })
    await expect(createTodo(dingtalk, wanted)).rejects.toMatchObject({ kind: 'give-up', code: 'todo.taskCreate.paramError' })
  })

  it('is done, and taken away', async () => {
    const { dingtalk, asksOf } = await serve({ [`${tasks}/T1`]: [{ result: true }] })
    await finishTodo(dingtalk, { unionid: 'U1', taskId: 'T1' })
    await deleteTodo(dingtalk, { unionid: 'U1', taskId: 'T1' })
    expect(asksOf(`${tasks}/T1`).map(({ method, query, body }) => ({ method, query, body }))).toEqual([
      { method: 'PUT', query: { operatorId: 'U1' }, body: { done: true } },
      { method: 'DELETE', query: { operatorId: 'U1' }, body: null },
    ])
  })
})

it('a task that is no more needs no end', async () => {
  const { dingtalk } = await serve({
    'todo/users/U1/tasks/T1': [refuse(404, 'notExist'), refuse(404, 'notExist'), refuse(403, 'Forbidden.X')],
  })
  await finishTodo(dingtalk, { unionid: 'U1', taskId: 'T1' })
  await deleteTodo(dingtalk, { unionid: 'U1', taskId: 'T1' })
  await expect(deleteTodo(dingtalk, { unionid: 'U1', taskId: 'T1' })).rejects.toMatchObject({ kind: 'config' })
})

it('registerCardRoute says where clicks go, and replaces what was said before', async () => {
  const path = 'card/callbacks/register'
  const { dingtalk, asksOf } = await serve({ [path]: [{ success: true, result: {} }] })
  await registerCardRoute(dingtalk, { secret: 'sIgN' })
  expect(asksOf(path)[0]?.body).toEqual({
    callbackRouteKey: 'bulou',
    callbackUrl: 'https://bulou.example.com/callback/dingtalk/card',
    apiSecret: 'sIgN',
    forceUpdate: true,
  })
})
