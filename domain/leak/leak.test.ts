import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { FIVE_DAYS, type Week } from '../../lib/working-days.js'
import { addTime } from '../../lib/working-time.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { freshDb } from '../../test/setup/db.js'
import type { Actor } from '../person/actor.js'
import { noteActive } from '../reach/note-active.js'
import type { WayName } from '../reminders/ladder.contract.js'
import { dayNumber, daysOf, dayTable, dueOf } from './clock-days.js'
import type { NamesAsked } from './leak.contract.js'
import { listLeaks } from './list-leaks.js'
import { reportLeaks } from './report-leaks.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let lina: Actor
const people: Record<string, string> = {}
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  lina = await cast.actor('lina')
  for (const userid of ['wanglei', 'lina', 'heping']) people[userid] = await cast.personId(userid)
})
afterAll(() => database.close())

/** Monday 7 December 2026, 10:00: three weeks of working days without a holiday lie behind. */
const NOW = new Date('2026-12-07T02:00:00Z')
/** Shanghai. */
const on = (day: string, clock = '10:00') => new Date(`2026-${day}T${clock}:00+08:00`)

type Planted = {
  by?: string
  at: Date
  heard?: Date
  source?: string
  channel?: string | null
  state?: 'open' | 'known' | 'opportunity' | 'not_customer' | 'joined' | 'nurturing' | 'merged'
  closed?: Date
  seen?: Date
  before?: Prisma.InputJsonObject
}
async function plant({
  by = 'wanglei',
  at,
  heard = at,
  source = 'add',
  channel = null,
  state = 'open',
  closed,
  seen,
  before,
}: Planted) {
  const [id, contactId] = [newId(), newId()]
  await database.db.contact.create({ data: { id: contactId, name: `客户${id.slice(-4)}`, createdAt: at } })
  await database.db.firstContact.create({
    data: {
      ...{ id, contactId, personId: people[by] as string, source, channel, at, heardAt: heard, state },
      ...{ closedAt: closed ?? null, repActiveAt: seen ?? null },
      ...(before ? { before } : {}),
    },
  })
  return id
}
const report = (weeks: 1 | 4 | 8 = 4, actor = lina) => reportLeaks(database.db, actor, { weeks, now: NOW })
const names = async (asked: Partial<NamesAsked> = {}, actor = lina) =>
  (await listLeaks(database.db, actor, { weeks: 4, now: NOW, ...asked })).rows

/** A card of its reminder, with a copy in that state on each platform. */
async function reminded(
  id: string,
  by: string,
  { platforms, state, at }: { platforms: WayName[]; state: 'submitted' | 'delivered'; at: Date },
) {
  const [reminderId, cardId] = [newId(), newId()]
  const personId = people[by] as string
  const { db } = database
  await db.reminder.create({
    data: { id: reminderId, kind: 'first-contact-24h', subject: `first-contact:${id}`, personId, startedAt: at, trace: 't' },
  })
  await db.card.create({ data: { id: cardId, kind: 'reminder', subject: `s:${id}`, createdAt: at } })
  const copy = { cardId, personId, state, stateAt: at }
  await db.cardCopy.createMany({ data: platforms.map((platform) => ({ ...copy, id: newId(), platform })) })
  await db.notice.create({
    data: { id: newId(), reminderId, level: 1, round: 0, personId, state: 'said', sayAt: at, cardId },
  })
}

it('an organisation without a first contact has a report of nothing', async () => {
  const empty = await report()
  expect(empty).toMatchObject({ total: { all: 0, leaked: 0 }, running: 0, bySource: [], byChannel: [], byRep: [] })
  expect(empty.byWeek.map(({ week }) => week)).toEqual(['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07'])
  expect(await names()).toEqual([])
})

describe('counted by hand', () => {
  const leaks: Record<string, string> = {}
  beforeAll(async () => {
    // 王磊, week of 23 November: 5 counted, 2 leaked.
    await plant({ at: on('11-24'), state: 'opportunity', closed: on('11-25', '09:59') })
    await plant({ at: on('11-24'), state: 'not_customer', closed: on('11-24', '12:00'), source: 'call' })
    // Friday 18:00 runs until Monday 18:00: made on Monday at 17:00 is in time.
    await plant({ at: on('11-27', '18:00'), state: 'opportunity', closed: on('11-30', '17:00'), channel: 'expo' })
    leaks.idle = await plant({ at: on('11-24'), seen: on('11-24', '15:00'), channel: 'expo' })
    leaks.unreached = await plant({ at: on('11-25'), seen: on('11-26', '10:01') })
    // 李娜, week of 30 November: 4 counted, 3 leaked.
    leaks.late = await plant({
      by: 'lina',
      at: on('12-01'),
      heard: on('12-02', '06:01'),
      seen: on('12-02', '07:00'),
      source: 'call',
    })
    leaks.delivered = await plant({ by: 'lina', at: on('12-01') })
    leaks.submitted = await plant({ by: 'lina', at: on('12-02'), state: 'opportunity', closed: on('12-03', '10:01') })
    // Heard with exactly four hours left is not late.
    await plant({ by: 'lina', at: on('12-02'), heard: on('12-03', '06:00'), state: 'joined', closed: on('12-03', '09:00') })
    await reminded(leaks.delivered, 'lina', { platforms: ['sms'], state: 'delivered', at: on('12-01', '20:00') })
    const ways: WayName[] = ['wecom', 'dingtalk', 'dingtalk-notice']
    await reminded(leaks.submitted, 'lina', { platforms: ways, state: 'submitted', at: on('12-02', '14:00') })
    // Put off in time, and open again since: it had its reason.
    const standing = { state: 'nurturing', closedAt: on('11-24', '11:00').toISOString() }
    await plant({ at: on('11-24'), before: { act: 'woke', standing } })
    // Running: since Friday afternoon, and since today.
    await plant({ at: on('12-04', '11:00') })
    await plant({ by: 'lina', at: on('12-07', '09:00'), state: 'opportunity', closed: on('12-07', '09:10') })
    // No clock: known, joined from known, refused and open, merged; and too long ago.
    await plant({ at: on('11-24'), state: 'known' })
    await plant({ at: on('11-24'), state: 'joined', closed: on('11-28'), before: { act: 'join', standing: { state: 'known' } } })
    const refused = { act: 'refuse', standing: { state: 'known' } }
    await plant({
      at: on('11-24'),
      state: 'opportunity',
      closed: on('11-28'),
      before: { act: 'make-opportunity', standing: { state: 'open' }, before: refused },
    })
    await plant({ at: on('11-24'), state: 'merged' })
    await plant({ at: on('11-13') })
  })

  it('one number: neither an opportunity nor a reason within 24 hours, of all whose 24 hours are over', async () => {
    const { total, running } = await report()
    expect(total).toEqual({
      all: 10,
      opportunity: 2,
      settled: 3,
      leaked: 5,
      reasons: { late: 1, idle: 2, unreached: 2 },
      afterwards: 1,
    })
    expect(running).toBe(2)
  })

  it('the same by source, channel, rep and week', async () => {
    await database.db.contactWay.create({
      data: { id: newId(), state: 'expo', label: '广州展会', createdById: people.lina as string, createdAt: NOW },
    })
    const found = await report()
    const short = <T extends { tally: { all: number; leaked: number } }>(rows: T[], key: keyof T) =>
      Object.fromEntries(rows.map((row) => [String(row[key]), `${row.tally.leaked}/${row.tally.all}`]))
    expect(short(found.bySource, 'source')).toEqual({ add: '4/8', call: '1/2' })
    expect(short(found.byChannel, 'label')).toEqual({ 没有渠道: '4/8', 广州展会: '1/2' })
    expect(short(found.byRep, 'name')).toEqual({ 王磊: '2/6', 李娜: '3/4' })
    expect(short(found.byWeek, 'week')).toEqual({
      '2026-11-16': '0/0',
      '2026-11-23': '2/6',
      '2026-11-30': '3/4',
      '2026-12-07': '0/0',
    })
    expect(found.byRep[0]).toMatchObject({ name: '李娜', tally: { reasons: { late: 1, idle: 1, unreached: 1 } } })
    const grid = found.byRep.map(({ name, weeks }) => [name, ...weeks.map(({ leaked, all }) => `${leaked}/${all}`)])
    expect(grid).toEqual([
      ['李娜', '0/0', '0/0', '3/4', '0/0'],
      ['王磊', '0/0', '2/6', '0/0', '0/0'],
    ])
  })

  it('the names behind each number are as many as it says, with what happened', async () => {
    const { total, byRep, byWeek } = await report()
    for (const outcome of ['opportunity', 'settled', 'leaked'] as const)
      expect(await names({ outcome })).toHaveLength(total[outcome])
    for (const reason of ['late', 'idle', 'unreached'] as const)
      expect(await names({ outcome: reason })).toHaveLength(total.reasons[reason])
    for (const { id, tally, weeks } of byRep) {
      expect(await names({ outcome: 'leaked', rep: id })).toHaveLength(tally.leaked)
      for (const [i, { leaked }] of weeks.entries())
        expect(await names({ outcome: 'leaked', rep: id, week: byWeek[i]?.week ?? '' })).toHaveLength(leaked)
    }
    expect(await names({ outcome: 'running' })).toHaveLength(2)
    expect(await names({ channel: 'expo' })).toHaveLength(2)
    expect(await names({ channel: '', source: 'call' })).toHaveLength(2)
    expect((await names({ outcome: 'leaked', week: '2026-11-23' })).map((row) => row.id)).toEqual([leaks.unreached, leaks.idle])
    const words = Object.fromEntries((await names({ outcome: 'leaked' })).map((row) => [row.id, row.words]))
    expect(words[leaks.idle ?? '']).toBe('11月24日 15:00 来用过，没有处理')
    expect(words[leaks.unreached ?? '']).toBe('没有送到的迹象：还没有发出过提醒')
    expect(words[leaks.late ?? '']).toBe('晚了 20 小时 1 分 才知道，离截止只剩 3 小时 59 分')
    expect(words[leaks.delivered ?? '']).toBe('提醒已送达，到 10:00 截止没有处理')
    expect(words[leaks.submitted ?? '']).toMatch(
      /^没有送到的迹象：企业微信已提交，没有回音；钉钉已提交，没有回音；钉钉工作通知已提交，没有回音；后来已建商机/,
    )
  })

  it('a lead sees the team, a rep nothing of it', async () => {
    const { db } = database
    const team = await db.team.create({ data: { id: newId(), name: '直销组' } })
    await db.person.update({ where: { id: people.wanglei as string }, data: { teamId: team.id, managerId: null } })
    const lead: Actor = { personId: newId(), name: '组长', roles: ['lead'], teamId: team.id }
    expect((await report(4, lead)).total).toMatchObject({ all: 6, leaked: 2 })
    expect(await names({ outcome: 'leaked' }, lead)).toHaveLength(2)
    const alone: Actor = { ...lead, teamId: null }
    expect((await report(4, alone)).total.all).toBe(0)
    await expect(report(4, { ...lead, roles: ['rep'] })).rejects.toThrow('主管和经理')
    await expect(names({}, { ...lead, roles: ['rep'] })).rejects.toThrow('主管和经理')
  })

  it('pages of names neither repeat nor lose one', async () => {
    const many = Array.from({ length: 64 }, (_, i) => i)
    for (const i of many) await plant({ at: on('11-17', i < 40 ? '10:00' : '11:00'), source: 'chat' })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listLeaks(database.db, lina, { weeks: 4, now: NOW, source: 'chat', ...(after ? { after } : {}) })
      seen.push(...page.rows.map((row) => row.id))
      after = page.next ?? undefined
    } while (after)
    expect(new Set(seen).size).toBe(64)
    expect(seen).toHaveLength(64)
    await expect(listLeaks(database.db, lina, { weeks: 4, now: NOW, after: 'x' })).rejects.toThrow('刷新')
  })
})

it('the rep’s first sign of life after a contact is kept, and only that one', async () => {
  const id = await plant({ at: on('12-07', '09:30'), heard: on('12-07', '09:40') })
  const rep = people.wanglei as string
  const seen = async () => (await database.db.firstContact.findUniqueOrThrow({ where: { id } })).repActiveAt
  await noteActive(database.db, rep, on('12-07', '09:35'))
  expect(await seen()).toBe(null)
  await noteActive(database.db, rep, on('12-07', '09:45'))
  await noteActive(database.db, rep, on('12-07', '09:55'))
  expect(await seen()).toEqual(on('12-07', '09:45'))
})

it('the database ends 24 hours when the clock of the reminders does, to the millisecond, in every kind of week', async () => {
  const weeks: Week[] = [FIVE_DAYS, { kind: 'six' }, { kind: 'alternate', longWeek: '2026-11-25' }]
  // The national holiday with its make-up days lies in the middle.
  const { days } = daysOf(12, new Date('2026-11-01T02:00:00Z'))
  const [from, to] = [Date.parse(`${days[0]}T00:00:00+08:00`), Date.parse(`${days.at(-1)}T23:59:59+08:00`)]
  const midnights = days.map((day) => Date.parse(`${day}T00:00:00+08:00`))
  const moments = fc.array(fc.oneof(fc.integer({ min: from, max: to }), fc.constantFrom(...midnights)), {
    minLength: 50,
    maxLength: 50,
  })
  await fc.assert(
    fc.asyncProperty(moments, fc.constantFrom(...weeks), async (times, week) => {
      const ats = times.map((time) => new Date(time))
      const rows = await database.db.$queryRaw<{ at: Date; due: Date }[]>`
        SELECT t.at, ${dueOf(Prisma.sql`t.at`)} AS due FROM unnest(${ats}::timestamptz[]) AS t(at)
        JOIN ${dayTable(days, week)} ON day.number = ${dayNumber(days, Prisma.sql`t.at`)}`
      expect(rows).toHaveLength(50)
      const calendar = { week, hours: { from: 540, to: 1080 } }
      for (const { at, due } of rows) expect(due).toEqual(addTime(at, 24 * 3_600_000, 'working-days', calendar))
    }),
    { numRuns: 20 },
  )
})
