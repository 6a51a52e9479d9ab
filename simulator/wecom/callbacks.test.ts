import { afterEach, expect, it } from 'vitest'
import type { Callback } from '../state/callbacks.js'
import { startProduct } from '../testing/product.js'
import { AES_KEY, CORP_ID, eventually, startForTest, type TestStandin, TOKEN } from '../testing/start.js'
import { decrypt, sign } from './crypto.js'

let close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close.reverse()) await one()
  close = []
})

/** Repeats follow quickly; an answer is waited for as long as on the real platform, unless the test is about that. */
async function start({ timeout = 5_000, gap = 10 } = {}) {
  const product = await startProduct()
  const standin = await startForTest({
    product: product.base,
    realTime: true,
    env: { STANDIN_CALLBACK_MS: `${timeout}`, STANDIN_CALLBACK_GAP_MS: `${gap}` },
  })
  close = [product.close, standin.close]
  return { product, standin }
}
const first = async (standin: TestStandin, outcome: string) =>
  eventually(async () => {
    const [callback] = (await standin.control('callbacks')) as Callback[]
    expect(callback?.outcome).toBe(outcome)
    return callback as Callback
  })

it('delivers a signed, encrypted message in the documented envelope', async () => {
  const { product, standin } = await start()
  await standin.control('bot', { userid: 'wanglei', text: '今日必跟' })
  await first(standin, 'delivered')
  const [got] = product.received
  const query = Object.fromEntries(got?.url.searchParams ?? [])
  expect(got).toMatchObject({ method: 'POST', url: { pathname: '/callback/wecom' } })
  const encrypted = /<Encrypt><!\[CDATA\[(.+?)\]\]><\/Encrypt>/.exec(got?.body ?? '')?.[1] ?? ''
  expect(query.msg_signature).toBe(sign(TOKEN, query.timestamp ?? '', query.nonce ?? '', encrypted))
  const { message, receiveId } = decrypt(AES_KEY, encrypted)
  expect(receiveId).toBe(CORP_ID)
  expect(message).toMatch(
    /^<xml><ToUserName><!\[CDATA\[wwb0100000000b0100\]\]><\/ToUserName><FromUserName><!\[CDATA\[wanglei\]\]><\/FromUserName><CreateTime>\d+<\/CreateTime><MsgType><!\[CDATA\[text\]\]><\/MsgType><Content><!\[CDATA\[今日必跟\]\]><\/Content><MsgId>\d+<\/MsgId><AgentID>1000002<\/AgentID><\/xml>$/,
  )
})

it('repeats until it is answered 200, each time encrypted afresh', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => void res.writeHead(product.received.length < 3 ? 500 : 200).end()
  await standin.control('enter', { userid: 'wanglei' })
  const { attempts } = await first(standin, 'delivered')
  expect(attempts.map((a) => a.status)).toEqual([500, 500, 200])
  expect(new Set(product.received.map((r) => r.body)).size).toBe(3)
})

it('gives up after the first delivery and three repeats, and says so', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => void res.writeHead(503).end()
  await standin.control('enter', { userid: 'wanglei' })
  const { attempts } = await first(standin, 'undelivered')
  expect(attempts).toHaveLength(4)
  expect(product.received).toHaveLength(4)
  expect((await standin.state()).callbacks).toEqual({ open: 0, undelivered: 1 })
})

it('drops the line when an answer takes too long', async () => {
  const { product, standin } = await start({ timeout: 60 })
  product.handle = () => {} // accepts and never answers
  await standin.control('enter', { userid: 'wanglei' })
  const { attempts } = await first(standin, 'undelivered')
  expect(attempts.every((a) => a.status === null && a.error?.startsWith('no answer within'))).toBe(true)
})

it('sends those of one configuration in the order in which they happened', async () => {
  const { product, standin } = await start()
  const texts = Array.from({ length: 20 }, (_, n) => `第${n}句`)
  product.handle = (_, res) => void setTimeout(() => res.end(), product.received.length % 2 ? 15 : 0)
  for (const text of texts) await standin.control('bot', { userid: 'wanglei', text })
  await eventually(() => expect(product.received).toHaveLength(20))
  const contents = product.received.map((r) => decrypt(AES_KEY, /<Encrypt><!\[CDATA\[(.+?)\]/.exec(r.body)?.[1] ?? '').message)
  expect(contents.map((c) => /第\d+句/.exec(c)?.[0])).toEqual(texts)
})

it('goes on after a restart with what it still owed', async () => {
  const { product, standin } = await start({ gap: 600 })
  await product.close()
  await standin.control('bot', { userid: 'wanglei', text: '记 明天回访' })
  await eventually(async () => expect(((await standin.control('callbacks')) as Callback[])[0]?.attempts).toHaveLength(1))
  await standin.restart()
  await product.listen()
  const { attempts } = await first(standin, 'delivered')
  expect(attempts.at(-1)).toMatchObject({ status: 200 })
})

it('sends hand-made and raw callbacks once and returns the answer', async () => {
  const { product, standin } = await start()
  product.handle = (_, res) => void res.writeHead(403).end('no')
  expect(await standin.control('callback', { config: 'app', Event: 'subscribe', FromUserName: 'lina' })).toMatchObject({
    status: 403,
    answer: 'no',
  })
  expect(await standin.control('callback/raw', { path: '/callback/wecom', query: { nonce: '1' }, body: '<xml/>' })).toMatchObject(
    { status: 403 },
  )
  expect(product.received.map((r) => r.url.search.includes('msg_signature'))).toEqual([true, false])
  expect(product.received).toHaveLength(2)
  expect(await standin.control('callbacks')).toEqual([])
})
