import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Callback } from '../state/callbacks.js'
import { startProduct } from '../testing/product.js'
import { ARCHIVE_SECRET, CORP_ID, eventually, startForTest, type TestStandin } from '../testing/start.js'

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

const pull = (seq: number, limit = 100, secret = ARCHIVE_SECRET) =>
  standin.json('/__finance/chatdata', { body: { corpid: CORP_ID, secret, seq, limit } })
const say = (text: string) => standin.control('chat', { rep: 'wanglei', externalUserId: 'wmRenji', from: 'customer', text })
/** The demo's own past: seven lines in three chats, three in a group. */
const PAST = 10
const DAY = 86_400_000

it('holds the past of the chats from the first start, oldest first, under the ids that the chats show', async () => {
  const { chatdata } = await pull(0)
  expect(chatdata.map((c: { seq: number }) => c.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  const { chats, customerGroups } = await standin.state()
  const shown = [...chats, ...customerGroups].flatMap((c: { messages: { id: string }[] }) => c.messages.map((m) => m.id))
  expect(chatdata.map((c: { msgid: string }) => c.msgid).sort()).toEqual(shown.sort())
  expect(product.received).toEqual([])
})

it('gives what comes after a seq, at most as many as asked', async () => {
  const { id } = await say('数量加到300套')
  const { errcode, chatdata } = await pull(PAST)
  expect([errcode, chatdata.length]).toEqual([0, 1])
  expect(chatdata[0]).toMatchObject({ seq: PAST + 1, msgid: id, publickey_ver: 3 })
  expect(id).toMatch(/^\d+_\d+_external$/)
  expect((await pull(0, 3)).chatdata).toHaveLength(3)
  expect((await pull(0, 1001)).errcode).toBe(10000)
})

it('asks for the archive secret', async () => {
  expect((await pull(0, 10, 'wrong')).errcode).toBe(40001)
})

it('keeps five days of business time: seq 0 begins within them, an older seq is told so', async () => {
  await standin.control('clock', { advanceMs: 4.4 * DAY })
  const { chatdata } = await pull(0)
  expect(chatdata.length).toBeGreaterThan(0)
  expect(chatdata.length).toBeLessThan(PAST)
  expect((await pull(1)).errcode).toBe(10010)
  await standin.control('clock', { advanceMs: 2 * DAY })
  expect(await pull(0)).toMatchObject({ errcode: 0, chatdata: [] })
  expect(await pull(PAST)).toMatchObject({ errcode: 0, chatdata: [] })
})

it('hears nobody without consent, and nobody when it is off', async () => {
  await standin.control('archive', { consent: { wmRenji: false } })
  await say('没同意存档')
  expect((await pull(PAST)).chatdata).toEqual([])
  await standin.control('archive', { consent: { wmRenji: true } })
  await say('同意了')
  expect((await pull(PAST)).chatdata).toHaveLength(1)
  await standin.control('archive', { on: false })
  await say('停用')
  expect(await pull(0)).toMatchObject({ errcode: 301052, chatdata: [] })
  await standin.control('archive', { on: true })
  expect((await pull(PAST)).chatdata).toHaveLength(1)
})

it('keeps a message taken back as a record of its own', async () => {
  const { id } = await say('价格再降一点')
  await standin.control('revoke', { id })
  expect((await pull(PAST)).chatdata).toHaveLength(2)
  const messages = (await standin.state()).chats.flatMap((c: { messages: { id: string; revoked: boolean }[] }) => c.messages)
  expect(messages.find((m: { id: string }) => m.id === id)).toMatchObject({ revoked: true })
  expect((await standin.ask('/__standin/revoke', { body: { id } })).status).toBe(404)
})

it('rings at most once in 15 seconds, and once more for what came meanwhile', async () => {
  const bells = async () => (await standin.control('callbacks')).map((c: Callback) => `${c.event} ${c.outcome}`)
  for (const text of ['一', '二', '三']) await say(text)
  await eventually(async () => expect(await bells()).toEqual(['msgaudit_notify delivered']))
  expect(product.received[0]?.url.pathname).toBe('/callback/wecom/archive')
  // The bell that is still owed survives a kill; by then its 15 seconds are over.
  standin.time.now += 15_000
  await standin.restart()
  await eventually(async () => expect(await bells()).toEqual(['msgaudit_notify delivered', 'msgaudit_notify delivered']))
  await standin.restart()
  await say('四')
  expect(await bells()).toHaveLength(2)
  expect(product.received).toHaveLength(2)
})
