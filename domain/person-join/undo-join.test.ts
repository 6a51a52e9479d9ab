import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { corp } from '../../test/factories/listed.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { at, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { findPeopleByNumber } from '../call/find-people.js'
import { ensurePerson } from '../person/identify.js'
import { joinPersons } from './join-persons.js'
import { undoJoin } from './undo-join.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let winnerId: string
let loserId: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
/** 王磊 in WeCom, and whoever is called 「lin」 in DingTalk. */
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE person, team, chore, outbox, identity, contact, person_join, person_apart CASCADE`
  cast = await createCast(database.db)
  winnerId = await cast.personId('wanglei')
  const as = { platform: 'dingtalk', organisation: corp, kind: 'member', value: 'lin' }
  loserId = await inWork(cast.db, (work) => ensurePerson(work, as))
})

const join = () => inWork(cast.db, (work) => joinPersons(work, { winnerId, loserId, byId: null, why: 'phone' }), at(HOUR))
const undo = (id: string) => inWork(cast.db, (work) => undoJoin(work, 'system', id), at(2 * HOUR))
const point = (personId: string, number: string, proved: boolean) => {
  const { points } = chatOnly
  const told = { source: proved ? 'typed' : 'platform', provedAt: proved ? NOW : null, createdAt: NOW }
  return cast.db.contactPoint.create({
    data: { id: newId(), personId, channel: 'sms', sealed: points.seal(number), hash: points.hash(number), ...told },
  })
}
const pointsOf = (personId: string) => cast.db.contactPoint.findMany({ where: { personId } })

it('nobody keeps the roles that the other brought, whatever else of them changed since', async () => {
  await cast.db.person.update({ where: { id: loserId }, data: { roles: ['admin'] } })
  const id = await join()
  expect((await cast.db.person.findUniqueOrThrow({ where: { id: winnerId } })).roles).toContain('admin')
  await cast.db.person.update({ where: { id: winnerId }, data: { prefers: 'dingtalk' } })
  await cast.db.person.update({ where: { id: loserId }, data: { name: '林' } })
  await undo(id)
  expect(await cast.db.person.findUnique({ where: { id: winnerId } })).toMatchObject({ roles: ['rep'], prefers: 'dingtalk' })
  const apart = { roles: ['admin'], name: '林', leftAt: null, mergedIntoId: null }
  expect(await cast.db.person.findUnique({ where: { id: loserId } })).toMatchObject(apart)
})

it('a number that the other proved takes the place of one that was only told, until they are two again', async () => {
  await point(winnerId, '13800010001', false)
  await point(loserId, '13800010001', true)
  const before = [await pointsOf(winnerId), await pointsOf(loserId)]
  const id = await join()
  expect(await pointsOf(winnerId)).toMatchObject([{ source: 'typed', provedAt: NOW }])
  await undo(id)
  expect([await pointsOf(winnerId), await pointsOf(loserId)]).toEqual(before)
})

it('calls on either number are the survivor’s', async () => {
  await point(winnerId, '13800010001', true)
  await point(loserId, '13800010002', true)
  await join()
  const found = await findPeopleByNumber(cast.db, chatOnly.points, ['13800010001', '13800010002'])
  expect([...found.values()]).toEqual([winnerId, winnerId])
})

it('whoever logged in by the other’s account meanwhile is not taken for somebody else afterwards', async () => {
  const id = await join()
  const session = (platform: string) => ({
    tokenHash: platform,
    personId: winnerId,
    platform,
    createdAt: NOW,
    expiresAt: at(9 * HOUR),
  })
  await cast.db.session.createMany({ data: [session('wecom'), session('dingtalk')] })
  await undo(id)
  expect(await cast.db.session.findMany()).toMatchObject([{ platform: 'wecom', personId: winnerId }])
})
