import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../../simulator/testing/dingtalk-api.js'
import type { Dingtalk } from './client.js'
import { listExternalContacts } from './contacts.js'
import { listCustomers } from './crm.js'
import { listDepartments } from './departments.js'
import { sendDing } from './ding.js'
import { clientOf } from './fixtures/dingtalk-api.js'
import { sendToGroup } from './group.js'
import { createPageSigner } from './jsapi.js'
import { memberOf } from './login.js'
import { sendNotice } from './notice.js'
import { readNotice } from './notice-result.js'
import { createDingtalkChannel } from './send.js'
import { createTodo, deleteTodo, finishTodo } from './todo.js'
import { getUser, listUsers } from './user.js'

/** The stand-in reads the platform's pages on its own: what both agree on was not only agreed with ourselves. */
let standin: DingtalkStandin
let dingtalk: Dingtalk
let told: ReturnType<typeof clientOf>['told']
beforeAll(async () => {
  standin = await startWithDingtalk()
  const { clientId, clientSecret, corpId, agentId, template } = DINGTALK
  const settings = { clientId, clientSecret, corpId, agentId, robotCode: clientId, cardTemplateId: template }
  ;({ dingtalk, told } = clientOf(standin.base, { settings }))
})
afterAll(() => standin.close())

const state = async () => (await standin.json('/__standin/state')).dingtalk
const card: Card = {
  source: '不漏 · 需求变更',
  title: '仁济骨科医院 要改需求',
  quote: { title: '刘主任', text: '交期改成下周五吧' },
  fields: [{ label: '数量', value: '200 套 → 300 套' }],
  buttons: [
    { action: 'confirm-can', label: '能做', style: 'primary' },
    { action: 'confirm-cannot', label: '做不了', style: 'danger', page: '/h5/ask/1?as=confirm-cannot' },
  ],
  page: '/h5/ask/1',
}

describe('a card', () => {
  const shown = async () => (await state()).cards.find((one: { outTrackId: string }) => one.outTrackId === 'copy-1')?.shows

  it('arrives once, with its buttons', async () => {
    const channel = createDingtalkChannel(dingtalk)
    expect(await channel.sendCard('linxiao', 'copy-1', card)).toEqual({ messageId: null, code: null, notReached: [] })
    expect(await shown()).toMatchObject({ title: '仁济骨科医院 要改需求', fields: '**数量**：200 套 → 300 套', settled: '' })
    expect((await shown()).buttons).toMatchObject([
      { label: '能做', action: 'confirm-can', url: null },
      { label: '做不了', action: null, url: expect.stringContaining('confirm-cannot') },
    ])
    // The page has a code for it, and says of the same id that what it holds now is passed over: never a second card.
    await channel
      .sendCard('linxiao', 'copy-1', { ...card, title: '另一句' })
      .catch((error) => expect(error.kind).toBe('already-sent'))
    expect((await state()).cards).toHaveLength(1)
    expect(await shown()).toMatchObject({ title: '仁济骨科医院 要改需求' })
  })

  it('is changed by its own id', async () => {
    await createDingtalkChannel(dingtalk).updateCard('linxiao', 'copy-1', null, { ...card, settled: '已由赵强确认：能做' })
    expect(await shown()).toMatchObject({ settled: '已由赵强确认：能做', buttons: [] })
  })

  it('reaches nobody who is not there', async () => {
    const { notReached } = await createDingtalkChannel(dingtalk).sendCard('nobody', 'copy-2', card)
    expect(notReached).toHaveLength(1)
  })
})

it('a message is said, and taken back', async () => {
  const channel = createDingtalkChannel(dingtalk)
  const { messageId, notReached } = await channel.sendText('linxiao', '收到')
  expect(notReached).toEqual([])
  await channel.recall(messageId ?? '')
  const [message] = (await state()).messages.filter((one: { key: string }) => one.key === messageId)
  expect(message).toMatchObject({ words: '收到', recalled: true })
  await expect(channel.sendText('nobody', 'x')).rejects.toMatchObject({ kind: 'give-up', code: 'staffId.notExisted' })
})

it('a group hears it', async () => {
  const { messageId } = await sendToGroup(dingtalk, { group: 'cidB0100GongchengQudao==', text: '今天收工' })
  expect((await state()).messages).toContainEqual(expect.objectContaining({ key: messageId, words: '今天收工' }))
})

it('a work notification is told of, and the same one is not shown twice', async () => {
  const first = await sendNotice(dingtalk, 'linxiao', card, '11月22日 09:30')
  expect(await readNotice(dingtalk, first.taskId)).toEqual({ failed: [], read: [], unread: ['linxiao'] })
  await standin.control('dingtalk/read-notice', { userid: 'linxiao', taskId: Number(first.taskId) })
  expect(await readNotice(dingtalk, first.taskId)).toMatchObject({ read: ['linxiao'], unread: [] })
  const second = await sendNotice(dingtalk, 'linxiao', card, '11月22日 09:30')
  const { failed } = await readNotice(dingtalk, second.taskId)
  expect(failed).toEqual([{ userid: 'linxiao', why: expect.stringContaining('已经发过'), code: '143106' }])
})

it('a task is made once, done, and taken away', async () => {
  const wanted = { unionid: 'uLinxiaoB0100', key: 'todo-1', subject: '给仁济骨科医院报价', page: '/h5/' }
  const { taskId } = await createTodo(dingtalk, wanted)
  expect((await createTodo(dingtalk, wanted)).taskId).toBe(taskId)
  await finishTodo(dingtalk, { unionid: 'uLinxiaoB0100', taskId })
  expect((await state()).todos).toMatchObject([{ id: taskId, done: true }])
  for (const _ of [1, 2]) await deleteTodo(dingtalk, { unionid: 'uLinxiaoB0100', taskId })
  expect((await state()).todos).toEqual([])
})

it('a DING rings until what was bought is used up', async () => {
  expect(await sendDing(dingtalk, { to: ['linxiao'], by: 'app', text: '客户在等' })).toMatchObject({ failed: [] })
  expect((await state()).dings).toMatchObject([{ remindType: 1, content: '客户在等' }])
})

describe('the directory', () => {
  it('gives members, departments and nobody', async () => {
    const user = await getUser(dingtalk, 'linxiao')
    expect(user).toMatchObject({ unionid: 'uLinxiaoB0100', name: '林晓', mobile: '13800010009', active: true })
    expect(await getUser(dingtalk, 'nobody')).toBeNull()
    const department = user?.departments[0] ?? 0
    expect((await listUsers(dingtalk, { department })).users).toContainEqual(user)
    expect((await listDepartments(dingtalk, 1)).length).toBeGreaterThan(0)
  })

  it('gives who is outside, and the customers of the CRM', async () => {
    const { contacts, more } = await listExternalContacts(dingtalk, { offset: 0 })
    expect(more).toBe(false)
    expect(contacts).toContainEqual(expect.objectContaining({ follower: 'linxiao', mobile: expect.stringMatching(/^1\d{10}$/) }))
    const { customers, next } = await listCustomers(dingtalk, { operator: 'linxiao' })
    expect(next).toBeNull()
    expect(customers[0]?.data.customer_name).toMatch(/[一-龥]/)
    expect(customers[0]?.createdAt).toBeInstanceOf(Date)
  })

  it('signs in by a code, once', async () => {
    const { code } = await standin.control('dingtalk/login-code', { userid: 'linxiao' })
    expect(await memberOf(dingtalk, code)).toEqual({ userid: 'linxiao', unionid: 'uLinxiaoB0100', name: '林晓' })
    await expect(memberOf(dingtalk, code)).rejects.toMatchObject({ kind: 'give-up', code: 40078 })
  })

  it('gives a ticket for pages', async () => {
    expect(await createPageSigner(dingtalk)('https://bulou.example.com/h5/', 'n')).toMatchObject({ nonceStr: 'n' })
  })
})

describe('what is refused', () => {
  const fresh = () => createDingtalkChannel(dingtalk).sendText('linxiao', 'x')

  it('for a right that is missing names it', async () => {
    await standin.control('dingtalk/scope', { scope: 'qyapi_robot_sendmsg', granted: false })
    await expect(fresh()).rejects.toMatchObject({ kind: 'config', hint: expect.stringContaining('qyapi_robot_sendmsg') })
    await standin.control('dingtalk/scope', { scope: 'qyapi_robot_sendmsg', granted: true })
  })

  it('with a token that was revoked is asked again with a new one', async () => {
    await standin.control('dingtalk/revoke-token', {})
    expect((await fresh()).notReached).toEqual([])
  })

  it('counts as the platform counts, and ends with the month’s calls', async () => {
    const usage = () => standin.json('/__standin/dingtalk/usage')
    const paid = () => told.filter((call) => call.paid && call.what === 'call').length
    const [before, ours] = [(await usage()).spent.calls, paid()]
    await fresh()
    await getUser(dingtalk, 'linxiao')
    expect((await usage()).spent.calls - before).toBe(1)
    expect(paid() - ours).toBe(1)
    await standin.control('dingtalk/quota', { calls: (await usage()).spent.calls })
    await expect(fresh()).rejects.toMatchObject({ kind: 'quota' })
    await expect(sendNotice(dingtalk, 'linxiao', card, 'y')).rejects.toMatchObject({ kind: 'quota', code: 90020 })
    expect(await getUser(dingtalk, 'linxiao')).not.toBeNull()
  })
})
