import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Callback } from '../state/callbacks.js'
import { startProduct } from '../testing/product.js'
import { AGENT_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
let product: Awaited<ReturnType<typeof startProduct>>
beforeEach(async () => {
  product = await startProduct()
  standin = await startForTest({ product: product.base })
})
afterEach(async () => {
  await standin.close()
  await product.close()
})

const send = (touser: string) =>
  standin.api('message/send', { touser, msgtype: 'text', agentid: AGENT_ID, text: { content: '早' } })
const getUser = async (userid: string) => standin.json(`/cgi-bin/user/get?access_token=${await standin.token()}&userid=${userid}`)
const events = async () => ((await standin.control('callbacks')) as Callback[]).map((c) => c.event)
const personOf = async (userid: string) => (await standin.state()).people.find((p: { userid: string }) => p.userid === userid)

it('leaves: unsubscribe, nobody to the platform, and the customers wait to be handed on', async () => {
  const unassigned = (body: object) => standin.api('externalcontact/get_unassigned_list', body)
  expect(await unassigned({})).toMatchObject({ info: [], is_last: true, next_cursor: '' })
  await standin.control('leave', { userid: 'wanglei' })
  await standin.control('leave', { userid: 'wanglei' })
  expect(await events()).toEqual(['unsubscribe'])
  expect((await getUser('wanglei')).errcode).toBe(60111)
  expect(await send('wanglei|lina')).toMatchObject({ errcode: 0, invaliduser: 'wanglei' })
  expect((await standin.ask('/__standin/enter', { body: { userid: 'wanglei' } })).status).toBe(409)

  const first = await unassigned({ page_size: 1 })
  expect(first).toMatchObject({ is_last: false, info: [{ handover_userid: 'wanglei', dimission_time: expect.any(Number) }] })
  const second = await unassigned({ page_size: 1, cursor: first.next_cursor })
  expect(second.is_last).toBe(true)
  expect([first, second].map((p) => p.info[0].external_userid).sort()).toEqual(['wmHuaqiang', 'wmRenji'])

  await standin.restart()
  expect(await personOf('wanglei')).toMatchObject({ left: true, inRange: false })
  await standin.control('join', { userid: 'wanglei' })
  expect(await events()).toEqual(['unsubscribe', 'subscribe'])
  expect((await getUser('wanglei')).errcode).toBe(0)
})

it('goes out of range and comes back: an event each, 60011 and invaliduser meanwhile', async () => {
  await standin.control('range', { userid: 'lina', in: false })
  await standin.control('range', { userid: 'lina', in: false })
  expect((await getUser('lina')).errcode).toBe(60011)
  expect(await send('lina')).toMatchObject({ errcode: 81013, invaliduser: 'lina' })
  await standin.control('range', { userid: 'lina', in: true })
  expect(await events()).toEqual(['unsubscribe', 'subscribe'])
  expect((await send('lina')).errcode).toBe(0)
})

it('has no licence: named as such, and nobody else suffers', async () => {
  await standin.control('licence', { userid: 'lina', licensed: false })
  expect(await send('lina|wanglei')).toMatchObject({ errcode: 0, unlicenseduser: 'lina' })
  expect((await standin.state()).texts.map((t: { userid: string }) => t.userid)).toEqual(['wanglei'])
})

it("reads in WeChat's plugin: texts are shown, cards are taken and not shown, and can't be pressed", async () => {
  await standin.control('plugin', { userid: 'lina', plugin: true })
  const card = {
    card_type: 'button_interaction',
    task_id: 'c-1',
    main_title: { title: '问' },
    button_list: [{ text: '好', key: 'k' }],
  }
  const answer = await standin.api('message/send', {
    touser: 'lina|wanglei',
    msgtype: 'template_card',
    agentid: AGENT_ID,
    template_card: card,
  })
  expect(answer).toMatchObject({ errcode: 0, response_code: expect.any(String) })
  await send('lina')
  const { cards, texts } = await standin.state()
  expect(cards.map((c: { userid: string; hidden: boolean }) => [c.userid, c.hidden])).toEqual([
    ['lina', true],
    ['wanglei', false],
  ])
  expect(texts).toHaveLength(1)
  expect((await standin.ask('/__standin/press', { body: { userid: 'lina', taskId: 'c-1', key: 'k' } })).status).toBe(409)
})

it('names those over their limit in what it kept of the call', async () => {
  for (let n = 0; n < 31; n += 1) await send('wanglei')
  const calls = (await standin.control('calls?path=/cgi-bin/message/send')) as { accepted: boolean; dropped?: string[] }[]
  expect(calls.map((c) => c.dropped).filter(Boolean)).toEqual([['wanglei']])
  expect(calls.every((c) => c.accepted)).toBe(true)
})
