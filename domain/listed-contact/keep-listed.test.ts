import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createLooks, lineOf } from '../../test/factories/listed.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { told } from '../../test/factories/profile.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { keepProfiles } from '../customer/keep-profile.js'
import { getArchive } from '../message/get-archive.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let looks: ReturnType<typeof createLooks>
let news: ReturnType<typeof createNewcomers>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  await database.db.$executeRaw`TRUNCATE listed_contact, chore`
  looks = createLooks(cast.db)
  news = createNewcomers(cast)
})

const old = Array.from({ length: 12 }, (_, i) => lineOf({ value: `old${String(i).padStart(3, '0')}` }))
const firstLook = (lines = old) => looks.look('1', lines, { size: 5 })
const follow = async (value: string, userid = 'lin') =>
  cast.db.follow.findUniqueOrThrow({
    where: { contactId_personId: { contactId: await looks.contactId(value), personId: await looks.member(userid) } },
  })

describe('the first look', () => {
  it('is history, page by page: contacts, who has them, and not one clock', async () => {
    await firstLook()
    expect(await cast.db.touch.count({ where: { source: 'dingtalk', backfilled: true } })).toBe(12)
    expect(await news.firsts()).toEqual([])
    expect(await follow('old011')).toMatchObject({ since: NOW, confirmedAt: NOW, addWay: null, endedAt: null })
  })

  it('so is the look after a week in which nobody looked, and nothing that was history becomes news', async () => {
    await firstLook()
    await looks.look('2', [...old, lineOf({ value: 'meanwhile' })], { at: at(8 * DAY) })
    await looks.look('3', [lineOf({ value: 'old000', name: '改名' })], { at: at(8 * DAY + HOUR) })
    expect(await news.firsts()).toEqual([])
  })
})

it('somebody who is in WeCom too keeps the company that only this list names, and is no question for the archive here', async () => {
  const customers = await getArchive(cast.db, null)
  await looks.look('1', [lineOf({ value: 'both', company: '金海' }), lineOf({ value: 'alone' })])
  expect((await getArchive(cast.db, null)).consent).toEqual(customers.consent)
  const contactId = await looks.contactId('both')
  await inWork(cast.db, (work) => keepProfiles(work, contactId, [told({ name: '刘工' }, ['wanglei'])]))
  expect(await cast.db.contact.findUnique({ where: { id: contactId } })).toMatchObject({ corpName: '金海' })
})

describe('a look after it', () => {
  beforeEach(() => firstLook())

  it('finds whoever was not there: a first contact of whose contact it is, with its clock', async () => {
    const line = lineOf({ value: 'new', name: '刘工', company: '金海', number: '13812340000', sharedWith: ['wu'] })
    await looks.look('2', [...old, line], { at: at(10 * MINUTE) })
    const [first, ...more] = await news.firsts()
    expect(more).toEqual([])
    expect(first).toMatchObject({ state: 'open', source: 'dingtalk', at: at(10 * MINUTE), personId: await looks.member('lin') })
    expect(await news.clock(first?.id ?? '')).toMatchObject({ startedAt: at(10 * MINUTE), level: 0 })
    expect(await cast.db.contact.findUnique({ where: { id: first?.contactId } })).toMatchObject({
      name: '刘工',
      corpName: '金海',
    })
    expect(await follow('new', 'wu')).toMatchObject({ endedAt: null, remarkCompany: '金海' })
    expect(await cast.db.contactPhone.findMany({ where: { contactId: first?.contactId } })).toMatchObject([{ source: 'remark' }])
  })

  it('writes nothing about lines that say what they said', async () => {
    await cast.db.contact.updateMany({ where: { identities: { some: { value: 'old007' } } }, data: { corpName: '手改' } })
    await looks.look('2', old, { at: at(10 * MINUTE) })
    const contact = () => looks.contactId('old007').then((id) => cast.db.contact.findUnique({ where: { id } }))
    expect(await contact()).toMatchObject({ corpName: '手改' })
    // Once a day all of them are gone through.
    await looks.look('3', old, { at: at(DAY), whole: true })
    expect(await contact()).toMatchObject({ corpName: null })
  })

  it('follows a new name, a new number and another colleague', async () => {
    const line = { value: 'old001', name: '新名字', number: '13900000001', follower: 'wu' }
    await looks.look('2', [...old.filter(({ value }) => value !== 'old001'), lineOf(line)], { at: at(10 * MINUTE) })
    const id = await looks.contactId('old001')
    expect(await cast.db.contact.findUnique({ where: { id }, include: { phones: true } })).toMatchObject({
      name: '新名字',
      phones: [{ source: 'remark' }],
    })
    expect(await follow('old001')).toMatchObject({ endedAt: at(10 * MINUTE), endedBy: 'rep' })
    expect(await follow('old001', 'wu')).toMatchObject({ endedAt: null })
    expect(await news.firsts()).toEqual([])
  })

  it('asks about whoever it did not come upon, and only then they are gone; back again they are followed again', async () => {
    await looks.look('2', old.slice(1), { at: at(10 * MINUTE) })
    expect(await looks.askedAbout()).toEqual(['old000'])
    expect(await follow('old000')).toMatchObject({ endedAt: null })
    await looks.goes('2', 'old000', at(11 * MINUTE))
    await looks.goes('2', 'old000', at(12 * MINUTE))
    expect(await follow('old000')).toMatchObject({ endedAt: at(11 * MINUTE), endedBy: 'rep' })
    await looks.look('3', old.slice(1), { at: at(20 * MINUTE) })
    expect(await looks.askedAbout()).toHaveLength(1)
    await looks.look('4', old, { at: at(30 * MINUTE) })
    expect(await follow('old000')).toMatchObject({ endedAt: null, endedBy: null })
    expect(await news.firsts()).toEqual([])
  })

  it('an answer that comes after a look has met them again says nothing', async () => {
    await looks.look('2', old.slice(1), { at: at(10 * MINUTE) })
    await looks.look('3', old, { at: at(20 * MINUTE) })
    await looks.goes('2', 'old000', at(21 * MINUTE))
    expect(await follow('old000')).toMatchObject({ endedAt: null })
  })
})

describe('somebody who is known already', () => {
  beforeEach(() => firstLook([]))

  it('by their number in WeCom is the same one, and no new contact', async () => {
    await news.adds('wmNew', { at: at(-HOUR) })
    await news.learns('wmNew', { number: '13812340000' })
    await looks.look('2', [lineOf({ value: 'new', name: '刘工', number: '138 1234 0000' })], { at: at(10 * MINUTE) })
    expect(await looks.contactId('new')).toBe(await cast.contactId('wmNew'))
    const standing = (await news.firsts()).filter(({ state }) => state !== 'merged')
    expect(standing).toMatchObject([{ source: 'add', at: at(-HOUR), state: 'open' }])
    expect(await news.clocks()).toHaveLength(1)
  })

  it('also where a customer is known to be theirs', async () => {
    await news.learns('wmRenji', { number: '13812340000' })
    await looks.look('2', [lineOf({ value: 'new', number: '13812340000' })], { at: at(10 * MINUTE) })
    expect(await looks.contactId('new')).toBe(await cast.contactId('wmRenji'))
    expect(await news.clocks()).toEqual([])
  })

  it('what WeCom says of the two stays, and ends there alone', async () => {
    await news.learns('wmNew', { number: '13812340000' })
    const contactId = await cast.contactId('wmNew')
    const personId = await looks.member('lin')
    await cast.db.follow.create({ data: { contactId, personId, since: NOW, addWay: 1, remark: '微信备注' } })
    const line = lineOf({ value: 'new', number: '13812340000', remark: '钉钉备注' })
    await looks.look('2', [line], { at: at(10 * MINUTE) })
    expect(await follow('new')).toMatchObject({ remark: '微信备注', addWay: 1 })
    await looks.look('3', [], { at: at(20 * MINUTE) })
    await looks.goes('3', 'new', at(21 * MINUTE))
    expect(await follow('new')).toMatchObject({ endedAt: null })
  })

  it('two lines with one number at one platform are two people', async () => {
    await looks.look(
      '2',
      ['a', 'b'].map((value) => lineOf({ value, number: '13812340000' })),
      { at: at(10 * MINUTE) },
    )
    expect(await looks.contactId('a')).not.toBe(await looks.contactId('b'))
  })
})
