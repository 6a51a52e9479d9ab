import { afterEach, beforeEach, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'

let standin: DingtalkStandin
beforeEach(async () => {
  standin = await startWithDingtalk()
})
afterEach(() => standin.close())

const LIN = 'uLinxiaoB0100'
const WU = 'uWuminB0100'
const tasks = `/v1.0/todo/users/${LIN}/tasks`
const task = (more: object = {}) => ({
  sourceId: 's-1',
  subject: '回复沈工',
  creatorId: LIN,
  executorIds: [LIN, WU],
  dueTime: 1_800_000_000_000,
  detailUrl: { appUrl: 'https://x.cn/a', pcUrl: 'https://x.cn/p' },
  notifyConfigs: { dingNotify: '1' },
  ...more,
})
const create = (more: object = {}) => standin.ding(`${tasks}?operatorId=${LIN}`, task(more))
const shown = async () => (await standin.state()).dingtalk.todos

it('stands with those who are to do it', async () => {
  const { id, ...rest } = await create()
  expect(rest).toMatchObject({
    subject: '回复沈工',
    executorIds: [LIN, WU],
    done: false,
    dueTime: 1_800_000_000_000,
    sourceId: 's-1',
  })
  expect(await shown()).toMatchObject([{ id, notify: true, priority: 20 }])
  expect(await standin.ding(`${tasks}/${id}`)).toMatchObject({ id, subject: '回复沈工' })
})

it('is taken once under its sourceId, and found by it', async () => {
  const { id } = await create()
  expect(await standin.whole(tasks, task({ subject: '别的' }))).toMatchObject({
    status: 400,
    body: { code: 'todo.taskCreate.paramError', message: 'task exist' },
  })
  expect(await standin.ding(`${tasks}/sources/s-1`)).toMatchObject({ id, subject: '回复沈工' })
  expect((await standin.whole(`${tasks}/sources/s-2`)).status).toBe(404)
})

it.each([
  ['no subject', { subject: '' }, 'param.error'],
  ['a long subject', { subject: '锁'.repeat(1_025) }, 'param.error'],
  ['no link', { detailUrl: undefined }, 'param.error'],
  ['a userid for a unionid', { executorIds: ['linxiao'] }, 'invalidUnionId'],
])('refuses %s', async (_, more, code) => {
  expect((await create(more)).code).toBe(code)
})

it('is changed, ticked by each and done by all', async () => {
  const { id } = await create()
  const put = (path: string, body: object) => standin.ding(`${tasks}/${id}${path}?operatorId=${LIN}`, body, { method: 'PUT' })
  expect(await put('', { subject: '今天回复沈工' })).toMatchObject({ result: true })
  await put('/executorStatus', { executorStatusList: [{ id: LIN, isDone: true }] })
  expect(await shown()).toMatchObject([{ subject: '今天回复沈工', doneBy: [LIN], done: false }])
  await put('', { done: true })
  expect(await shown()).toMatchObject([{ doneBy: [LIN, WU], done: true }])
  expect((await put('/executorStatus', { executorStatusList: [{ id: 'x', isDone: true }] })).code).toBe('param.error')
})

it('is ticked off in the client, and the product hears of it', async () => {
  const { id } = await create()
  await standin.control('dingtalk/tick', { userid: 'linxiao', id })
  expect(await shown()).toMatchObject([{ doneBy: [LIN] }])
  expect(await standin.control('dingtalk/pushes')).toMatchObject([
    { name: 'todo_task_update', body: { data: { taskId: id, done: true } } },
  ])
})

it('is deleted, and unknown then', async () => {
  const { id } = await create()
  expect(await standin.ding(`${tasks}/${id}?operatorId=${LIN}`, undefined, { method: 'DELETE' })).toMatchObject({ result: true })
  expect(await standin.whole(`${tasks}/${id}`)).toMatchObject({ status: 404, body: { code: 'notExist' } })
})

const ding = (more: object = {}) =>
  standin.ding('/v1.0/robot/ding/send', {
    robotCode: DINGTALK.clientId,
    remindType: 1,
    receiverUserIdList: ['linxiao'],
    content: '沈工在等',
    ...more,
  })

it('DINGs as far as the month allows', async () => {
  expect(await ding({ receiverUserIdList: ['linxiao', 'nobody'] })).toEqual({
    openDingId: expect.any(String),
    failedList: { nobody: 'userId not exist' },
  })
  await standin.control('dingtalk/quota', { dings: 2 })
  expect(await ding()).toHaveProperty('openDingId')
  expect((await ding()).code).toBe('ding.serverquota.insufficient')
  expect((await standin.state()).dingtalk.dings).toMatchObject([{ to: ['linxiao'], content: '沈工在等', remindType: 1 }, {}])
})

it('DINGs twenty by text message and two hundred in the app', async () => {
  const receiverUserIdList = Array.from({ length: 21 }, (_, n) => `u${n}`)
  expect((await ding({ remindType: 2, receiverUserIdList })).code).toBe('ding.receivercount.limit')
  expect((await ding({ remindType: 1, receiverUserIdList })).code).toBe('staffId.notExisted')
})
