import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, organisation } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { contactEvent, tellEvent } from '../../test/factories/event.js'
import { told } from '../../test/factories/profile.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { keepProfiles } from '../customer/keep-profile.js'
import { getGroup } from './get-group.js'
import { keepGroup, type ToldGroup } from './keep-group.js'
import { openGroup } from './open-group.js'
import { tieGroup, untieGroup } from './tie-group.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE touch, first_contact, customer_group, group_member CASCADE`
  ;({ cast } = await createChain(database.db))
})

const wrG = { platform: 'wecom', organisation, chatId: 'wrG' }
const open = async (userid: string, when = NOW) => {
  const actor = await cast.actor(userid)
  return inWork(cast.db, (work) => openGroup(work, actor, wrG), when)
}
const ours = (userid: string) => ({ userid, ours: true, name: null, joinedAt: at(-DAY), scene: 1 })
const theirs = (userid: string, name = '客人') => ({ userid, ours: false, name, joinedAt: at(-HOUR), scene: 3 })
const tells = async (members: ToldGroup['members'], more: Partial<ToldGroup> = {}) => {
  const { id } = await open('wanglei')
  const group = { name: '仁济项目群', owner: 'WangLei', createdAt: at(-DAY), members, ...more }
  await inWork(cast.db, (work) => keepGroup(work, id, organisation, group))
  return id
}
const see = async (userid: string) => getGroup(cast.db, await cast.actor(userid), { chatId: 'wrG' })

describe('a customer group', () => {
  it('opens to whom the platform says that they sit in it; who else claims to is asked about, at most once an hour', async () => {
    expect(await open('wanglei')).toMatchObject({ visible: false })
    await tells([ours('WangLei'), theirs('wmRenji')])
    expect(await open('wanglei')).toMatchObject({ visible: true })
    await cast.db.outbox.updateMany({ where: { kind: 'fetch-group' }, data: { state: 'done' } })
    for (const minute of [0, 1, 60]) expect((await open('chenjing', at(minute * MINUTE))).visible).toBe(false)
    expect(await cast.db.outbox.count({ where: { kind: 'fetch-group', state: 'open' } })).toBe(1)
    await expect(see('chenjing')).rejects.toMatchObject({ code: 'unknown-group' })
  })

  it('knows who of them is ours, whom we know, and who is a stranger; who leaves is gone', async () => {
    await tells([ours('WangLei'), ours('elsewhere'), theirs('wmRenji'), theirs('wmStranger', '小赵')])
    const { name } = await cast.db.contact.findUniqueOrThrow({ where: { id: await cast.contactId('wmRenji') } })
    const { members } = await see('wanglei')
    expect(members.map(({ name, ours }) => ({ name, ours }))).toEqual([
      { name: '未知成员', ours: true },
      { name: '王磊', ours: true },
      { name, ours: false },
      { name: '小赵', ours: false },
    ])
    await tells([ours('WangLei'), theirs('wmRenji')])
    expect((await see('wanglei')).members).toHaveLength(2)
    expect(await cast.db.contact.count({ where: { identities: { some: { value: 'wmStranger' } } } })).toBe(0)
  })

  it('a stranger whom a rep adds later is that member', async () => {
    await tells([ours('WangLei'), theirs('wmNew', '小赵')])
    await tellEvent(cast.db, contactEvent('add_external_contact', 'wanglei', 'wmNew'))
    const contactId = await cast.contactId('wmNew')
    await inWork(cast.db, (work) => keepProfiles(work, contactId, [told({ externalUserId: 'wmNew' }, ['wanglei'])]))
    expect((await see('wanglei')).members).toContainEqual(expect.objectContaining({ key: 'wmNew', contactId }))
  })

  it('told of after it was dismissed, by an answer that was slow, it is there again: the platform says so', async () => {
    const id = await tells([ours('WangLei')])
    await tellEvent(cast.db, { Event: 'change_external_chat', ChangeType: 'dismiss', ChatId: 'wrG' })
    expect(await see('wanglei')).toMatchObject({ dismissed: true })
    expect(await tells([ours('WangLei')])).toBe(id)
    expect(await see('wanglei')).toMatchObject({ dismissed: false })
  })
})

describe('whose group it is', () => {
  const tie = async (userid: string, id: string, customerId: string) => {
    const actor = await cast.actor(userid)
    await inWork(cast.db, (work) => tieGroup(work, actor, { id, customerId }))
  }

  it('is proposed from who sits in it, and tied once', async () => {
    const id = await tells([ours('WangLei'), theirs('wmRenji')])
    const { id: customerId, name } = await cast.customer('wmRenji')
    expect(await see('wanglei')).toMatchObject({
      customer: null,
      proposed: { customerId, name, why: '群里有 1 位是他们的联系人' },
    })
    await tie('wanglei', id, customerId)
    await tie('wanglei', id, customerId)
    expect(await see('wanglei')).toMatchObject({ customer: { id: customerId }, proposed: null, tiedBy: '王磊' })
    expect(await cast.db.auditEntry.count({ where: { subject: `group:${id}`, verb: 'group-tied' } })).toBe(1)
  })

  it('to one customer at a time, of the actor’s own, by who sits in it; untied it is free', async () => {
    const id = await tells([ours('WangLei'), theirs('wmRenji')])
    const own = (await cast.customer('wmRenji')).id
    const others = (await cast.customer('wmJinhai')).id
    await expect(tie('wanglei', id, others)).rejects.toMatchObject({ code: 'unknown-customer' })
    await expect(tie('chenjing', id, others)).rejects.toMatchObject({ code: 'unknown-group' })
    await tie('wanglei', id, own)
    await expect(tie('lina', id, others)).rejects.toMatchObject({ code: 'group-tied' })
    const actor = await cast.actor('wanglei')
    await inWork(cast.db, (work) => untieGroup(work, actor, id))
    expect(await see('wanglei')).toMatchObject({ customer: null, tiedBy: null })
  })

  it('proposes nobody where two weigh the same, nor whom the actor may not see', async () => {
    await tells([ours('WangLei'), ours('ChenJing'), theirs('wmRenji'), theirs('wmJinhai')])
    expect((await see('wanglei')).proposed).toMatchObject({ customerId: (await cast.customer('wmRenji')).id })
    expect((await see('lina')).proposed).toBeNull()
  })
})
