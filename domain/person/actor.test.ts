import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type Actor, changeVisibleTo, contactVisibleTo, getActor, visibleTo } from './actor.js'
import { role as anyRole, type Role } from './person.contract.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let change: string
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  change = await cast.captures('wmRenji')
})
afterAll(() => database.close())

const customers = async (actor: Actor) =>
  (await database.db.customer.findMany({ where: visibleTo(actor) })).map((one) => one.name).sort()
const contacts = async (actor: Actor) =>
  (await database.db.contact.findMany({ where: contactVisibleTo(actor) })).map((one) => one.name).sort()
const seesChange = async (actor: Actor) =>
  (await database.db.requirementChange.count({ where: { id: change, ...changeVisibleTo(actor) } })) > 0

const all = ['仁济骨科医院', '华强五金', '金海机电'].sort()
const strangers = anyRole.options.filter((role) => !['manager', 'admin', 'lead'].includes(role))

describe('customers and their contacts', () => {
  it('a rep sees their own', async () => {
    expect(await customers(await cast.actor('wanglei'))).toEqual(['仁济骨科医院', '华强五金'].sort())
    expect(await customers(await cast.actor('chenjing'))).toEqual(['金海机电'])
    expect(await contacts(await cast.actor('chenjing'))).toEqual(['金经理'])
  })

  it('a lead sees the team’s, and nothing of other teams', async () => {
    const { teamId } = await cast.actor('wanglei')
    const lead = (team: string | null): Actor => ({ personId: newId(), name: '', roles: ['lead'], teamId: team })
    expect(await customers(lead(teamId))).toEqual(all)
    expect(await customers(lead((await cast.actor('heping')).teamId))).toEqual([])
    expect(await customers(lead(null))).toEqual([])
  })

  it.each(['manager', 'admin'] as const)('a %s sees all', async (role) => {
    expect(await customers({ personId: newId(), name: '', roles: [role], teamId: null })).toEqual(all)
  })

  it.each(strangers)('%s sees none by this door', async (role: Role) => {
    const actor: Actor = { personId: newId(), name: '', roles: [role], teamId: (await cast.actor('wanglei')).teamId }
    expect(await customers(actor)).toEqual([])
    expect(await contacts(actor)).toEqual([])
  })

  it('whoever follows a contact sees the contact, and not the customer', async () => {
    const actor = await cast.actor('zhoumin')
    await database.db.follow.create({
      data: { contactId: await cast.contactId('wmJinhai'), personId: actor.personId, since: NOW },
    })
    expect(await contacts(actor)).toEqual(['金经理'])
    expect(await customers(actor)).toEqual([])
  })
})

it('a change is seen by who sees the customer, who captured it, and who was asked', async () => {
  const eyes: Record<string, boolean> = {}
  for (const userid of ['wanglei', 'lina', 'heping', 'zhaoqiang', 'sunyue', 'chenjing', 'zhoumin'])
    eyes[userid] = await seesChange(await cast.actor(userid))
  expect(eyes).toEqual({
    wanglei: true,
    lina: true,
    heping: true,
    zhaoqiang: true,
    sunyue: true,
    chenjing: false,
    zhoumin: false,
  })
})

it('who has left acts no more, and a role that nobody knows gives nothing', async () => {
  const [left, odd] = [newId(), newId()]
  await database.db.person.create({ data: { id: left, name: '走了', roles: ['admin'], leftAt: NOW } })
  await database.db.person.create({ data: { id: odd, name: '怪', roles: ['root', 'rep'] } })
  await expect(getActor(database.db, left)).rejects.toMatchObject({ code: 'not-a-member', status: 403 })
  expect((await getActor(database.db, odd)).roles).toEqual(['rep'])
})
