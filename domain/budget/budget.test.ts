import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, FIVE_DAYS, isWorkingDay } from '../../lib/working-days.js'
import { createCast } from '../../test/factories/cast.js'
import { keepLog } from '../../test/factories/log.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { addUses } from './add-uses.js'
import { createMeter } from './create-meter.js'
import { describeBudget } from './describe-budget.js'
import { forecast } from './forecast.js'
import { judge, savedOf } from './judge.js'
import { lookAtBudget } from './look-at-budget.js'
import { noteQuotaEnd } from './note-quota-end.js'
import { findStanding } from './standing.js'

const quota = { calls: 5_000, pushes: 3_000 }
const daysOf = (from: string, count: (day: string) => number, until: string) => {
  const days = new Map<string, number>()
  for (let day = from; day <= until; day = shanghaiDay(atMinute(day, 24 * 60))) days.set(day, count(day))
  return days
}

describe('the forecast of a month', () => {
  const moments = fc.integer({ min: 1, max: 30 }).map((day) => atMinute(`2026-11-${String(day).padStart(2, '0')}`, 18 * 60))
  const use = fc.dictionary(
    fc.integer({ min: 1, max: 30 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`),
    fc.nat({ max: 500 }),
  )

  it('is never less than what was used, and the more was used the more it says', () => {
    fc.assert(
      fc.property(moments, use, fc.nat({ max: 300 }), (now, counts, more) => {
        const today = shanghaiDay(now)
        const days = new Map(Object.entries(counts).filter(([day]) => day <= today))
        const said = forecast(days, now, FIVE_DAYS)
        if (said === null) return
        expect(said).toBeGreaterThanOrEqual([...days.values()].reduce((sum, count) => sum + count, 0))
        expect(forecast(new Map(days).set(today, (days.get(today) ?? 0) + more), now, FIVE_DAYS)).toBeGreaterThanOrEqual(said)
      }),
    )
  })

  it('of the same number each working day is that number times the working days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 29 }), fc.integer({ min: 10, max: 400 }), (day, each) => {
        const last = `2026-11-${String(day).padStart(2, '0')}`
        const days = daysOf('2026-11-01', (one) => (isWorkingDay(one) ? each : each / 10), last)
        const end = [...daysOf('2026-11-01', (one) => (isWorkingDay(one) ? each : each / 10), '2026-11-30').values()]
        const said = forecast(days, atMinute(last, 24 * 60 - 0.001), FIVE_DAYS) ?? Number.NaN
        expect(Math.abs(said - end.reduce((sum, count) => sum + count, 0))).toBeLessThanOrEqual(each / 10 + 1)
      }),
    )
  })

  it('says nothing before a working day is known, and at a month’s beginning goes by the month before', () => {
    expect(forecast(new Map(), NOW, FIVE_DAYS)).toBeNull()
    expect(forecast(new Map([['2026-11-23', 90]]), NOW, FIVE_DAYS)).toBeNull()
    const november = daysOf('2026-11-02', (day) => (isWorkingDay(day) ? 100 : 10), '2026-11-30')
    const said = forecast(november, new Date('2026-12-01T00:30:00Z'), FIVE_DAYS)
    const december = [...daysOf('2026-12-01', (day) => (isWorkingDay(day) ? 100 : 10), '2026-12-31').values()]
    expect(said).toBeGreaterThan(0.9 * december.reduce((sum, count) => sum + count, 0))
  })
})

describe('how it stands', () => {
  const standing = (used: number, more: Partial<Parameters<typeof judge>[0]> = {}) => ({
    ...{ what: 'call' as const, used, quota: 1_000, forecast: null, ended: false },
    ...more,
  })

  it.each([
    [100, null, 'plenty'],
    [100, 1_001, 'watch'],
    [800, 900, 'watch'],
    [500, 1_001, 'short'],
    [850, 900, 'short'],
    [1_000, 1_000, 'used-up'],
  ])('%i of 1,000 with %s at the end: %s', (used, end, state) => {
    expect(judge(standing(used, { forecast: end }))).toBe(state)
  })

  it('what is left out: notices first, then to-dos, DING last, and pushes are nobody’s to save', () => {
    expect([849, 850, 900, 950].map((used) => savedOf(standing(used)))).toEqual([
      [],
      ['notice'],
      ['notice', 'todo'],
      ['notice', 'todo', 'ding'],
    ])
    expect(savedOf(standing(10, { ended: true }))).toEqual(['notice', 'todo', 'ding'])
    expect(savedOf(standing(990, { what: 'push' }))).toEqual([])
  })
})

describe('in rows', () => {
  let database: Awaited<ReturnType<typeof freshDb>>
  beforeAll(async () => {
    database = await freshDb()
    // With an administrator among them.
    await createCast(database.db)
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE platform_use, chore, outbox`
  })

  const meterOf = (machineNow = () => NOW) =>
    createMeter({ db: database.db, platform: 'dingtalk', machineNow, log: keepLog().log, writeMs: 3_600_000 })
  const counted = async () =>
    (await database.db.platformUse.findMany({ orderBy: [{ day: 'asc' }, { what: 'asc' }, { api: 'asc' }] })).map(
      (row) => `${row.day.toISOString().slice(5, 10)} ${row.what} ${row.api} ${row.count}`,
    )
  const told = async () =>
    (await database.db.outbox.findMany({ where: { kind: 'send-text' }, orderBy: { id: 'asc' } })).map(
      (row) => (row.payload as { text: string }).text,
    )
  const used = (count: number, { what = 'call' as const, day = '2026-11-20' } = {}) =>
    addUses(database.db, 'dingtalk', [{ what, api: 'card/instances/createAndDeliver', day, count }])
  const look = (now = NOW) => inWork(database.db, (work) => lookAtBudget(work, { quota, machineNow: now }), now)

  it('two processes count together, and a clean stop loses nothing', async () => {
    const [one, two] = [meterOf(), meterOf()]
    for (const meter of [one, two, one]) meter.count('call', 'card/instances')
    one.count('push', 'dingtalk-card')
    await Promise.all([one.close(), two.close()])
    expect(await counted()).toEqual(['11-23 call card/instances 3', '11-23 push dingtalk-card 1'])
  })

  it('what is counted while it is written is not lost, nor what could not be written', async () => {
    const meter = meterOf()
    meter.count('call', 'x')
    const writing = meter.flush()
    meter.count('call', 'x')
    await writing
    await meter.flush()
    await database.db.$executeRaw`ALTER TABLE platform_use RENAME TO away`
    meter.count('call', 'x')
    await expect(meter.flush()).rejects.toThrow()
    await database.db.$executeRaw`ALTER TABLE away RENAME TO platform_use`
    await meter.close()
    expect(await counted()).toEqual(['11-23 call x 3'])
  })

  it('counts by the platform’s own day', async () => {
    let now = new Date('2026-11-30T15:59:59Z')
    const meter = meterOf(() => now)
    meter.count('call', 'x')
    now = new Date('2026-11-30T16:00:00Z')
    meter.count('call', 'x')
    await meter.close()
    expect(await counted()).toEqual(['11-30 call x 1', '12-01 call x 1'])
  })

  it('administrators hear of each threshold once a month', async () => {
    await used(4_100)
    for (const hour of [0, 1, 2]) await look(at(hour * HOUR))
    expect(await told()).toEqual([expect.stringContaining('超过额度 5,000 次的八成'), expect.stringContaining('到月底约')])
    await used(1_000, { day: '2026-11-23' })
    for (const hour of [3, 4]) await look(at(hour * HOUR))
    expect((await told()).slice(2)).toEqual([expect.stringContaining('5,000 次已经用完')])
    await look(at(20 * DAY))
    expect(await told()).toHaveLength(3)
  })

  it('whoever says something reads how it stands', async () => {
    expect(await findStanding(database.db)).toMatchObject({ saved: [] })
    await used(4_600)
    await look()
    expect(await findStanding(database.db)).toMatchObject({
      saved: ['notice', 'todo'],
      states: [
        { what: 'call', state: 'short' },
        { what: 'push', state: 'plenty' },
      ],
    })
    await look(at(20 * DAY))
    expect(await findStanding(database.db)).toMatchObject({ saved: [] })
  })

  it('the platform’s own word counts, whatever was counted: for a day, and administrators hear it once', async () => {
    await used(10)
    for (let i = 0; i < 2; i++)
      await inWork(database.db, (work) => noteQuotaEnd(work, { platform: 'dingtalk', what: 'call', words: '…' }))
    await look(at(HOUR))
    expect(await told()).toEqual([expect.stringContaining('接口调用额度用完了')])
    expect(await findStanding(database.db)).toMatchObject({ saved: ['notice', 'todo', 'ding'] })
    await look(at(25 * HOUR))
    expect(await findStanding(database.db)).toMatchObject({ saved: [] })
  })

  it('a page says what it went to, the most first, and what is left out', async () => {
    await used(4_600)
    await addUses(database.db, 'dingtalk', [
      { what: 'call', api: 'card/instances', day: '2026-11-23', count: 30 },
      { what: 'push', api: 'dingtalk-card', day: '2026-11-23', count: 7 },
      { what: 'call', api: 'card/instances', day: '2026-10-30', count: 99 },
    ])
    const budget = await describeBudget(database.db, { quota, machineNow: NOW, now: NOW })
    expect(budget.month).toBe('2026-11')
    expect(budget.lines).toMatchObject([
      {
        used: 4_630,
        state: 'short',
        uses: [
          { label: '发出的卡片', count: 4_600 },
          { label: '更新卡片', count: 30 },
        ],
      },
      { used: 7, state: 'plenty', uses: [{ label: '卡片上的点击', count: 7 }] },
    ])
    expect(budget.saving).toContain('工作通知、钉钉待办')
  })
})
