import { afterEach, beforeEach, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'

let standin: DingtalkStandin
beforeEach(async () => {
  standin = await startWithDingtalk()
})
afterEach(() => standin.close())

const AT = 'topapi/message/corpconversation'
const agent_id = DINGTALK.agentId
const text = (content: string) => ({ msgtype: 'text', text: { content } })
const send = (userid_list: string, msg: object = text('早'), more: object = {}) =>
  standin.oapi(`${AT}/asyncsend_v2`, { agent_id, userid_list, msg, ...more })
const resultOf = async (task_id: number) => (await standin.oapi(`${AT}/getsendresult`, { agent_id, task_id })).send_result

it('is accepted at once, and the result says whom it reached', async () => {
  const { errcode, task_id } = await send('linxiao,wumin,nobody')
  expect(errcode).toBe(0)
  await standin.control('dingtalk/read-notice', { userid: 'wumin', taskId: task_id })
  expect(await resultOf(task_id)).toEqual({
    invalid_user_id_list: ['nobody'],
    forbidden_user_id_list: [],
    failed_user_id_list: [],
    read_user_id_list: ['wumin'],
    unread_user_id_list: ['linxiao'],
    invalid_dept_id_list: [],
    forbidden_list: [],
  })
  expect(await standin.oapi(`${AT}/getsendprogress`, { agent_id, task_id })).toMatchObject({
    progress: { progress_in_percent: 100, status: 2 },
  })
})

it('takes a form as well as JSON', async () => {
  const body = new URLSearchParams({ agent_id: String(agent_id), userid_list: 'linxiao', msg: JSON.stringify(text('早')) })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await standin.json(`/${AT}/asyncsend_v2?access_token=${await standin.dingToken()}`, {
    headers,
    body: String(body),
  })
  expect(answer).toMatchObject({ errcode: 0, task_id: expect.any(Number) })
})

it('drops the same words for the same member on the same day, and says success', async () => {
  await send('linxiao')
  const again = await send('linxiao,wumin')
  expect(again.errcode).toBe(0)
  expect(await resultOf(again.task_id)).toMatchObject({
    unread_user_id_list: ['wumin'],
    forbidden_user_id_list: ['linxiao'],
    forbidden_list: [{ code: '143106', count: 1, userid: 'linxiao' }],
  })
  const calls = await standin.control(`calls?path=/${AT}/asyncsend_v2`)
  expect(calls.map((c: { dropped?: string[] }) => c.dropped)).toEqual([undefined, ['linxiao']])
  await standin.control('clock', { advanceMs: 24 * 3_600_000 })
  expect((await resultOf((await send('linxiao')).task_id)).unread_user_id_list).toEqual(['linxiao'])
})

it('drops what is over 500 a day for one member', async () => {
  await standin.control('dingtalk/limits', { perSecond: 1_000 })
  const path = `/${AT}/asyncsend_v2?access_token=${await standin.dingToken()}`
  const sends = Array.from({ length: 500 }, (_, n) => ({ agent_id, userid_list: 'linxiao', msg: text(`第${n}条`) }))
  for (let n = 0; n < 500; n += 50) await Promise.all(sends.slice(n, n + 50).map((body) => standin.json(path, { body })))
  const over = await send('linxiao', text('再来一条'))
  expect(over.errcode).toBe(0)
  expect((await resultOf(over.task_id)).forbidden_list).toMatchObject([{ code: '143105', userid: 'linxiao' }])
})

it.each([
  ['another application', { agent_id: 1 }, 40_056],
  ['nobody', { userid_list: '' }, 400_002],
  ['more than a hundred', { userid_list: Array.from({ length: 101 }, (_, n) => `u${n}`).join(',') }, 400_002],
  ['an unknown kind', { msg: { msgtype: 'smoke', smoke: {} } }, 40_008],
  ['nothing to say', { msg: text('') }, 400_002],
  ['too much', { msg: text('锁'.repeat(700)) }, 45_002],
  ['a button with a long name', { msg: action({ single_title: '去'.repeat(21) }) }, 400_002],
  ['a card without a link', { msg: action({ single_url: '' }) }, 400_002],
])('refuses %s', async (_, more, errcode) => {
  expect((await send('linxiao', text('早'), more)).errcode).toBe(errcode)
})

function action(more: object) {
  return {
    msgtype: 'action_card',
    action_card: { title: 't', markdown: 'm', single_title: '去看', single_url: 'https://x.cn', ...more },
  }
}

it('reaches a department and everybody', async () => {
  const { result } = await standin.oapi('topapi/v2/department/listsub', {})
  const team = result.find(({ name }: { name: string }) => name === '工程渠道组')
  const one = await standin.oapi(`${AT}/asyncsend_v2`, { agent_id, dept_id_list: String(team.dept_id), msg: action({}) })
  expect((await resultOf(one.task_id)).unread_user_id_list).toEqual(['wumin', 'linxiao'])
  const all = await standin.oapi(`${AT}/asyncsend_v2`, { agent_id, to_all_user: true, msg: text('早') })
  expect((await resultOf(all.task_id)).unread_user_id_list).toEqual(['ding_wanglei', 'ding_zhaoqiang', 'wumin', 'linxiao'])
})

it('is taken back and asked after for a day', async () => {
  const { task_id } = await send('linxiao')
  expect((await standin.oapi(`${AT}/recall`, { agent_id, msg_task_id: task_id })).errcode).toBe(0)
  expect((await standin.state()).dingtalk.notices).toMatchObject([{ taskId: task_id, recalled: true }])
  await standin.control('clock', { advanceMs: 25 * 3_600_000 })
  expect((await standin.oapi(`${AT}/getsendresult`, { agent_id, task_id })).errcode).toBe(400_002)
})

it('says in its own shape that the token is bad, too fast, or without permission', async () => {
  const bad = await standin.json(`/${AT}/asyncsend_v2?access_token=x`, { body: {} })
  expect(bad).toMatchObject({
    errcode: 88,
    sub_code: '40014',
    errmsg: 'ding talk error[subcode=40014,submsg=不合法的access_token]',
  })
  const token = await standin.dingToken()
  await standin.control('dingtalk/limits', { perSecond: 0 })
  const fast = await standin.json(`/${AT}/asyncsend_v2?access_token=${token}`, { body: {} })
  expect(fast).toMatchObject({ errcode: 88, sub_code: '90018' })
  await standin.control('dingtalk/limits', { perSecond: 20 })
  await standin.control('dingtalk/scope', { scope: 'qyapi_get_member', granted: false })
  expect(await standin.oapi('topapi/v2/user/get', { userid: 'linxiao' })).toMatchObject({ errcode: 88, sub_code: '60011' })
  await standin.control('dingtalk/quota', { calls: 0 })
  expect(await send('linxiao')).toMatchObject({ errcode: 88, sub_code: '90020' })
  expect((await standin.oapi('topapi/nothing/here')).errcode).toBe(22)
})
