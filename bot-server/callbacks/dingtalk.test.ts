import { describe, expect, it } from 'vitest'
import { prepareCallback } from '../../channels/dingtalk/crypto.js'
import { vectors } from '../../channels/dingtalk/fixtures/vectors.js'
import { maxCallbackBytes } from '../../channels/sealed/limit.js'
import { decrypt, isSigned } from '../../channels/sealed/seal.js'
import { newId } from '../../lib/ids.js'
import { left, now, said, useDingtalkCallbacks } from '../../test/factories/dingtalk-callbacks.js'
import {
  dingtalkSeals,
  dingtalkSettings,
  type Push,
  pushEvent,
  pushPress,
  pushRobot,
} from '../../test/factories/dingtalk-push.js'
import { at, HOUR } from '../../test/factories/work.js'
import { createDingtalkHearing } from './hear-dingtalk.js'
import { createInboxStore } from './store-inbox.js'

const bench = useDingtalkCallbacks()
const { start, send, stored, keys, hold } = bench

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
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => send(pushEvent(left), i % 2 ? bench.server : bench.second)),
    )
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
    const warned = bench.server.of('warn', 'error')
    expect(warned).toHaveLength(1)
    expect(warned[0]?.words).toMatch(/^DingTalk callback refused: /)
    expect(JSON.stringify(bench.server.lines)).not.toMatch(/机密|mryue|dingOther|of-the-test|ZhaoQiang/)
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

it('what comes out of the month’s quota is counted, and its end is told and kept nowhere', async () => {
  const pushes: string[] = []
  const ends: string[] = []
  const store = createInboxStore(bench.server.db)
  const hearing = createDingtalkHearing({
    ...{
      db: bench.server.db,
      clock: bench.server.clock,
      bells: bench.server.bells,
      log: bench.server.log,
      store,
      takeNow: bench.server.handler.takeNow,
    },
    ...{ corpId: dingtalkSettings.DINGTALK_CORP_ID, publicUrl: bench.server.base },
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
