import { afterEach, beforeEach, expect, it } from 'vitest'
import { AGENT_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const text = (touser: string, more: object = {}) => ({
  touser,
  msgtype: 'text',
  agentid: AGENT_ID,
  text: { content: '早' },
  ...more,
})
const card = (touser: string, task_id: string, more: object = {}) => ({
  touser,
  msgtype: 'template_card',
  agentid: AGENT_ID,
  template_card: {
    card_type: 'button_interaction',
    task_id,
    main_title: { title: '待确认' },
    button_list: [{ text: '能做', key: 'confirm-can' }],
  },
  ...more,
})
const send = (body: unknown) => standin.api('message/send', body)

it('reaches members and names those whom it could not reach', async () => {
  const answer = await send(text('wanglei|LINA|nobody'))
  expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok', invaliduser: 'nobody' })
  expect(answer).not.toHaveProperty('response_code')
  const { texts } = await standin.state()
  expect(texts.map((t: { userid: string; from: string; msgid: string }) => [t.userid, t.from, t.msgid])).toEqual([
    ['wanglei', 'app', answer.msgid],
    ['lina', 'app', answer.msgid],
  ])
})

it('refuses when nobody is named or nobody is known', async () => {
  expect((await send(text(''))).errcode).toBe(81012)
  expect(await send(text('nobody|noone'))).toMatchObject({ errcode: 81013, invaliduser: 'nobody|noone' })
})

it.each([
  ['no application', { agentid: undefined }, 41011],
  ['an application that is no number', { agentid: 'x' }, 40056],
  ['another application', { agentid: 1_000_003 }, 301002],
  ['an unknown kind', { msgtype: 'smoke' }, 40008],
  ['nothing to say', { text: { content: '' } }, 44004],
])('refuses %s', async (_, more, errcode) => {
  expect((await send(text('wanglei', more))).errcode).toBe(errcode)
})

it('cuts a text at 2048 bytes and never inside a character', async () => {
  await send(text('wanglei', { text: { content: '锁'.repeat(1000) } }))
  expect((await standin.state()).texts[0].text).toBe('锁'.repeat(682))
})

it('gives a code with an interactive card and none with a notice', async () => {
  const answer = await send(card('zhaoqiang', 'copy-1'))
  expect(answer.response_code).toEqual(expect.any(String))
  const notice = {
    card_type: 'text_notice',
    task_id: 'n-1',
    main_title: { title: '知' },
    card_action: { type: 1, url: 'https://x.cn' },
  }
  expect(await send(card('zhaoqiang', '', { template_card: notice }))).not.toHaveProperty('response_code')
  expect((await standin.state()).cards).toMatchObject([
    { taskId: 'copy-1', userid: 'zhaoqiang', version: 1, replaced: null, buttonsDisabled: false, msgid: answer.msgid },
    { taskId: 'n-1', userid: 'zhaoqiang' },
  ])
})

it('takes a task_id once', async () => {
  await send(card('zhaoqiang', 'copy-1'))
  expect((await send(card('sunyue', 'copy-1'))).errcode).toBe(42014)
})

it('takes the same content twice with enable_duplicate_check and delivers it once', async () => {
  const body = card('zhaoqiang', 'copy-1', { enable_duplicate_check: 1, duplicate_check_interval: 600 })
  const first = await send(body)
  const second = await send(body)
  expect(second).toEqual({ errcode: 0, errmsg: 'ok', msgid: first.msgid })
  expect((await standin.state()).cards).toHaveLength(1)
  const calls = await standin.control('calls?path=/cgi-bin/message/send')
  expect(calls.map((c: { accepted: boolean; deduplicated: boolean }) => [c.accepted, c.deduplicated])).toEqual([
    [true, false],
    [true, true],
  ])
})

it('delivers the same content again when its window has passed, or without the check', async () => {
  const body = text('wanglei', { enable_duplicate_check: 1, duplicate_check_interval: 600 })
  await send(body)
  standin.time.now += 600_000
  await send(body)
  await send(text('wanglei'))
  expect((await standin.state()).texts).toHaveLength(3)
})

it('drops silently what is over 30 a minute for one member', async () => {
  const answers = []
  for (let n = 0; n < 31; n += 1) answers.push(await send(text('wanglei|lina', { text: { content: `第${n}条` } })))
  expect(answers.every((a) => a.errcode === 0 && a.msgid)).toBe(true)
  const to = (userid: string) => (s: { texts: { userid: string }[] }) => s.texts.filter((t) => t.userid === userid)
  expect(to('wanglei')(await standin.state())).toHaveLength(30)
  standin.time.now += 60_000
  await send(text('wanglei'))
  expect(to('wanglei')(await standin.state())).toHaveLength(31)
  expect(to('lina')(await standin.state())).toHaveLength(30)
})

it('takes a message back within 24 hours', async () => {
  const { msgid } = await send(text('wanglei'))
  const late = await send(text('lina'))
  expect((await standin.api('message/recall', { msgid })).errcode).toBe(0)
  expect((await standin.state()).texts.map((t: { userid: string }) => t.userid)).toEqual(['lina'])
  await standin.control('clock', { advanceMs: 25 * 3_600_000 })
  expect((await standin.api('message/recall', { msgid: late.msgid })).errcode).toBe(42052)
})
