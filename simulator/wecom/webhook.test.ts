import { afterEach, beforeEach, expect, it } from 'vitest'
import { startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const KEY = 'b0100000-0000-4000-8000-000000000001'
const send = (body: object, key = KEY) => standin.json(`/cgi-bin/webhook/send?key=${key}`, { body })
const text = (content: string, more: object = {}) => ({ msgtype: 'text', text: { content, ...more } })
const said = async () => (await standin.state()).groups[0].messages

it('says it to the group whose key it is, and to nobody without one', async () => {
  expect(await send(text('两件事到期了', { mentioned_list: ['lina', '@all'] }))).toMatchObject({ errcode: 0 })
  expect(await send({ msgtype: 'markdown', markdown: { content: '**待确认** 3 件 <@wanglei>' } })).toMatchObject({ errcode: 0 })
  expect((await send(text('x'), 'another')).errcode).toBe(93000)
  expect(await said()).toMatchObject([
    { content: { kind: 'text', text: '两件事到期了' }, mentioned: ['lina', '@all'] },
    { content: { kind: 'markdown' }, mentioned: ['wanglei'] },
  ])
})

it('shows cards that are notices and none that can be pressed', async () => {
  const notice = { card_type: 'text_notice', main_title: { title: '到期' }, card_action: { type: 1, url: 'https://x.cn' } }
  const asking = {
    card_type: 'button_interaction',
    task_id: 't',
    main_title: { title: '问' },
    button_list: [{ text: '好', key: 'k' }],
  }
  expect((await send({ msgtype: 'template_card', template_card: notice })).errcode).toBe(0)
  expect((await send({ msgtype: 'template_card', template_card: asking })).errcode).toBe(42031)
  expect(await said()).toMatchObject([{ content: { kind: 'card', card: { main_title: { title: '到期' } } } }])
})

it.each([
  ['an unknown kind', { msgtype: 'smoke' }, 40008],
  ['nothing', text(''), 44004],
  ['text over 2048 bytes', text('锁'.repeat(683)), 45002],
  ['markdown over 4096 bytes', { msgtype: 'markdown', markdown: { content: '锁'.repeat(1366) } }, 45002],
])('refuses %s', async (_, body, errcode) => {
  expect((await send(body)).errcode).toBe(errcode)
})

it('lets 20 a minute pass and keeps the key out of what it tells', async () => {
  for (let n = 0; n < 20; n += 1) expect((await send(text(`第${n}条`))).errcode).toBe(0)
  expect((await send(text('太多'))).errcode).toBe(45009)
  standin.time.now += 60_000
  expect((await send(text('又可以了'))).errcode).toBe(0)
  expect(JSON.stringify([await standin.control('calls'), await standin.state()])).not.toContain(KEY)
})
