import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prepareCallback } from '../../channels/dingtalk/crypto.js'
import { vectors } from '../../channels/dingtalk/fixtures/vectors.js'
import { maxCallbackBytes } from '../../channels/sealed/limit.js'
import { decrypt, isSigned } from '../../channels/sealed/seal.js'
import { sayDue } from '../../domain/reminders/say-due.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import {
  dingtalkSeals,
  dingtalkSettings,
  type Push,
  pushEvent,
  pushPress,
  pushRobot,
} from '../../test/factories/dingtalk-push.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { at, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { waitFor } from '../../test/rig/wait-for.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'
import { createDingtalkHearing } from './hear-dingtalk.js'
import { createInboxStore } from './store-inbox.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let second: Server
let cast: Cast
const now = at(MINUTE)
const start = (env: Record<string, string> = dingtalkSettings) =>
  startServer({ database: database.url, redis: redis.url, env, machineNow: () => now })

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  ;[server, second] = await Promise.all([start(), start()])
})
afterAll(async () => {
  await Promise.all([server.close(), second.close()])
  await Promise.all([database.close(), redis.stop()])
})
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE inbox, inbox_key`
  server.lines.length = 0
})

const send = ({ path, body, headers }: Push, to = server) => to.call('POST', path, { body, headers })
const stored = () => database.db.inbox.findMany({ orderBy: { seq: 'asc' } })
const keys = () => database.db.inboxKey.count()
const left = { EventType: 'user_leave_org', EventTime: 1763690400000, CorpId: 'ding9f', eventId: 'e-1', userId: ['ZhaoQiang'] }
const said = { senderStaffId: 'ZhaoQiang', text: { content: ' 帮助' } }

const sweepUntil = (isDone: () => Promise<boolean>) =>
  waitFor(async () => {
    await server.handler.sweep()
    return isDone()
  })

/** One statement that holds what the callback needs, until the function returned is called. */
async function hold(sql: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('BEGIN')
  await client.query(sql)
  return async () => {
    await client.query('ROLLBACK')
    await client.end()
  }
}

describe('an event', () => {
  it('is stored, then answered with a sealed «success»', async () => {
    const answer = await send(pushEvent(left))
    expect(answer.status).toBe(200)
    const { msg_signature, timeStamp, nonce, encrypt } = answer.json
    expect(timeStamp).toBe(String(now.getTime()))
    expect(isSigned(dingtalkSeals[0], msg_signature, { timestamp: timeStamp, nonce, encrypt })).toBe(true)
    expect(decrypt(dingtalkSeals[0], encrypt)).toBe('success')
    expect(await stored()).toMatchObject([
      { source: 'dingtalk', key: 'dingtalk:event:e-1', lane: 'dingtalk:zhaoqiang', state: 'open' },
    ])
  })

  it('of an old subscription is answered for the corp', async () => {
    const answer = await send(pushEvent(left, dingtalkSeals[1]))
    expect(decrypt(dingtalkSeals[1] ?? dingtalkSeals[0], answer.json.encrypt)).toBe('success')
  })

  it.each(vectors.callback_crypto.filter(({ expect: { plaintext } }) => plaintext.startsWith('{')))(
    '$id: the console’s trial is answered and never stored',
    async (vector) => {
      const env = { DINGTALK_TOKEN: vector.token, DINGTALK_AES_KEY: vector.aes_key, DINGTALK_CLIENT_ID: vector.owner_key }
      const configured = await start({ ...dingtalkSettings, ...env })
      const query = new URLSearchParams({ signature: vector.signature, timestamp: vector.timestamp, nonce: vector.nonce })
      const body = JSON.stringify({ encrypt: vector.encrypt })
      const answer = await configured.call('POST', `/callback/dingtalk?${query}`, { body, headers: { origin: '' } })
      await configured.close()
      const [seal] = prepareCallback({ token: vector.token, aesKey: vector.aes_key, clientId: vector.owner_key, corpId: 'x' })
      expect(decrypt(seal, answer.json.encrypt)).toBe(JSON.parse(vector.expect.plaintext).Random ?? 'success')
      expect(await keys()).toBe(0)
    },
  )

  it('told three times, at once and over two servers, is one row', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => send(pushEvent(left), i % 2 ? server : second)))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
    expect(await stored()).toHaveLength(1)
  })

  it('that can’t be stored in time is not acknowledged, and known when it is sent again', async () => {
    const release = await hold('LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE')
    try {
      expect(await send(pushEvent(left))).toMatchObject({ status: 503, text: '' })
    } finally {
      await release()
    }
    expect((await send(pushEvent(left))).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })
})

describe('what is not an honest push of ours is refused', () => {
  const other = prepareCallback({
    token: 'mryue',
    aesKey: dingtalkSettings.DINGTALK_AES_KEY,
    clientId: 'dingOther',
    corpId: 'dingOther2',
  })
  const old = at(-2 * HOUR)
  const unsigned = ({ headers: { sign, ...headers }, ...rest }: Push): Push => ({ ...rest, headers })

  it.each<[string, () => Push, number]>([
    ['an event with a wrong signature', () => ({ ...pushEvent(left), path: `${pushEvent(left).path}` }), 401],
    ['an event without a signature', () => ({ ...pushEvent(left), path: '/callback/dingtalk' }), 401],
    ['an event for another app', () => pushEvent(left, other[0]), 403],
    ['an event that is no JSON', () => pushEvent('<xml>机密的话</xml>'), 400],
    ['an envelope of another shape', () => ({ ...pushEvent(left), body: '{"encrypt":"a","x":1}' }), 400],
    ['more than the platform ever sends', () => ({ ...pushEvent(left), body: 'a'.repeat(maxCallbackBytes + 1) }), 413],
    ['a message signed with another secret', () => pushRobot(said, now, 'not ours'), 401],
    ['a message signed two hours ago', () => pushRobot(said, old), 401],
    ['a message without a sign', () => unsigned(pushRobot(said, now)), 401],
    ['a message to another robot', () => pushRobot({ ...said, robotCode: 'dingOther' }, now), 403],
    ['a message of another organisation', () => pushRobot({ ...said, chatbotCorpId: 'dingOther' }, now), 403],
    ['a message that is no JSON', () => ({ ...pushRobot(said, now), body: '机密的话' }), 400],
    ['a press signed with another secret', () => pushPress({ outTrackId: newId(), userId: 'a' }, now, 'not ours'), 401],
    ['a press signed two hours ago', () => pushPress({ outTrackId: newId(), userId: 'a' }, old), 401],
    ['a press of another organisation', () => pushPress({ outTrackId: newId(), userId: 'a', corpId: 'dingOther' }, now), 403],
  ])('%s', async (_what, make, status) => {
    expect(await send(make())).toMatchObject({ status, text: '' })
    expect(await keys()).toBe(0)
    const warned = server.of('warn', 'error')
    expect(warned).toHaveLength(1)
    expect(warned[0]?.words).toMatch(/^DingTalk callback refused: /)
    expect(JSON.stringify(server.lines)).not.toMatch(/机密|mryue|dingOther|of-the-test|ZhaoQiang/)
  })

  it('a press where no card secret is set, and an event where there is no subscription', async () => {
    const { DINGTALK_CARD_SECRET, DINGTALK_TOKEN, DINGTALK_AES_KEY, ...bare } = dingtalkSettings
    const stream = await start({ ...bare, DINGTALK_MODE: 'stream' })
    expect((await send(pushPress({ outTrackId: newId(), userId: 'a' }, now), stream)).status).toBe(404)
    expect((await send(pushEvent(left), stream)).status).toBe(404)
    await stream.close()
  })

  it('anything, where the organisation has no DingTalk', async () => {
    const none = await start({})
    expect((await send(pushRobot(said, now), none)).status).toBe(404)
    await none.close()
  })
})

describe('what is said to the robot', () => {
  beforeEach(async () => {
    ;({ cast } = await createChain(database.db))
    await knownInDingtalk('zhaoqiang', 'ZhaoQiang')
  })
  const answers = async () => (await database.db.outbox.findMany({ where: { kind: 'send-text' } })).map((row) => row.payload)
  const handled = () => sweepUntil(async () => (await database.db.inbox.count({ where: { state: 'open' } })) === 0)

  it('is stored, and answered alone where it was said', async () => {
    expect(await send(pushRobot({ ...said, msgId: 'm/1' }, now))).toMatchObject({ status: 200, text: '{}' })
    await send(pushRobot({ ...said, msgId: 'm/1' }, now))
    expect(await stored()).toMatchObject([{ source: 'dingtalk-robot', key: 'dingtalk:robot:m/1' }])
    await handled()
    const [answer, ...more] = await answers()
    expect(more).toEqual([])
    expect(answer).toMatchObject({
      personId: await cast.personId('zhaoqiang'),
      platform: 'dingtalk',
      session: expect.any(String),
    })
    expect(answer).not.toHaveProperty('group')
    // Whoever has the session may speak as the robot.
    expect(JSON.stringify(answer)).not.toContain('s-1')
    expect(await database.db.reach.findFirst({ where: { channel: 'dingtalk' } })).toMatchObject({ activeAt: now })
  })

  const group = { conversationType: '2', conversationId: 'cidG', conversationTitle: '项目群', msgId: 'm2' }
  it('in a group is answered in the group, by the same address as events', async () => {
    expect((await send({ ...pushRobot({ ...said, ...group }, now), path: '/callback/dingtalk' })).status).toBe(200)
    await handled()
    expect(await answers()).toMatchObject([{ group: 'cidG', platform: 'dingtalk' }])
  })

  it('in a group, about customers, is answered alone: nobody there reads of customers that are not theirs', async () => {
    await send(pushRobot({ ...said, ...group, text: { content: ' 待办' } }, now))
    await handled()
    const [answer, told, ...more] = await answers()
    expect(answer).toMatchObject({ personId: await cast.personId('zhaoqiang'), platform: 'dingtalk' })
    expect(answer).not.toHaveProperty('group')
    expect(answer).not.toHaveProperty('session')
    expect(told).toMatchObject({ group: 'cidG', text: '赵强，单独发给你了。' })
    expect(more).toEqual([])
  })

  it('as a picture is answered in words', async () => {
    await send(pushRobot({ senderStaffId: 'ZhaoQiang', msgtype: 'picture', content: { downloadCode: 'd' }, msgId: 'm3' }, now))
    await handled()
    expect(await answers()).toMatchObject([{ text: '图片我还看不了，把要说的打成字发给我吧。' }])
  })

  it('by a member whose userid differs in case alone is said by somebody else', async () => {
    await send(pushRobot({ ...said, senderStaffId: 'zhaoqiang', msgId: 'm4' }, now))
    await handled()
    const [answer] = (await answers()) as { personId: string }[]
    expect(answer?.personId).not.toBe(await cast.personId('zhaoqiang'))
  })

  it('by a stranger is answered there, once a day, and makes nobody of them', async () => {
    const people = await database.db.person.count()
    for (const msgId of ['m5', 'm6']) await send(pushRobot({ text: { content: '在吗' }, msgId }, now))
    await send(pushRobot({ text: { content: '在吗' }, msgId: 'm7', senderId: '$:L:$other', sessionWebhook: undefined }, now))
    await handled()
    expect(await stored()).toMatchObject([{ state: 'done', reason: null }, { state: 'done' }, { state: 'done' }])
    const told = await database.db.outbox.findMany({ where: { kind: 'answer-stranger' } })
    expect(told.map((row) => row.payload)).toMatchObject([{ text: expect.stringContaining('认不出你') }])
    expect(JSON.stringify(told[0]?.payload)).not.toContain('s-1')
    expect(await database.db.person.count()).toBe(people)
  })
})

async function knownInDingtalk(userid: string, value: string): Promise<void> {
  const personId = await cast.personId(userid)
  const as = { platform: 'dingtalk', organisation: dingtalkSettings.DINGTALK_CORP_ID, kind: 'member', value }
  await database.db.identity.create({ data: { id: newId(), ...as, personId } })
  await database.db.person.update({ where: { id: personId }, data: { prefers: 'dingtalk' } })
}

it('what comes out of the month’s quota is counted, and its end is told and kept nowhere', async () => {
  const pushes: string[] = []
  const ends: string[] = []
  const store = createInboxStore(server.db)
  const hearing = createDingtalkHearing({
    ...{ db: server.db, clock: server.clock, bells: server.bells, log: server.log, store, takeNow: server.handler.takeNow },
    ...{ corpId: dingtalkSettings.DINGTALK_CORP_ID, publicUrl: server.base },
    ...{ onPush: (source) => pushes.push(source), onQuotaEnd: (words) => ends.push(words) },
  })
  await hearing.hearEvent({ headers: { eventType: 'user_leave_org', eventId: '1' }, data: { userId: ['a'] } }, 't')
  await hearing.hearEvent({ headers: { eventType: 'robot_msg_read', eventId: '2' }, data: { userId: 'a' } }, 't')
  await hearing.hearRobot({ msgId: '3', senderStaffId: 'a' }, 't')
  await hearing.hearRobot({ errCode: 20001, errMsg: '本月推送次数已用完' }, 't')
  expect(pushes).toEqual(['dingtalk', 'dingtalk-robot'])
  const press = { told: { errCode: '20001' }, by: { via: 'stream' as const, messageId: 'm', time: '1' } }
  expect((await hearing.hearPress(press, 't')).answer).toBeNull()
  expect(ends).toEqual(['本月推送次数已用完', '20001'])
  expect(await stored()).toHaveLength(3)
})

describe('a press', () => {
  let copyId: string
  let changeId: string
  beforeEach(async () => {
    ;({ cast } = await createChain(database.db))
    await knownInDingtalk('zhaoqiang', 'ZhaoQiang')
    await knownInDingtalk('sunyue', 'SunYue')
    changeId = await cast.captures('wmRenji')
    const copies = (await cast.askOf(changeId)).card.copies
    copyId = copies.find((copy) => copy.platform === 'dingtalk')?.id ?? ''
    await database.db.cardCopy.updateMany({ data: { state: 'submitted', handle: 'accepted', shown: 1 } })
  })
  const press = (changes: object = {}, when = now) => pushPress({ outTrackId: copyId, userId: 'ZhaoQiang', ...changes }, when)
  const copy = () => database.db.cardCopy.findUniqueOrThrow({ where: { id: copyId }, include: { card: true } })
  const words = async () =>
    (await database.db.outbox.findMany({ where: { kind: 'send-text' } })).map((row) => (row.payload as { text: string }).text)

  it('is answered by the card as it is then, and noted as shown', async () => {
    const answer = await send(press())
    expect(answer.status).toBe(200)
    expect(answer.json.cardData.cardParamMap).toMatchObject({ has_buttons: 'false', settled: expect.stringContaining('赵强') })
    expect(await cast.askOf(changeId)).toMatchObject({ verdict: 'can' })
    await waitFor(async () => (await copy()).shown === 2)
    expect((await copy()).card.version).toBe(2)
    expect(await stored()).toMatchObject([{ source: 'dingtalk-card', state: 'done', reason: null }])
  })

  it('我来跟进 on a reminder is taken, and said by the card in the same answer', async () => {
    await inWork(database.db, (work) => sayDue(work), at(5 * HOUR))
    const mine = { platform: 'dingtalk', personId: await cast.personId('zhaoqiang'), card: { kind: 'reminder' } }
    const { id } = await database.db.cardCopy.findFirstOrThrow({ where: mine })
    const answer = await send(press({ outTrackId: id, action: 'follow-up' }))
    expect(answer.json.cardData.cardParamMap).toMatchObject({
      has_buttons: 'false',
      settled: expect.stringMatching(/赵强.*跟进/),
    })
    expect(await database.db.reminderAct.findMany({ where: { reminder: { subject: { startsWith: 'ask:' } } } })).toMatchObject([
      { act: 'follow-up', personId: mine.personId },
    ])
  })

  it('sent twice at once to two servers is one press, and both are answered alike', async () => {
    const [one, other] = await Promise.all([send(press()), send(press(), second)])
    for (const { json } of [one, other]) expect(json.cardData.cardParamMap).toMatchObject({ settled: '已由赵强答复：能做' })
    expect(await stored()).toHaveLength(1)
    expect((await copy()).card.version).toBe(2)
  })

  it('that comes too late still has the card put right in its answer', async () => {
    await send(press())
    const late = await send(press({ action: 'confirm-can' }, at(2 * MINUTE)))
    expect(late.json.cardData.cardParamMap).toMatchObject({ has_buttons: 'false' })
    expect(await stored()).toHaveLength(2)
    expect((await copy()).card.version).toBe(2)
  })

  it('on somebody else’s card, or on one that nobody knows, changes nothing and is answered in words', async () => {
    expect(await send(press({ userId: 'SunYue' }))).toMatchObject({ status: 200, text: '{}' })
    expect(await words()).toEqual(['这张卡片不是发给你的'])
    expect(await send(press({ outTrackId: newId() }))).toMatchObject({ status: 200, text: '{}' })
    expect(await send(press({ outTrackId: 'no id of ours' }))).toMatchObject({ status: 200, text: '{}' })
    expect((await words()).sort()).toEqual(['这张卡片不是发给你的', '这张卡片不是发给你的', '这张卡片已经失效'])
    expect(await cast.askOf(changeId)).toMatchObject({ verdict: null })
    expect((await copy()).card.version).toBe(1)
  })

  it('that another process is slow with is acknowledged without a card, and handled when it can be', async () => {
    const release = await hold(`SELECT pg_advisory_xact_lock(hashtextextended('dingtalk:zhaoqiang', 1))`)
    try {
      expect(await send(press())).toMatchObject({ status: 200, text: '{}' })
      expect(await stored()).toMatchObject([{ state: 'open' }])
    } finally {
      await release()
    }
    await sweepUntil(async () => (await stored())[0]?.state === 'done')
    // Nobody saw it: the ordinary update mends the card.
    expect(await copy()).toMatchObject({ shown: 1, card: { version: 2 } })
  })

  it('without a button of ours is parked, and acknowledged', async () => {
    expect(await send(press({ action: '' }))).toMatchObject({ status: 200, text: '{}' })
    expect(await stored()).toMatchObject([{ state: 'parked' }])
  })
})
