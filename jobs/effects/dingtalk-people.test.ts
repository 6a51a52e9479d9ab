import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Dingtalk } from '../../channels/dingtalk/client.js'
import { clientOf } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { clientOf as wecomOf } from '../../channels/wecom/fixtures/qyapi.js'
import { findPeopleByNumber } from '../../domain/call/find-people.js'
import { lookAtCustomersOf, lookForCustomers } from '../../domain/crm/look.js'
import { lookAtDingtalk, lookAtDingtalkSoon } from '../../domain/directory/look-at-dingtalk.js'
import { lookForDingtalkContacts } from '../../domain/listed-contact/look.js'
import { ensurePerson } from '../../domain/person/identify.js'
import { joinKnown } from '../../domain/person-join/join-known.js'
import { keepPoint } from '../../domain/reach/keep-point.js'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../../simulator/testing/dingtalk-api.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { doEffects } from '../../test/factories/effects.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

/** DingTalk's people, ours and others', read from the stand-in: 林晓 and 吴敏 are in DingTalk alone, 王磊 in both apps. */
let database: Awaited<ReturnType<typeof freshDb>>
let standin: DingtalkStandin
let dingtalk: Dingtalk
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE person, team, chore, outbox, identity, contact, listed_contact, person_join CASCADE`
  cast = await createCast(database.db)
  standin = await startWithDingtalk()
  const { clientId, clientSecret, corpId, agentId } = DINGTALK
  ;({ dingtalk } = clientOf(standin.base, { settings: { clientId, clientSecret, corpId, agentId } }))
})
afterEach(() => standin.close())

const inDingtalk = { platform: 'dingtalk', organisation: DINGTALK.corpId, kind: 'member' }
const KINDS = ['list-dingtalk-department', 'list-dingtalk-contacts', 'fetch-dingtalk-contact', 'fetch-member']
const act = (now: Date, kinds = KINDS) =>
  doEffects(cast.db, wecomOf('http://127.0.0.1:1').wecom, kinds, { now, until: new Date(now.getTime() + 5 * MINUTE), dingtalk })
const DIRECTORY = ['list-dingtalk-department']
const reads = async (now = NOW) => {
  await inWork(cast.db, (work) => lookAtDingtalk(work, { early: false }), now)
  return act(now, DIRECTORY)
}
const member = async (value: string) =>
  cast.db.person.findFirstOrThrow({
    where: { identities: { some: { platform: 'dingtalk', kind: 'member', value } } },
    include: { team: true, manager: true, points: true, identities: { orderBy: { kind: 'asc' } } },
  })

describe('the directory', () => {
  it('says who is there, in which team and under whom; the number is for knowing them, not for writing to', async () => {
    await reads()
    const lin = await member('linxiao')
    expect(lin).toMatchObject({ name: '林晓', team: { name: '工程渠道组', nameFrom: 'dingtalk' }, manager: { name: '吴敏' } })
    expect(lin.identities).toMatchObject([{ kind: 'member' }, { kind: 'unionid', value: 'uLinxiaoB0100' }])
    expect(lin.points).toMatchObject([{ channel: 'sms', source: 'platform', provedAt: null }])
    expect(await findPeopleByNumber(cast.db, chatOnly.points, ['13800010009'])).toEqual(new Map([['13800010009', lin.id]]))
    // 华东一组 is in both apps, and is one team.
    expect(await cast.db.team.findMany({ where: { name: { contains: '华东一组' } } })).toMatchObject([
      { name: '华东一组', dingtalkKey: expect.stringContaining('dingtalk:') },
    ])
  })

  it('is read once a day, and once for all departments that change within ten minutes', async () => {
    expect(await reads()).not.toEqual([])
    expect(await reads(at(HOUR))).toEqual([])
    for (const minute of [1, 2, 3]) await inWork(cast.db, lookAtDingtalkSoon, at(HOUR + minute * MINUTE))
    const rows = await cast.db.outbox.findMany({ where: { kind: 'list-dingtalk-department', state: 'open' } })
    expect(rows).toMatchObject([{ notBefore: at(HOUR + 10 * MINUTE) }])
  })

  it('leaves what was set by hand, and what WeCom’s says', async () => {
    await reads()
    const { id } = await member('linxiao')
    const other = await cast.db.team.findFirstOrThrow({ where: { name: '内勤与产品' } })
    for (const teamFrom of ['hand', 'directory']) {
      await cast.db.person.update({ where: { id }, data: { teamId: other.id, teamFrom, managerId: null, managerFrom: teamFrom } })
      await reads(at((teamFrom === 'hand' ? 1 : 2) * DAY))
      expect(await member('linxiao')).toMatchObject({ teamId: other.id, manager: null })
    }
  }, 30_000)

  it('whoever is in both apps is one as soon as they prove the number that DingTalk tells', async () => {
    await reads()
    await inWork(cast.db, joinKnown)
    expect(await cast.db.personJoin.count()).toBe(0)
    const personId = await cast.personId('wanglei')
    const proved = { personId, channel: 'sms' as const, value: '13800010001', source: 'typed' as const }
    await inWork(cast.db, (work) => keepPoint(work, chatOnly.points, proved))
    await inWork(cast.db, joinKnown)
    expect((await member('ding_wanglei')).id).toBe(personId)
    // And the next look finds them so.
    await reads(at(DAY))
    expect(await member('ding_wanglei')).toMatchObject({ id: personId, name: '王磊' })
  })
})

it('whoever writes first is known by name and number after a moment', async () => {
  const as = { ...inDingtalk, value: 'wumin' }
  await inWork(cast.db, (work) => ensurePerson(work, as))
  await act(NOW, ['fetch-member'])
  expect(await member('wumin')).toMatchObject({ name: '吴敏', points: [{ provedAt: null }] })
})

describe('external contacts', () => {
  const looks = async (now: Date) => {
    await inWork(cast.db, lookForDingtalkContacts, now)
    await act(now)
  }
  const firsts = () => cast.db.firstContact.findMany({ include: { contact: true, person: { select: { name: true } } } })
  const zhou = { name: '周工', mobile: '13700029999', follower: 'linxiao', company: '镇海石化', title: '', remark: '看样品' }

  it('are looked at every ten minutes in the day, one look at a time', async () => {
    const asked = () => cast.db.outbox.count({ where: { kind: 'list-dingtalk-contacts' } })
    await inWork(cast.db, lookForDingtalkContacts, NOW)
    await inWork(cast.db, lookForDingtalkContacts, at(MINUTE))
    await inWork(cast.db, lookForDingtalkContacts, at(10 * MINUTE))
    expect(await asked()).toBe(1)
    await act(at(10 * MINUTE))
    await inWork(cast.db, lookForDingtalkContacts, at(11 * MINUTE))
    expect(await asked()).toBe(2)
    await act(at(11 * MINUTE))
    for (const minute of [10, 20, 30, 40]) await inWork(cast.db, lookForDingtalkContacts, at(13 * HOUR + minute * MINUTE))
    expect(await asked()).toBe(3)
  })

  it('that a colleague adds are first contacts at the next look; those from before are history', async () => {
    await looks(NOW)
    expect(await cast.db.contact.count({ where: { name: { in: ['沈工', '蒋经理'] } } })).toBe(2)
    expect(await firsts()).toEqual([])
    const { userid } = await standin.control('dingtalk/contact', zhou)
    await looks(at(10 * MINUTE))
    expect(await firsts()).toMatchObject([
      { source: 'dingtalk', state: 'open', contact: { name: '周工', corpName: '镇海石化' }, person: { name: '林晓' } },
    ])
    await standin.control('dingtalk/contact/delete', { userid })
    await looks(at(20 * MINUTE))
    const follow = { contact: { name: '周工' } }
    expect(await cast.db.follow.findFirst({ where: follow })).toMatchObject({ endedBy: 'rep', remark: '看样品' })
    await looks(at(30 * MINUTE))
    expect(await firsts()).toHaveLength(1)
  })
})

describe('customers in 钉钉 CRM', () => {
  const CRM = ['list-dingtalk-customers']
  const looks = async (now: Date) => {
    await inWork(cast.db, lookForCustomers, now)
    await act(now, CRM)
  }
  const firsts = () => cast.db.firstContact.findMany({ include: { contact: true, person: { select: { name: true } } } })
  const customer = (data: object) => standin.control('dingtalk/customer', { owner: 'linxiao', data })
  beforeEach(async () => {
    await inWork(cast.db, (work) => ensurePerson(work, { ...inDingtalk, value: 'linxiao' }))
  })

  it('from before are customers of their owner, and start no clock; a new one is a first contact', async () => {
    await looks(NOW)
    expect(await firsts()).toEqual([])
    const before = await cast.db.contact.count({ where: { identities: { some: { platform: 'dingtalk-crm' } } } })
    expect(before).toBe(1)
    await customer({ customer_name: '象山船厂', customer_contact: '郑工', customer_phone: '13700031111' })
    await inWork(cast.db, (work) => lookAtCustomersOf(work, 'linxiao'), at(MINUTE))
    await inWork(cast.db, (work) => lookAtCustomersOf(work, 'linxiao'), at(2 * MINUTE))
    await act(at(10 * MINUTE), CRM)
    expect(await firsts()).toMatchObject([{ source: 'crm', state: 'open', contact: { name: '郑工', corpName: '象山船厂' } }])
    expect(await cast.db.outbox.count({ where: { kind: 'list-dingtalk-customers' } })).toBe(4)
    await looks(at(HOUR))
    expect(await firsts()).toHaveLength(1)
  })

  it('with a name that we know are proposed, and joined by nobody', async () => {
    await looks(NOW)
    const known = await cast.customer('wmRenji')
    await customer({ customer_name: known.name, customer_contact: '新来的', customer_phone: '13700032222' })
    await looks(at(HOUR))
    expect(await firsts()).toMatchObject([{ state: 'known', proposedCustomerId: known.id, proposedWhy: 'company' }])
    expect(await cast.db.customer.count({ where: { name: known.name } })).toBe(1)
  })

  it('without the right to them are left alone, which administrators hear once, and found again once it is given', async () => {
    const told = () => cast.db.outbox.count({ where: { kind: 'send-text', key: { startsWith: 'dingtalk-crm-off' } } })
    const asked = () => cast.db.outbox.count({ where: { kind: 'list-dingtalk-customers' } })
    await standin.control('dingtalk/scope', { scope: 'qyapi_crm_maindata_read', granted: false })
    await looks(NOW)
    expect([await told(), await asked()]).toEqual([1, 2])
    await looks(at(HOUR))
    expect(await asked()).toBe(2)
    await looks(at(8 * DAY))
    expect([await told(), await asked()]).toEqual([1, 4])
    await standin.control('dingtalk/scope', { scope: 'qyapi_crm_maindata_read', granted: true })
    await looks(at(16 * DAY))
    await looks(at(16 * DAY + HOUR))
    expect(await asked()).toBe(8)
  })
})
