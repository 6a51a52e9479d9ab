import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describePlatform } from '../../domain/follow/describe-sync.js'
import { setRule } from '../../domain/rule/rule.js'
import { type Cast, organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { contactEvent, tellEvent } from '../../test/factories/event.js'
import { at, HOUR, inWork, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE touch, first_contact, customer_group, group_member, chore CASCADE`
  ;({ cast } = await createChain(database.db))
})

const tell = (...event: Parameters<typeof contactEvent>) => ({
  at: (when = NOW, heardAt = when, ageMs = 0) => tellEvent(cast.db, contactEvent(...event), { at: when, heardAt, ageMs }),
})
const touches = () => cast.db.touch.findMany({ orderBy: { at: 'asc' } })
const follow = async (userid = 'wanglei', external = 'wmNew') =>
  cast.db.follow.findFirst({ where: { personId: await cast.personId(userid), contactId: await cast.contactId(external) } })
const fetches = () => cast.db.outbox.findMany({ where: { kind: 'fetch-contact' }, orderBy: { id: 'asc' } })

describe('one of ours and a customer add each other', () => {
  it('they know each other, a touch with its channel is noted, and the platform is asked who they are', async () => {
    await tell('add_external_contact', 'WangLei', 'wmNew', { State: 'expo' }).at()
    expect(await follow()).toMatchObject({ since: NOW, confirmedAt: NOW, state: 'expo', endedAt: null })
    expect(await touches()).toMatchObject([{ source: 'add', at: NOW, channel: 'expo', backfilled: false }])
    expect(await cast.db.firstContact.findMany()).toMatchObject([{ state: 'open', source: 'add', channel: 'expo', at: NOW }])
    expect(await fetches()).toHaveLength(1)
  })

  it('told again, and half before full, is one touch and one first contact', async () => {
    await tell('add_half_external_contact', 'wanglei', 'wmNew').at()
    await tell('add_half_external_contact', 'wanglei', 'wmNew').at()
    await tell('add_external_contact', 'wanglei', 'wmNew').at(at(MINUTE))
    expect(await touches()).toMatchObject([{ source: 'half-add', at: NOW }])
    expect(await cast.db.firstContact.count()).toBe(1)
  })

  it('a second rep is a touch, and no second first contact', async () => {
    await tell('add_external_contact', 'wanglei', 'wmNew').at()
    await tell('add_external_contact', 'chenjing', 'wmNew').at(at(SECOND))
    expect(await touches()).toHaveLength(2)
    expect(await cast.db.firstContact.findMany()).toMatchObject([{ personId: await cast.personId('wanglei') }])
  })

  it('the same second, in two transactions at once: nothing is lost', async () => {
    await Promise.all([
      tell('add_external_contact', 'wanglei', 'wmNew').at(),
      tell('add_external_contact', 'chenjing', 'wmNew').at(),
      tell('add_half_external_contact', 'lina', 'wmNew').at(),
    ])
    expect(await touches()).toHaveLength(3)
    expect(await cast.db.firstContact.count()).toBe(1)
    expect(await cast.db.contact.count({ where: { identities: { some: { value: 'wmNew' } } } })).toBe(1)
  })

  it('a profile that was looked up before is looked up again, one that is still to be asked for is not asked for twice', async () => {
    await tell('add_external_contact', 'wanglei', 'wmNew').at()
    await tell('edit_external_contact', 'wanglei', 'wmNew').at(at(SECOND))
    expect(await fetches()).toHaveLength(1)
    await cast.db.outbox.updateMany({ where: { kind: 'fetch-contact' }, data: { calledAt: NOW } })
    await tell('edit_external_contact', 'wanglei', 'wmNew').at(at(MINUTE))
    expect(await fetches()).toHaveLength(2)
  })
})

describe('one deletes the other', () => {
  it.each([
    ['del_external_contact' as const, {}, 'rep'],
    ['del_external_contact' as const, { Source: 'DELETE_BY_TRANSFER' }, 'transfer'],
    ['del_follow_user' as const, {}, 'customer'],
  ])('%s %j: ended by the %s', async (event, more, endedBy) => {
    await tell('add_external_contact', 'wanglei', 'wmNew').at()
    await tell(event, 'wanglei', 'wmNew', more).at(at(MINUTE))
    expect(await follow()).toMatchObject({ endedAt: at(MINUTE), endedBy })
  })

  it('told before the add that it ended: it stays ended, and the touch is noted', async () => {
    await tell('del_follow_user', 'wanglei', 'wmNew').at(at(MINUTE))
    await tell('add_external_contact', 'wanglei', 'wmNew').at(NOW, at(2 * MINUTE))
    expect(await follow()).toMatchObject({ endedAt: at(MINUTE), endedBy: 'customer' })
    expect(await touches()).toMatchObject([{ at: NOW }])
  })

  it('in one second, told the wrong way round: the deletion is the later where it was all that we knew, else the add', async () => {
    await tell('del_follow_user', 'wanglei', 'wmNew').at()
    await tell('add_external_contact', 'wanglei', 'wmNew').at()
    expect(await follow()).toMatchObject({ endedBy: 'customer' })
    await tell('add_external_contact', 'wanglei', 'wmNew2').at(at(-MINUTE))
    await tell('del_follow_user', 'wanglei', 'wmNew2').at()
    await tell('add_external_contact', 'wanglei', 'wmNew2').at()
    expect(await follow('wanglei', 'wmNew2')).toMatchObject({ endedBy: null })
  })

  it('and they come together again: they know each other from then on', async () => {
    await tell('add_external_contact', 'wanglei', 'wmNew').at()
    await tell('del_follow_user', 'wanglei', 'wmNew').at(at(MINUTE))
    await tell('add_external_contact', 'wanglei', 'wmNew').at(at(2 * MINUTE))
    expect(await follow()).toMatchObject({ since: at(2 * MINUTE), endedAt: null, endedBy: null })
    expect(await touches()).toHaveLength(1)
  })

  it('both delete each other: the first ended it', async () => {
    await tell('del_follow_user', 'wanglei', 'wmRenji').at()
    await tell('del_external_contact', 'wanglei', 'wmRenji').at(at(MINUTE))
    expect(await follow('wanglei', 'wmRenji')).toMatchObject({ endedAt: NOW, endedBy: 'customer' })
  })
})

describe('the welcome', () => {
  const welcomes = () => cast.db.outbox.findMany({ where: { kind: 'send-welcome' } })
  const set = (value: string) => inWork(cast.db, (work) => setRule(work, { name: 'welcome', value, by: 'system' }))

  it('is not sent while no administrator has set one', async () => {
    await tell('add_external_contact', 'wanglei', 'wmNew', { WelcomeCode: 'W1' }).at()
    await set('')
    await tell('add_external_contact', 'wanglei', 'wmNew2', { WelcomeCode: 'W2' }).at()
    expect(await welcomes()).toEqual([])
  })

  it('leaves before anything else and within the 20 seconds that its code holds, once a code', async () => {
    await set('您好，有事随时找我')
    await tell('add_half_external_contact', 'wanglei', 'wmNew', { WelcomeCode: 'W1' }).at()
    await tell('add_half_external_contact', 'wanglei', 'wmNew', { WelcomeCode: 'W1' }).at()
    await tell('add_external_contact', 'wanglei', 'wmNew').at(at(SECOND))
    await tell('add_external_contact', 'wanglei', 'wmLate', { WelcomeCode: 'W2' }).at(NOW, at(21 * SECOND), 21 * SECOND)
    expect(await welcomes()).toMatchObject([{ expiresAt: at(20 * SECOND), priority: 9, payload: { code: 'W1' } }])
  })

  it.each([
    ['ahead', 90],
    ['behind', -90],
  ])('leaves all the same where our clock is %s, and the administrator reads by how much', async (_, seconds) => {
    await set('您好，有事随时找我')
    const ours = at(seconds * SECOND)
    await tell('add_external_contact', 'wanglei', 'wmNew', { WelcomeCode: 'W1' }).at(NOW, at(2 * SECOND, ours), 2 * SECOND)
    expect(await welcomes()).toMatchObject([{ expiresAt: at(20 * SECOND, ours), payload: { code: 'W1' } }])
    expect((await describePlatform(cast.db, ours)).skewSeconds).toBe(seconds)
    // The clock was set: the next one arrives in time.
    await tell('add_external_contact', 'wanglei', 'wmNew2', { WelcomeCode: 'W2' }).at(at(HOUR), at(HOUR + SECOND))
    expect((await describePlatform(cast.db, at(HOUR))).skewSeconds).toBeNull()
  })
})

describe('what else is told of a customer', () => {
  it('consent to the archive is kept with the follow', async () => {
    await tell('msg_audit_approved', 'wanglei', 'wmRenji', { WelcomeCode: '' }).at()
    expect(await follow('wanglei', 'wmRenji')).toMatchObject({ consent: 'agreed', consentAt: NOW })
  })

  it('whoever was to take over a customer hears why they did not come', async () => {
    await tell('transfer_fail', 'chenjing', 'wmRenji', { FailReason: 'customer_refused' }).at()
    expect(await cast.db.outbox.findMany({ where: { kind: 'send-text' } })).toMatchObject([
      { payload: { personId: await cast.personId('chenjing'), text: expect.stringMatching(/没有转到你这里：客户没有同意/) } },
    ])
  })
})

describe('groups, tags and the app itself', () => {
  const group = () => cast.db.group.findFirst({ where: { organisation, chatId: 'wrG' } })
  const chat = (ChangeType: string, more = {}) => ({ Event: 'change_external_chat', ChangeType, ChatId: 'wrG', ...more })
  const rows = (kind: string) => cast.db.outbox.count({ where: { kind } })

  it('a group is met by whatever is told of it first, and fetched', async () => {
    await tellEvent(cast.db, chat('update', { UpdateDetail: 'add_member' }))
    await tellEvent(cast.db, chat('create'))
    expect(await group()).toMatchObject({ dismissedAt: null })
    expect(await rows('fetch-group')).toBe(1)
    await tellEvent(cast.db, chat('dismiss'), { at: at(MINUTE) })
    expect(await group()).toMatchObject({ dismissedAt: at(MINUTE) })
  })

  it.each([
    ['update', 1],
    ['delete', 1],
    ['create', 1],
    ['shuffle', 1],
  ])('tags: %s asks for them %i times', async (ChangeType, times) => {
    await tellEvent(cast.db, { Event: 'change_external_tag', ChangeType, Id: 'etA', TagType: 'tag' })
    expect(await rows('fetch-tags')).toBe(times)
  })

  it.each([
    ['inactive_alert', /12月1日起会被停用/],
    ['close_inactive_agent', /已停用/],
    ['reopen_inactive_agent', /重新启用/],
    ['low_active_alert', /12月1日起将不能读取客户数据/],
    ['low_active', /已限制/],
    ['active_restored', /恢复了/],
  ])('%s: the administrator hears of it, once', async (Event, words) => {
    const EffectTime = String(Date.parse('2026-12-01T00:00:00+08:00') / 1000)
    for (let n = 0; n < 2; n += 1) await tellEvent(cast.db, { Event, AgentID: '1', EffectTime })
    const administrators = await cast.db.person.findMany({ where: { roles: { has: 'admin' } } })
    const told = await cast.db.outbox.findMany({ where: { kind: 'send-text' } })
    expect(administrators.length).toBeGreaterThan(0)
    expect(told.map((row) => row.payload)).toEqual(
      administrators.map(({ id }) => ({ personId: id, text: expect.stringMatching(words) })),
    )
  })
})
