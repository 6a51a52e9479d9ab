import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Wecom } from '../../channels/wecom/client.js'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { neverSynced, syncDaily, syncNow } from '../../domain/follow/start-sync.js'
import { type Cast, organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { doEffects } from '../../test/factories/effects.js'
import { contactEvent, tellEvent } from '../../test/factories/event.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let close: () => Promise<void> = async () => {}
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE touch, first_contact, customer_group, group_member, chore, contact_phone CASCADE`
  ;({ cast } = await createChain(database.db))
})
afterEach(() => close())

const SYNC = ['list-followers', 'list-contacts', 'backfill-contacts', 'fetch-contact', 'list-groups', 'fetch-group', 'fetch-tags']
const seconds = (when: Date) => Math.floor(when.getTime() / 1000)

type Follower = { userid: string; createtime: number } & Record<string, unknown>
const profile = (external_userid: string, follow_user: Follower[], more = {}) => ({
  external_contact: { external_userid, name: `微信${external_userid}`, avatar: 'https://p.qlogo.cn/a', type: 1, ...more },
  follow_user,
})
const since = (userid: string, when: Date, more = {}): Follower => ({ userid, createtime: seconds(when), ...more })
const line = (external_userid: string, follow_info: Follower) => ({
  external_contact: { external_userid, name: `微信${external_userid}`, type: 1 },
  follow_info,
})

async function platform(answers: Parameters<typeof serveQyapi>[0]) {
  await close()
  const api = await serveQyapi({
    gettoken: [goodToken()],
    'externalcontact/groupchat/list': [{ group_chat_list: [] }],
    'externalcontact/get_corp_tag_list': [{ tag_group: [] }],
    ...answers,
  })
  close = api.close
  const { wecom } = clientOf(api.base, undefined, { corpId: organisation })
  return { ...api, wecom, act: (now: Date, until = now) => doEffects(cast.db, wecom, SYNC, { now, until }) }
}
const nobody = { errcode: 84061, errmsg: 'not external contact' }

const touches = () => cast.db.touch.findMany({ orderBy: [{ at: 'asc' }, { key: 'asc' }] })
const firstContacts = () => cast.db.firstContact.count({ where: { state: 'open' } })
const follow = async (external: string, userid = 'wanglei') =>
  cast.db.follow.findFirst({ where: { personId: await cast.personId(userid), contactId: await cast.contactId(external) } })
const sync = (day: string, when: Date) => inWork(cast.db, (work) => syncDaily(work, day), when)
const add = (external: string, when: Date, more = {}) =>
  tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', external, more), { at: when })

describe('a profile', () => {
  it('fills the contact, each follow, and the phones that reps wrote down, sealed', async () => {
    const { act } = await platform({
      'externalcontact/get': [
        profile('wmNew', [
          since('WangLei', at(-MINUTE), {
            remark: '刘主任',
            remark_corp_name: '仁济骨科医院',
            remark_mobiles: ['+86 138-0000-1111', '没有'],
            add_way: 3,
            state: 'expo',
            tags: [{ group_name: '等级', tag_name: '重要', tag_id: 'etA', type: 1 }],
          }),
        ]),
      ],
    })
    await add('wmNew', NOW)
    await act(NOW)
    const contact = await cast.db.contact.findUniqueOrThrow({
      where: { id: await cast.contactId('wmNew') },
      include: { phones: true },
    })
    expect(contact).toMatchObject({ name: '微信wmNew', provisional: false, avatar: 'https://p.qlogo.cn/a', kind: 'wechat' })
    expect(contact.phones).toMatchObject([{ source: 'remark' }])
    expect(contact.phones.map(({ sealed }) => chatOnly.phones.open(sealed))).toEqual(['13800001111'])
    expect(await follow('wmNew')).toMatchObject({
      since: at(-MINUTE),
      remark: '刘主任',
      remarkCompany: '仁济骨科医院',
      addWay: 3,
      state: 'expo',
      tags: [{ id: 'etA', name: '重要', type: 1 }],
    })
    const [row] = await cast.db.outbox.findMany({ where: { kind: 'fetch-contact' } })
    expect(row?.state).toBe('done')
    expect(await touches()).toMatchObject([{ at: NOW, backfilled: false }])
  })

  it('a half add that the rep has not confirmed is in no profile, and stays', async () => {
    const { act } = await platform({ 'externalcontact/get': [profile('wmNew', [since('chenjing', at(-DAY))]), nobody] })
    await tellEvent(cast.db, contactEvent('add_half_external_contact', 'wanglei', 'wmNew'))
    await act(NOW)
    expect(await follow('wmNew')).toMatchObject({ endedAt: null, addWay: null })
    await tellEvent(cast.db, contactEvent('edit_external_contact', 'chenjing', 'wmNew'), { at: at(MINUTE) })
    await act(at(MINUTE))
    expect(await follow('wmNew')).toMatchObject({ endedAt: null })
    expect(await follow('wmNew', 'chenjing')).toMatchObject({ endedAt: at(MINUTE), endedBy: 'rep' })
  })

  it('whom the customer deleted is on the list all the same: ended, until they come together anew', async () => {
    const { act } = await platform({
      'externalcontact/get': [profile('wmNew', [since('wanglei', NOW)]), profile('wmNew', [since('wanglei', at(HOUR))])],
    })
    await add('wmNew', NOW)
    await tellEvent(cast.db, contactEvent('del_follow_user', 'wanglei', 'wmNew'), { at: at(MINUTE) })
    await act(at(MINUTE))
    expect(await follow('wmNew')).toMatchObject({ endedAt: at(MINUTE), endedBy: 'customer', addWay: 0 })
    await tellEvent(cast.db, contactEvent('edit_external_contact', 'wanglei', 'wmNew'), { at: at(HOUR) })
    await act(at(HOUR))
    expect(await follow('wmNew')).toMatchObject({ since: at(HOUR), endedAt: null })
  })

  it('follows a contact that proved to be another one', async () => {
    const { act } = await platform({ 'externalcontact/get': [profile('wmNew', [since('wanglei', NOW)])] })
    await add('wmNew', NOW)
    const [loser, winner] = [await cast.contactId('wmNew'), await cast.contactId('wmRenji')]
    await cast.db.identity.updateMany({ where: { value: 'wmNew' }, data: { contactId: winner } })
    await cast.db.contact.update({ where: { id: loser }, data: { mergedIntoId: winner } })
    const [ran] = await act(NOW)
    expect(ran).toMatchObject({ kind: 'fetch-contact', skipped: null })
    expect(await cast.db.follow.count({ where: { contactId: winner, addWay: { not: null } } })).toBe(1)
  })
})

describe('the first connect', () => {
  const many = Array.from({ length: 30 }, (_, n) => `wmOld${String(n).padStart(2, '0')}`)
  const lines = (ids: string[], when = at(-300 * DAY)) => ids.map((id) => line(id, since('wanglei', when, { tag_id: ['etA'] })))
  const connected = (
    pages: object[] = [
      { external_contact_list: lines(many.slice(0, 15)), next_cursor: 'C1' },
      { external_contact_list: lines(many.slice(15)), next_cursor: '' },
    ],
  ) =>
    platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['WangLei'] }],
      'externalcontact/list': [{ external_userid: many }],
      'externalcontact/batch/get_by_user': pages,
      'externalcontact/get_corp_tag_list': [{ tag_group: [{ group_id: 'g', tag: [{ id: 'etA', name: '重要' }] }] }],
    })

  it('reads everybody’s customers page by page, as history: touches, no first contact, no profile asked for', async () => {
    const { act, asksOf } = await connected()
    expect(await inWork(cast.db, neverSynced)).toBe(true)
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    expect(asksOf('externalcontact/batch/get_by_user').map(({ body }) => body)).toEqual([
      { userid_list: ['wanglei'], limit: 20 },
      { userid_list: ['wanglei'], limit: 20, cursor: 'C1' },
    ])
    expect(asksOf('externalcontact/get')).toEqual([])
    expect(await touches()).toHaveLength(30)
    expect((await touches()).every((touch) => touch.backfilled)).toBe(true)
    expect(await firstContacts()).toBe(0)
    expect(await follow('wmOld17')).toMatchObject({ since: at(-300 * DAY), tags: [{ id: 'etA', name: '重要', type: 1 }] })
    const pages = await cast.db.outbox.findMany({ where: { kind: 'backfill-contacts' }, orderBy: { id: 'asc' } })
    expect(pages.map((row) => (row.payload as { cursor: string | null }).cursor)).toEqual([null, 'C1'])
    expect(await inWork(cast.db, neverSynced)).toBe(false)
  })

  it('a page that is read twice, because a worker died on it, is read once', async () => {
    const page = { external_contact_list: lines(many), next_cursor: '' }
    const { act } = await connected([page])
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    await cast.db.outbox.updateMany({ where: { kind: { in: SYNC } }, data: { state: 'open' } })
    await act(NOW, at(HOUR))
    expect(await touches()).toHaveLength(30)
    expect(await cast.db.contact.count({ where: { identities: { some: { value: { startsWith: 'wmOld' } } } } })).toBe(30)
  })

  it('whoever was added meanwhile and whose event waits in the inbox is no history', async () => {
    const { act } = await connected([
      { external_contact_list: [...lines(many), ...lines(['wmNow'], at(-SECOND))], next_cursor: '' },
    ])
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    expect(await firstContacts()).toBe(0)
    await add('wmNow', at(-SECOND))
    expect(await firstContacts()).toBe(1)
  })

  it('an administrator may have it done again: nothing comes of it twice', async () => {
    const { act, asksOf } = await connected([{ external_contact_list: lines(many), next_cursor: '' }])
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    await inWork(cast.db, (work) => syncNow(work, 'r1'), at(HOUR))
    await act(at(HOUR), at(2 * HOUR))
    expect(asksOf('externalcontact/list')).toHaveLength(2)
    expect(asksOf('externalcontact/batch/get_by_user')).toHaveLength(1)
    expect(await touches()).toHaveLength(30)
  })
})

describe('the daily look', () => {
  async function connectedYesterday(ids: string[]) {
    const { act } = await platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['wanglei'] }],
      'externalcontact/list': [{ external_userid: ids }],
      'externalcontact/get': ids.map((id) => profile(id, [since('wanglei', at(-300 * DAY))])),
    })
    await sync('2026-11-22', at(-2 * DAY))
    await act(at(-2 * DAY), at(-DAY))
    // A list without anybody new was read to its end.
    await sync('2026-11-23', at(-DAY))
    await act(at(-DAY), NOW)
  }
  const today = (ids: string[], profiles: object[]) =>
    platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['wanglei', 'chenjing'] }],
      'externalcontact/list': [{ external_userid: ids }, nobody],
      'externalcontact/get': profiles,
    })

  it('finds whoever was added without our hearing of it: a first contact, and late', async () => {
    await connectedYesterday(['wmA'])
    expect(await firstContacts()).toBe(0)
    const { act } = await today(['wmA', 'wmMissed'], [profile('wmMissed', [since('wanglei', at(-5 * HOUR), { state: 'expo' })])])
    await sync('2026-11-24', NOW)
    await act(NOW, at(HOUR))
    const missed = { contactId: await cast.contactId('wmMissed') }
    expect(await cast.db.touch.findMany({ where: missed })).toMatchObject([
      { source: 'add', at: at(-5 * HOUR), channel: 'expo', backfilled: false },
    ])
    expect(await cast.db.firstContact.findMany({ where: missed })).toMatchObject([{ state: 'open', at: at(-5 * HOUR) }])
  })

  it('what an old customer of a member who was not there before brings is history', async () => {
    await connectedYesterday(['wmA'])
    const { act, wecom } = await platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['chenjing'] }],
      'externalcontact/list': [{ external_userid: ['wmOld', 'wmFresh'] }],
      'externalcontact/get': [
        profile('wmOld', [since('chenjing', at(-90 * DAY))]),
        profile('wmFresh', [since('chenjing', at(-2 * HOUR))]),
      ],
    })
    expect(wecom.settings.corpId).toBe(organisation)
    await sync('2026-11-24', NOW)
    await act(NOW, at(HOUR))
    const backfilled = async (external: string) =>
      (await cast.db.touch.findFirstOrThrow({ where: { contactId: await cast.contactId(external) } })).backfilled
    expect([await backfilled('wmOld'), await backfilled('wmFresh')]).toEqual([true, false])
  })

  it('ends what a rep deleted without our hearing of it, and asks nobody about the rest', async () => {
    await connectedYesterday(['wmA', 'wmB'])
    const { act, asksOf } = await today(['wmA'], [])
    await sync('2026-11-24', NOW)
    await act(NOW, at(HOUR))
    expect(await follow('wmA')).toMatchObject({ endedAt: null })
    expect(await follow('wmB')).toMatchObject({ endedAt: expect.any(Date), endedBy: 'rep' })
    expect(asksOf('externalcontact/get')).toEqual([])
  })

  it('a look that was not to be had by the next day is that one’s business; an administrator’s is their own', async () => {
    const { act, asksOf } = await today(['wmA'], [profile('wmA', [since('wanglei', at(-300 * DAY))])])
    for (const n of [0, 1, 2]) await sync(`2026-11-2${4 + n}`, at(n * DAY))
    await inWork(cast.db, (work) => syncNow(work, 'r1'), at(2 * DAY))
    const ran = await act(at(2 * DAY))
    expect(ran.filter((one) => one.kind === 'list-followers').map((one) => one.skipped)).toEqual([
      'a later look is asked for',
      'a later look is asked for',
      null,
      null,
    ])
    expect(asksOf('externalcontact/get_follow_user_list')).toHaveLength(2)
  })

  it('what could not be read today is found tomorrow, and is no history by then', async () => {
    await connectedYesterday(['wmA'])
    const { act } = await today(['wmA', 'wmMissed'], [{ errcode: 48002, errmsg: 'api forbidden' }])
    await sync('2026-11-24', NOW)
    await expect(act(NOW, at(HOUR))).rejects.toThrow(/48002/)
    await cast.db.outbox.updateMany({ where: { state: 'open' }, data: { state: 'failed' } })
    const { act: again } = await today(['wmA', 'wmMissed'], [profile('wmMissed', [since('wanglei', at(-5 * HOUR))])])
    await sync('2026-11-25', at(DAY))
    await again(at(DAY), at(DAY + HOUR))
    expect(await firstContacts()).toBe(1)
  })
})

it('names of tags follow the company’s; one that is no more goes, a member’s own stays', async () => {
  const tags = [
    { id: 'etA', name: '老名字', type: 1 },
    { id: 'etGone', name: '没了', type: 1 },
    { id: '', name: '老乡', type: 2 },
  ]
  const where = { contactId: await cast.contactId('wmRenji'), personId: await cast.personId('wanglei') }
  await cast.db.follow.upsert({
    where: { contactId_personId: where },
    create: { ...where, since: NOW, tags },
    update: { tags },
  })
  const { wecom } = await platform({
    'externalcontact/get_corp_tag_list': [{ tag_group: [{ group_id: 'g', tag: [{ id: 'etA', name: '新名字' }] }] }],
  })
  await tellEvent(cast.db, { Event: 'change_external_tag', ChangeType: 'update', Id: 'etA', TagType: 'tag' })
  await doEffects(cast.db, wecom as Wecom, ['fetch-tags'], { now: NOW })
  expect((await follow('wmRenji'))?.tags).toEqual([{ id: 'etA', name: '新名字', type: 1 }, tags[2]])
})
