import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { DingtalkCard } from '../rig/dingtalk-client.js'
import { type Rig, startRig } from '../rig/rig.js'
import { createChance } from './chance.js'
import { hold } from './hold.js'
import { textsOf } from './look.js'
import { createTraffic, type Traffic } from './traffic.js'

/** DingTalk over connections, in real processes: what is said once is answered once, whatever becomes of the connections. */
let rig: Rig
let traffic: Traffic
beforeAll(async () => {
  const env = { OUTBOX_LEASE_MS: '6000', STANDIN_DINGTALK_GAPS_MS: '1500,6000', STANDIN_DINGTALK_ACK_MS: '2500' }
  rig = await startRig({ dingtalk: 'stream', servers: 2, env })
  traffic = createTraffic(rig, createChance())
})
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(rig?.logs().slice(-12_000))
})
afterAll(async () => {
  traffic?.close()
  await rig?.stop()
})

const WAIT = { ms: 60_000, every: 100 }
const SELF = '你是林晓，角色：销售。'
const MANAGER = '你是吴敏，角色：销售经理、主管。'
/** What the robot said to a member alone, oldest first. */
const toldTo = async (userid: string) =>
  (await rig.standin.ding.state()).messages
    .filter(({ chats }) => chats.some((chat) => 'userid' in chat && chat.userid === userid))
    .map(({ words }) => words)
const told = (userid: string, words: string[]) =>
  rig.waitFor(
    async () => {
      expect(await toldTo(userid)).toEqual(words)
      return true
    },
    { ...WAIT, what: 'an answer' },
  )
const connected = (count: number) =>
  rig.waitFor(async () => (await rig.standin.ding.connections()).filter((c) => !c.draining).length === count, {
    ...WAIT,
    what: `${count} connections`,
  })

it('holds two connections between two servers, and answers who writes to the robot', async () => {
  await connected(2)
  await rig.standin.ding.say({ userid: 'linxiao', text: '我是谁' })
  await told('linxiao', [SELF])
})

it('loses nothing that is said while one connection is told to go', async () => {
  for (const { id } of await rig.standin.ding.connections()) {
    expect(await rig.standin.ding.disconnect(id)).toEqual({ told: 1 })
    const { answered } = await rig.standin.ding.say({ userid: 'linxiao', text: '我是谁' })
    expect(answered).toBe(true)
    await connected(2)
  }
  await told('linxiao', [SELF, SELF, SELF])
})

it('goes on talking after all lines were cut in the middle; events that fell into the gap come all the same, once', async () => {
  await rig.standin.ding.cut()
  const { id } = await rig.standin.ding.event('chat_update_title', { Title: '渠道' })
  const push = await rig.waitFor(
    async () => {
      const found = (await rig.standin.ding.pushes()).find((one) => one.id === id)
      return found?.outcome === 'delivered' ? found : null
    },
    { ...WAIT, what: 'the event to be told again' },
  )
  expect(push.attempts.filter(({ ok }) => ok)).toHaveLength(1)
  await connected(2)
  await rig.standin.ding.say({ userid: 'linxiao', text: '我是谁' })
  await told('linxiao', [SELF, SELF, SELF, SELF])
  expect(await rig.db.inbox.count({ where: { source: 'dingtalk' } })).toBe(1)
})

it('answers once what is told three times', async () => {
  await rig.standin.ding.deliveries({ copies: 3 })
  const { msgId } = await rig.standin.ding.say({ userid: 'wumin', text: '我是谁' })
  await told('wumin', [MANAGER])
  await rig.waitFor(async () => (await rig.standin.ding.pushes()).at(-1)?.attempts.length === 3, { ...WAIT, what: 'the repeats' })
  expect(await rig.db.inbox.count({ where: { key: `dingtalk:robot:${msgId}` } })).toBe(1)
  expect(await toldTo('wumin')).toHaveLength(1)
  await rig.standin.ding.deliveries({ copies: 1 })
})

it('answers by the API when the webhook of the chat is over', async () => {
  await rig.standin.ding.say({ userid: 'wumin', text: '我是谁', sessionMs: 0 })
  await rig.waitFor(async () => (await toldTo('wumin')).length === 2, { ...WAIT, what: 'an answer' })
  const { messages } = await rig.standin.ding.state()
  expect(messages.at(-1)).toMatchObject({ by: 'api', words: MANAGER })
})

it('tells an administrator that the month’s pushes are used up, once, and listens again when there are more', async () => {
  const { spent } = await rig.standin.ding.usage()
  await rig.standin.ding.quota({ pushes: spent.pushes })
  const before = await rig.db.inbox.count({ where: { source: 'dingtalk-robot' } })
  for (let n = 0; n < 2; n += 1) await rig.standin.ding.say({ userid: 'wumin', text: '我是谁' })
  await rig.standin.ding.quota({ pushes: 3_000 })
  await rig.standin.ding.say({ userid: 'wumin', text: '我是谁' })
  await rig.waitFor(async () => (await toldTo('wumin')).length === 3, { ...WAIT, what: 'an answer' })
  expect(await rig.db.inbox.count({ where: { source: 'dingtalk-robot' } })).toBe(before + 1)
  const warned = async () => (await textsOf(rig, 'heping')).filter((text) => text.startsWith('钉钉说本月的推送额度用完了'))
  await rig.waitFor(async () => (await warned()).length > 0, { ...WAIT, what: 'the warning' })
  expect(await warned()).toHaveLength(1)
})

const cardOf = (userid: string, but = ''): Promise<DingtalkCard> =>
  rig.waitFor(
    async () => {
      const { cards } = await rig.standin.ding.state()
      const own = cards.filter(({ chat, outTrackId }) => 'userid' in chat && chat.userid === userid && outTrackId !== but)
      return own.at(-1) ?? null
    },
    { ...WAIT, what: 'a card' },
  )
const asked = async (): Promise<string> => {
  const changeId = await traffic.capture({ rep: 'wanglei', externalUserId: 'wmRenji' })
  await rig.standin.advanceClock(11_000)
  return changeId
}
const answersOf = (changeId: string) =>
  rig.db.ask.findMany({ where: { changeId, purpose: 'confirm' }, select: { verdict: true } })
const changesOf = async ({ outTrackId }: DingtalkCard) =>
  (await rig.standin.ding.state()).cards.find((card) => card.outTrackId === outTrackId)?.changes.map(({ by }) => by)

let first: DingtalkCard
it('brings a question to where its person is, and answers the press in the callback, without a call that is paid for', async () => {
  await rig.standin.ding.say({ userid: 'ding_zhaoqiang', text: '我是谁' })
  await rig.waitFor(async () => (await toldTo('ding_zhaoqiang')).length === 1, { ...WAIT, what: 'an answer' })
  const changeId = await asked()
  first = await cardOf('ding_zhaoqiang')
  await rig.standin.ding.deliveries({ copies: 2 })
  const press = { userid: 'ding_zhaoqiang', outTrackId: first.outTrackId, action: 'confirm-can' }
  expect(await rig.standin.ding.press(press)).toEqual({ answered: true, changed: true })
  await rig.standin.ding.deliveries({ copies: 1 })
  expect(await answersOf(changeId)).toEqual([{ verdict: 'can' }])
  expect((await cardOf('ding_zhaoqiang')).shows).toMatchObject({ settled: expect.stringContaining('能做'), buttons: [] })
  const row = await rig.waitFor(
    async () => rig.db.outbox.findFirst({ where: { kind: 'update-card', key: { contains: first.outTrackId }, state: 'done' } }),
    { ...WAIT, what: 'the row that would have mended the card' },
  )
  expect(row.attempts).toBeGreaterThan(0)
  expect(await changesOf(first)).toEqual(['answer'])
})

it('mends the card of a press that could not be answered in time', async () => {
  const changeId = await asked()
  const card = await cardOf('ding_zhaoqiang', first.outTrackId)
  const lock = await hold(rig, `SELECT 1 FROM ask WHERE change_id = '${changeId}' AND purpose = 'confirm' FOR UPDATE`)
  const press = { userid: 'ding_zhaoqiang', outTrackId: card.outTrackId, action: 'confirm-can' }
  const pressed = await rig.standin.ding.press(press)
  expect(pressed.changed).toBe(false)
  await lock.release()
  await rig.waitFor(async () => (await changesOf(card))?.length === 1, { ...WAIT, what: 'the card to be mended' })
  expect(await changesOf(card)).toEqual(['update'])
  expect(await answersOf(changeId)).toEqual([{ verdict: 'can' }])
})

it('is heard by the other server when one is killed', async () => {
  await rig.servers[0]?.kill()
  await connected(2)
  await rig.standin.ding.say({ userid: 'wumin', text: '我是谁' })
  await rig.waitFor(async () => (await toldTo('wumin')).length === 4, { ...WAIT, what: 'an answer' })
  await rig.servers[0]?.start()
})
