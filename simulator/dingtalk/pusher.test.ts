import { afterEach, expect, it } from 'vitest'
import { connect, DING_ENV, outcomeOf, pushes } from '../testing/dingtalk.js'
import { startProduct } from '../testing/product.js'
import { eventually, startForTest, type TestStandin } from '../testing/start.js'

let close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close.reverse()) await one()
  close = []
})
async function start(env: Record<string, string> = {}) {
  const product = await startProduct()
  const standin = await startForTest({ product: product.base, realTime: true, env: { ...DING_ENV, ...env } })
  close = [product.close, standin.close]
  return { product, standin }
}
const tell = (standin: TestStandin, n = 0) => standin.control('dingtalk/event', { eventType: 'chat_quit', data: { n } })
const OK = { status: 'SUCCESS', message: 'ok' }

it('tells an event again while nobody acks it, in a new frame about the same event', async () => {
  const { standin } = await start({ STANDIN_DINGTALK_ACK_MS: '600' })
  const line = await connect(standin)
  await tell(standin)
  const [first, second] = [await line.next('EVENT'), await line.next('EVENT')]
  line.ack(second, OK)
  const { attempts } = await outcomeOf(standin, 'delivered')
  expect(attempts.map((a) => a.error)).toEqual(['no ack', null])
  expect(second.headers.eventId).toBe(first.headers.eventId)
  expect(second.headers.messageId).not.toBe(first.headers.messageId)
})

it.each([
  ['LATER', { status: 'LATER', message: 'busy' }, 200, 'LATER'],
  ['a 500', { status: 'SUCCESS' }, 500, 'ack 500: OK'],
])('tells it again after %s, and gives up after two repeats', async (_, data, code, error) => {
  const { standin } = await start()
  const line = await connect(standin)
  await tell(standin)
  for (let n = 0; n < 3; n += 1) line.ack(await line.next('EVENT'), data, code)
  expect((await outcomeOf(standin, 'undelivered')).attempts.map((a) => a.error)).toEqual([error, error, error])
})

it('takes an ack that says no more than 200, as an official client sends it', async () => {
  const { standin } = await start()
  const line = await connect(standin)
  await tell(standin, 7)
  line.ack(await line.next('EVENT'), { n: 7 })
  expect((await outcomeOf(standin, 'delivered')).attempts).toHaveLength(1)
})

it('keeps an event for who connects a moment later, but no message to the robot', async () => {
  const { standin } = await start({ STANDIN_DINGTALK_GAPS_MS: '300,300' })
  await standin.control('dingtalk/say', { userid: 'linxiao', text: '今天跟谁' })
  await tell(standin)
  const line = await connect(standin)
  line.ack(await line.next('EVENT'), OK)
  await eventually(async () => {
    const [robot, event] = await pushes(standin)
    expect([robot?.outcome, event?.outcome]).toEqual(['undelivered', 'delivered'])
    expect(robot?.attempts).toMatchObject([{ error: 'no connection' }])
  })
  expect(line.heard.some(({ type }) => type === 'CALLBACK')).toBe(false)
})

it('tells a lost event again when the connection breaks before its ack', async () => {
  const { standin } = await start()
  const [first] = [await connect(standin)]
  await tell(standin)
  await first.next('EVENT')
  expect(await standin.control('dingtalk/connections/break', {})).toEqual({ cut: 1 })
  await first.closed
  const second = await connect(standin)
  second.ack(await second.next('EVENT'), OK)
  expect((await outcomeOf(standin, 'delivered')).attempts[0]?.error).toBe('no ack')
})

it('pushes a message to the robot once, ack or not; again after its while if it is read so', async () => {
  const { standin } = await start({ STANDIN_DINGTALK_ACK_MS: '30' })
  const line = await connect(standin)
  await standin.control('dingtalk/say', { userid: 'linxiao', text: '记 明天回访' })
  const frame = await line.next('CALLBACK')
  expect(frame.headers.topic).toBe('/v1.0/im/bot/messages/get')
  expect(JSON.parse(frame.data)).toMatchObject({ senderStaffId: 'linxiao', text: { content: '记 明天回访' }, msgtype: 'text' })
  expect((await outcomeOf(standin, 'delivered')).attempts).toHaveLength(1)

  const other = await start({ STANDIN_DINGTALK_ACK_MS: '600', STANDIN_DINGTALK_ROBOT_REPEAT_MS: '30' })
  const again = await connect(other.standin)
  void other.standin.control('dingtalk/say', { userid: 'linxiao', text: '在吗' })
  const [one, two] = [await again.next('CALLBACK'), await again.next('CALLBACK')]
  again.ack(two, { response: null })
  expect(JSON.parse(two.data).msgId).toBe(JSON.parse(one.data).msgId)
  expect((await outcomeOf(other.standin, 'delivered')).attempts).toHaveLength(2)
})

it('delivers again on order although it was taken, about the same event', async () => {
  const { standin } = await start()
  const line = await connect(standin)
  await standin.control('dingtalk/deliveries', { copies: 2 })
  await tell(standin)
  const [first, second] = [await line.next('EVENT'), line.next('EVENT')]
  line.ack(first, OK)
  line.ack(await second, OK)
  expect((await second).headers.eventId).toBe(first.headers.eventId)
})

it('keeps back what it is told to, and releases it in any order', async () => {
  const { standin } = await start()
  const line = await connect(standin)
  await standin.control('dingtalk/deliveries', { held: true })
  const ids: string[] = []
  for (let n = 0; n < 4; n += 1) ids.push((await tell(standin, n)).id)
  expect(line.heard).toHaveLength(0)
  expect(await standin.control('dingtalk/deliveries/release', { ids: [ids[2]] })).toEqual({ released: [ids[2]] })
  const take = async () => {
    const frame = await line.next('EVENT')
    line.ack(frame, OK)
    return JSON.parse(frame.data).n
  }
  expect(await take()).toBe(2)
  await standin.control('dingtalk/deliveries/release', { order: 'reversed' })
  expect([await take(), await take(), await take()]).toEqual([3, 1, 0])
})

it('sends over HTTP or a connection, as the organisation changes it', async () => {
  const { product, standin } = await start()
  const line = await connect(standin)
  product.handle = (_, res) => void res.end(JSON.stringify({ msgtype: 'text', text: { content: '好的' } }))
  expect(await standin.control('dingtalk/mode', { mode: 'http' })).toEqual({ mode: 'http' })
  await standin.restart()
  await standin.control('dingtalk/say', { userid: 'linxiao', text: '今日必跟' })
  expect(product.received).toHaveLength(1)
  expect(line.heard.filter(({ type }) => type === 'CALLBACK')).toHaveLength(0)
})

it('tells of a used-up month without contents, but of the contacts all the same', async () => {
  const { standin } = await start({ DINGTALK_MONTHLY_PUSHES: '1' })
  const line = await connect(standin)
  const take = async () => {
    const frame = await line.next('EVENT')
    line.ack(frame, OK)
    return JSON.parse(frame.data)
  }
  await tell(standin, 1)
  expect(await take()).toEqual({ n: 1 })
  await tell(standin, 2)
  expect(await take()).toEqual({ errCode: 20001, errMsg: expect.any(String) })
  await standin.control('dingtalk/event', { eventType: 'user_add_org', data: { userId: ['linxiao'] } })
  expect(await take()).toEqual({ userId: ['linxiao'] })
})
