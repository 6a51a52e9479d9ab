import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Rig, startRig } from '../rig/rig.js'
import { createChance } from './chance.js'
import { createTraffic, type Traffic } from './traffic.js'

/** DingTalk over HTTP, in real processes: what the platform tells is taken once, what somebody else tells is not. */
let rig: Rig
let traffic: Traffic
beforeAll(async () => {
  rig = await startRig({ dingtalk: 'http', env: { OUTBOX_LEASE_MS: '6000', STANDIN_DINGTALK_GAPS_MS: '4000,14000' } })
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
const rows = (source: string) => rig.db.inbox.count({ where: { source } })
const toldTo = async (userid: string) =>
  (await rig.standin.ding.state()).messages
    .filter(({ chats }) => chats.some((chat) => 'userid' in chat && chat.userid === userid))
    .map(({ words }) => words)
const pushOf = (id: string, outcome: string) =>
  rig.waitFor(
    async () => {
      const push = (await rig.standin.ding.pushes()).find((one) => one.id === id)
      if (push?.outcome !== outcome) throw new Error(JSON.stringify(push))
      return push
    },
    { ...WAIT, what: `a push to be ${outcome}` },
  )

it('answers the console that checks the address', async () => {
  expect(await rig.standin.ding.checkUrl()).toMatchObject({ ok: true, status: 200, answer: 'success' })
  expect(await rows('dingtalk')).toBe(0)
})

it('hears who writes to the robot, and opens no connection', async () => {
  expect(await rig.standin.ding.say({ userid: 'linxiao', text: '我是谁' })).toMatchObject({ answered: true })
  await rig.waitFor(async () => (await toldTo('linxiao')).length === 1, { ...WAIT, what: 'an answer' })
  expect(await toldTo('linxiao')).toEqual(['你是林晓，角色：销售。'])
  expect(await rig.standin.ding.connections()).toEqual([])
})

it('takes an event once that is told three times, and one that fell into a restart', async () => {
  await rig.standin.ding.deliveries({ copies: 3 })
  const told = await rig.standin.ding.event('chat_update_title', { Title: '渠道' })
  const { attempts } = await pushOf(told.id, 'delivered')
  await rig.waitFor(async () => (await rig.standin.ding.pushes()).find(({ id }) => id === told.id)?.attempts.length === 3, WAIT)
  expect(attempts[0]).toMatchObject({ ok: true, status: 200 })
  expect(await rows('dingtalk')).toBe(1)
  await rig.standin.ding.deliveries({ copies: 1 })

  await rig.servers[0]?.kill()
  const missed = await rig.standin.ding.event('chat_update_title', { Title: '工程' })
  await rig.servers[0]?.start()
  expect((await pushOf(missed.id, 'delivered')).attempts[0]?.ok).toBe(false)
  expect(await rows('dingtalk')).toBe(2)
})

it.each([
  ['another token', { token: 'somebodyElses' }],
  ['another owner', { ownerKey: 'dingsomebodyelse' }],
  ['another key', { aesKey: '1234567890123456789012345678901234567890123' }],
])('refuses an event that is sealed with %s', async (_, seal) => {
  const before = await rows('dingtalk')
  const body = { EventType: 'user_leave_org', eventId: 'made-up', userId: ['linxiao'] }
  const answer = await rig.standin.ding.callback({ body, ...seal })
  expect(answer.ok).toBe(false)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(await rows('dingtalk')).toBe(before)
})

it('refuses a message to the robot that is signed with another secret, or hours ago', async () => {
  const before = await rows('dingtalk-robot')
  const body = { msgId: 'made-up', senderStaffId: 'linxiao', msgtype: 'text', text: { content: '我是谁' } }
  for (const wrong of [{ secret: 'guessed' }, { at: Date.now() - 2 * 3_600_000 }]) {
    const { status } = await rig.standin.ding.robotCallback({ body, ...wrong })
    expect(status).toBeGreaterThanOrEqual(400)
  }
  expect(await rows('dingtalk-robot')).toBe(before)
})

it('reads later what was told while no server was there for longer than the platform tries', async () => {
  await rig.servers[0]?.kill()
  const missed = await rig.standin.ding.event('chat_update_title', { Title: '渠道一部' })
  await pushOf(missed.id, 'undelivered')
  await rig.servers[0]?.start()
  const heard = () => rig.db.inbox.count({ where: { source: 'dingtalk', body: { contains: '渠道一部' } } })
  expect(await heard()).toBe(0)
  // To the next look of a working day.
  const { clock } = await rig.standin.state()
  const day = new Date(Date.parse(clock.now) + 24 * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 10)
  await rig.standin.moveClockTo(`${day}T11:30:00+08:00`)
  await rig.waitFor(async () => (await heard()) === 1, { ...WAIT, what: 'the missed event' })
})

it('answers a pressed card on the route that it registered, twice told or not', async () => {
  await rig.standin.ding.say({ userid: 'ding_zhaoqiang', text: '我是谁' })
  await rig.waitFor(async () => (await toldTo('ding_zhaoqiang')).length === 1, { ...WAIT, what: 'an answer' })
  const changeId = await traffic.capture({ rep: 'wanglei', externalUserId: 'wmRenji' })
  await rig.standin.advanceClock(11_000)
  const card = await rig.waitFor(async () => (await rig.standin.ding.state()).cards.at(-1) ?? null, { ...WAIT, what: 'a card' })
  await rig.standin.ding.deliveries({ copies: 2 })
  const press = { userid: 'ding_zhaoqiang', outTrackId: card.outTrackId, action: 'confirm-can' }
  expect(await rig.standin.ding.press(press)).toEqual({ answered: true, changed: true })
  await rig.waitFor(async () => (await rig.standin.ding.pushes()).at(-1)?.attempts.length === 2, { ...WAIT, what: 'the repeat' })
  expect(await rows('dingtalk-card')).toBe(1)
  expect(await rig.db.ask.findMany({ where: { changeId, purpose: 'confirm' }, select: { verdict: true } })).toEqual([
    { verdict: 'can' },
  ])
})
