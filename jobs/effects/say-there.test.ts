import { afterAll, beforeAll, expect, it } from 'vitest'
import { refuse, useDingtalk } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { createDingtalkChannel } from '../../channels/dingtalk/send.js'
import { sealSession } from '../../domain/bot/session-secrets.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { wecomOnly } from '../../test/factories/phone.js'
import { at, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import answerStranger from './answer-stranger.js'
import sendText from './send-text.js'

const serve = useDingtalk()
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: 'Wang01' }
  await database.db.identity.create({ data: { id: newId(), ...as, personId: await cast.personId('wanglei') } })
  const group = { platform: 'dingtalk', organisation: 'dingcorp', chatId: 'cidG', name: '项目群', coolAppCode: 'COOLAPP-1' }
  await database.db.group.create({ data: { id: newId(), ...group, createdAt: NOW } })
})
afterAll(() => database.close())

const answers = {
  'robot/sendBySession': [{ errcode: 0, errmsg: 'ok' }],
  'robot/groupMessages/send': [{ processQueryKey: 'G1' }],
  'robot/oToMessages/batchSend': [{ processQueryKey: 'O1' }],
}
const session = sealSession(chatOnly.sessions, { session: 'S1', until: at(MINUTE) })

/** What left, by path, when that is said at that time. */
async function say(said: { group?: string; session?: string }, changes: Parameters<typeof serve>[0] = {}, machineNow = NOW) {
  const { dingtalk, asksOf } = await serve({ ...answers, ...changes })
  const channels = { wecom: wecomOnly().channels.wecom, dingtalk: createDingtalkChannel(dingtalk) }
  const deps = { db: database.db, now: NOW, machineNow, channels, wecom: {} as never, dingtalk, outlets: chatOnly }
  const personId = await cast.personId('wanglei')
  await sendText.run(deps, { personId, text: '收到', platform: 'dingtalk', ...said })
  return Object.keys(answers).filter((path) => asksOf(path).length > 0)
}

it('answers in the conversation while its webhook holds, alone or in a group', async () => {
  expect(await say({ session })).toEqual(['robot/sendBySession'])
  expect(await say({ session, group: 'cidG' })).toEqual(['robot/sendBySession'])
})

it('afterwards in the group by its id, under its 酷应用, and alone by the member’s', async () => {
  const late = at(MINUTE + SECOND)
  expect(await say({ session, group: 'cidG' }, {}, late)).toEqual(['robot/groupMessages/send'])
  expect(await say({ session }, {}, late)).toEqual(['robot/oToMessages/batchSend'])
  const { dingtalk, asksOf } = await serve(answers)
  const deps = { db: database.db, now: NOW, machineNow: late, channels: { wecom: null, dingtalk: null }, wecom: {} as never }
  await sendText.run({ ...deps, dingtalk, outlets: chatOnly }, { personId: newId(), text: '收到', group: 'cidG' })
  expect(asksOf('robot/groupMessages/send')[0]?.body).toMatchObject({ coolAppCode: 'COOLAPP-1', openConversationId: 'cidG' })
})

it('a stranger is answered in the conversation, and nowhere once that is over', async () => {
  const { dingtalk, asksOf } = await serve(answers)
  const deps = {
    db: database.db,
    now: NOW,
    channels: { wecom: null, dingtalk: null },
    wecom: {} as never,
    dingtalk,
    outlets: chatOnly,
  }
  expect(await answerStranger.run({ ...deps, machineNow: NOW }, { session, text: '你是哪位' })).toEqual({
    receipt: { messageId: null },
  })
  expect(asksOf('robot/sendBySession')[0]).toMatchObject({ query: { session: 'S1' }, body: { text: { content: '你是哪位' } } })
  expect(await answerStranger.run({ ...deps, machineNow: at(2 * MINUTE) }, { session, text: 'x' })).toHaveProperty('skip')
})

it('a webhook that ends before its time falls back likewise', async () => {
  const ended = { 'robot/sendBySession': [{ errcode: 300001, errmsg: 'session 不存在' }] }
  expect(await say({ session, group: 'cidG' }, ended)).toEqual(['robot/sendBySession', 'robot/groupMessages/send'])
  expect(await say({ session }, ended)).toEqual(['robot/sendBySession', 'robot/oToMessages/batchSend'])
})

it('a robot that was taken out of the group says it alone; what may work later is tried again', async () => {
  const late = at(MINUTE + SECOND)
  const out = { 'robot/groupMessages/send': [refuse(400, 'invalidParameter.openConversationId.notExist')] }
  const path = 'robot/groupMessages/send'
  expect(await say({ group: 'cidG' }, out, late)).toEqual([path, 'robot/oToMessages/batchSend'])
  const busy = { [path]: [refuse(500, 'system.error')] }
  await expect(say({ group: 'cidG' }, busy, late)).rejects.toMatchObject({ kind: 'retry' })
})
