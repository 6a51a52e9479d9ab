import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { useDingtalk } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { createAbsentWecom } from '../../channels/wecom/absent.js'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { pointSecrets } from '../../domain/reach/point-secrets.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { wecomOnly } from '../../test/factories/phone.js'
import { at, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import type { Outlets } from '../outlets.js'
import confirmLeft from './confirm-left.js'
import fetchMember from './fetch-member.js'
import fetchUnassigned from './fetch-unassigned.js'
import sendCode from './send-code.js'

const serveDingtalk = useDingtalk()
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let close: () => Promise<void> = async () => {}
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})
afterEach(() => close())

async function depsOf(answers: Parameters<typeof serveQyapi>[0], outlets: Outlets = chatOnly) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  return {
    ...api,
    deps: { db: database.db, now: NOW, machineNow: NOW, ...wecomOnly(), wecom: clientOf(api.base).wecom, outlets },
  }
}

it('asks of each who is on the platform’s list, page after page, once a day', async () => {
  const info = (...userids: string[]) => userids.map((handover_userid) => ({ handover_userid, external_userid: newId() }))
  const { deps, asksOf } = await depsOf({
    'externalcontact/get_unassigned_list': [
      { info: info('WangLei', 'wanglei'), is_last: false, next_cursor: 'c' },
      { info: info('chenjing', 'stranger'), is_last: true },
    ],
  })
  const result = await fetchUnassigned.run(deps, { day: '2026-11-23' })
  if (!('receipt' in result)) throw new Error('skipped')
  expect(asksOf('externalcontact/get_unassigned_list').map(({ body }) => body?.cursor)).toEqual([undefined, 'c'])
  for (let n = 0; n < 2; n += 1)
    await inWork(database.db, async (work) => fetchUnassigned.keep?.(work, { day: '2026-11-23' }, result.receipt))
  const asked = await database.db.outbox.findMany({ where: { kind: 'confirm-left' } })
  const [wang, chen] = [await cast.personId('wanglei'), await cast.personId('chenjing')]
  expect(asked.map((row) => (row.payload as { personId: string }).personId).sort()).toEqual([wang, chen].sort())
})

it('an app that may not read the list is quiet about it', async () => {
  const { deps } = await depsOf({ 'externalcontact/get_unassigned_list': [{ errcode: 48002, errmsg: 'api forbidden' }] })
  expect(await fetchUnassigned.run(deps, { day: '2026-11-23' })).toMatchObject({
    receipt: { leavers: [], why: expect.stringMatching(/48002/) },
  })
})

it.each([
  [{ errcode: 60111, errmsg: 'userid not found' }, true],
  [{ errcode: 60011, errmsg: 'no privilege' }, false],
  [{ userid: 'wanglei', name: '王磊', status: 2 }, false],
  [{ userid: 'wanglei', name: '王磊', status: 5 }, true],
])('%j: has left is %s', async (answer, left) => {
  const { deps } = await depsOf({ 'user/get': [answer] })
  const payload = { personId: await cast.personId('wanglei'), attempt: 2 }
  const result = await confirmLeft.run(deps, payload)
  if (!('receipt' in result)) throw new Error('skipped')
  await inWork(database.db, async (work) => confirmLeft.keep?.(work, payload, result.receipt))
  expect((await database.db.person.findUniqueOrThrow({ where: { id: payload.personId } })).leftAt !== null).toBe(left)
  expect('skip' in (await confirmLeft.run(deps, payload))).toBe(left)
})

it('where the organisation has given WeCom up, DingTalk alone says who has left and what people are called', async () => {
  const personId = await cast.personId('wanglei')
  const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: 'ding_wang' }
  await database.db.identity.create({ data: { id: newId(), ...as, personId } })
  const { deps } = await depsOf({})
  const { dingtalk } = await serveDingtalk({
    'topapi/v2/user/get': [
      { errcode: 0, result: { userid: 'ding_wang', name: '王磊', dept_id_list: [1] } },
      { errcode: 60121, errmsg: '找不到该用户' },
    ],
  })
  const alone = { ...deps, dingtalk, wecom: createAbsentWecom({ publicUrl: 'https://b.cn', machineNow: () => NOW }) }
  const needs = { ...alone, channels: { wecom: null, dingtalk: null } }
  expect(await fetchMember.run(needs, { personId })).toMatchObject({
    receipt: { wecom: [], dingtalk: [{ user: { name: '王磊' } }] },
  })
  const told = await confirmLeft.run(needs, { personId, attempt: 2 })
  expect(told).toEqual({ receipt: { states: [{ platform: 'dingtalk', state: 'left' }] } })
  expect(await confirmLeft.run({ ...needs, dingtalk: null }, { personId, attempt: 2 })).toHaveProperty('skip')
})

it.each([50002, 50004])(
  'DingTalk’s %i: they are there, out of the app’s range, and nobody takes them for gone',
  async (errcode) => {
    const personId = await cast.personId('wanglei')
    const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: `ding_${errcode}` }
    await database.db.identity.deleteMany({ where: { personId, platform: 'dingtalk' } })
    await database.db.identity.create({ data: { id: newId(), ...as, personId } })
    const { deps } = await depsOf({})
    const { dingtalk } = await serveDingtalk({ 'topapi/v2/user/get': [{ errcode, errmsg: '无权限访问该员工' }] })
    const needs = { ...deps, dingtalk, channels: { wecom: null, dingtalk: null } }
    const told = await confirmLeft.run(needs, { personId, attempt: 2 })
    expect(told).toEqual({ receipt: { states: [{ platform: 'dingtalk', state: 'not-in-range' }] } })
    // Nor is anything known of them, and nobody asks again and again.
    expect(await fetchMember.run(needs, { personId })).toMatchObject({ receipt: { dingtalk: [] } })
  },
)

it('who is there although an event said otherwise is asked for once more, later', async () => {
  const { deps } = await depsOf({ 'user/get': [{ userid: 'wanglei', name: '王磊', status: 1 }] })
  const personId = await cast.personId('wanglei')
  for (const attempt of [1, 2]) {
    const result = await confirmLeft.run(deps, { personId, attempt })
    if ('receipt' in result)
      await inWork(database.db, async (work) => confirmLeft.keep?.(work, { personId, attempt }, result.receipt))
  }
  expect(await database.db.outbox.findMany({ where: { kind: 'confirm-left' } })).toMatchObject([
    { notBefore: at(30 * MINUTE), payload: { attempt: 2 } },
  ])
})

it('a code goes out once, by the channel that it is to prove', async () => {
  const points = pointSecrets('a'.repeat(32))
  const letters: { to: string; text: string; key: string }[] = []
  const mail = {
    use: { send: async (letter: (typeof letters)[number]) => ({ messageId: String(letters.push(letter)) }), close() {} },
    why: null,
  }
  const { deps } = await depsOf({}, { ...chatOnly, points, mail } as Outlets)
  const id = newId()
  const row = {
    id,
    personId: await cast.personId('wanglei'),
    channel: 'mail',
    sealed: points.seal('a@b.cn'),
    hash: 'h',
    codeHash: 'c',
  }
  await database.db.contactCode.create({ data: { ...row, at: NOW, until: at(10 * MINUTE) } })
  const payload = { codeId: id, sealed: points.seal('042137') }
  expect(await sendCode.run(deps, payload)).toEqual({ receipt: { channel: 'mail' } })
  expect(letters).toMatchObject([{ to: 'a@b.cn', text: expect.stringContaining('042137'), key: id }])
  // Died in between: whoever waits asks anew. And what was overtaken does not leave.
  expect(sendCode.ifUnknown).toBe('show')
  await database.db.contactCode.update({ where: { id }, data: { endedAt: NOW } })
  expect(await sendCode.run(deps, payload)).toMatchObject({ skip: expect.any(String) })
  await database.db.contactCode.update({ where: { id }, data: { endedAt: null, channel: 'sms' } })
  await expect(sendCode.run(deps, payload)).rejects.toThrow('没有验证码短信模板')
})
