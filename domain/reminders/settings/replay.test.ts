import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Cast } from '../../../test/factories/cast.js'
import { createChain } from '../../../test/factories/chain.js'
import { setCalm } from '../../../test/factories/ladders.js'
import { createNewcomers } from '../../../test/factories/newcomers.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../../test/factories/work.js'
import { freshDb } from '../../../test/setup/db.js'
import { type Calm, defaultCalm } from '../calm.contract.js'
import { reminderKind } from '../find-kind.js'
import type { Ladder, Level } from '../ladder.contract.js'
import { findPolicy } from '../policy.js'
import { hours, standardRoute } from '../reminder-kind.js'
import { sayDue } from '../say-due.js'
import { sayWaiting } from '../say-waiting.js'
import { dryRun } from './dry-run.js'
import { findOwn, findPeople, findRehearsals, findStarted } from './find-started.js'
import { type Rules, replay, type Started } from './replay.js'
import { saveCalm } from './save-setting.js'

const KIND = 'requirement-change-confirm'
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

/** The engine, looked at in every moment in which something is due, until `end`. */
async function live(end: Date): Promise<void> {
  for (;;) {
    const [next] = await cast.db.$queryRaw<{ at: Date | null }[]>`
      SELECT least((SELECT min(due_at) FROM reminder WHERE state = 'open'),
        (SELECT min(say_at) FROM notice WHERE state = 'waiting')) AS at`
    if (!next?.at || next.at > end) return
    await inWork(cast.db, (work) => sayDue(work), next.at)
    await inWork(cast.db, (work) => sayWaiting(work), next.at)
  }
}

it('says what the engine said, to whom, and when: quiet nights, caps, digests, one card for a customer', async () => {
  let chain: Awaited<ReturnType<typeof createChain>>['chain']
  ;({ cast, chain } = await createChain(database.db))
  const strict: Calm = { ...defaultCalm, cap: { rep: 1, manager: 2 }, trialDays: 0 }
  const version = (await cast.db.rule.findFirst({ where: { name: 'calm' }, orderBy: { version: 'desc' } }))?.version ?? 0
  await inWork(cast.db, async (work) => saveCalm(work, await cast.actor('lina'), { calm: strict, expected: version }))
  const changes = [
    await cast.captures('wmRenji', { at: at(0) }),
    await cast.captures('wmHuaqiang', { at: at(20 * MINUTE) }),
    await cast.captures('wmRenji', { at: at(25 * MINUTE) }),
    await cast.captures('wmJinhai', { at: at(7 * HOUR), by: 'chenjing' }),
    await cast.captures('wmHuaqiang', { at: at(9 * HOUR) }),
  ]
  const end = at(3 * DAY)
  await live(at(5 * HOUR))
  await chain.answer('zhaoqiang', changes[0] as string, 'can', { when: at(5 * HOUR + MINUTE) })
  await live(end)

  const { started } = await findStarted(cast.db, end)
  const people = await findPeople(cast.db, started, () => ['asked'])
  const policy = await findPolicy(cast.db)
  const { said, held } = replay(started, { ...policy, ...people, kindOf: reminderKind }, end)
  const notices = await cast.db.notice.findMany({ where: { level: { gte: 0 } } })
  const line = (reminder: string, level: number, person: string, when: Date) =>
    `${when.toISOString()} ${reminder}#${level} ${person}`
  expect(said.map((one) => line(one.reminder.id, one.level, one.personId, one.at)).sort()).toEqual(
    notices
      .filter((one) => one.state === 'said')
      .map((one) => line(one.reminderId, one.level, one.personId, one.sayAt))
      .sort(),
  )
  const cards = new Set(notices.filter((one) => one.state === 'said').map((one) => `${one.cardId} ${one.personId}`))
  expect(new Set(said.map((one) => one.card)).size).toBe(cards.size)
  // The story has all of it, or it would prove nothing.
  expect(new Set(said.map((one) => one.why))).toEqual(new Set([null, 'cap', 'merge']))
  expect(held).toBeGreaterThan(0)
  expect(notices.some((one) => one.state === 'withdrawn') || said.length < started.length * 2).toBe(true)
})

const level = (wait: Level['wait'], to: string[]): Level => ({ on: true, wait, to, route: standardRoute, title: 'x', desc: '' })
const two: Ladder = { levels: [level(hours(4), ['holder']), level(hours(4), ['lead'])] }
const one: Started = {
  id: 'r1',
  kind: 'k',
  subject: 'x:1',
  personId: 'rep',
  customerId: 'c1',
  startedAt: at(0),
  settledAt: null,
  targetAt: null,
}
const rules = (change: Partial<Rules> & { ladder?: Ladder } = {}): Rules => ({
  calm: defaultCalm,
  ladderOf: () => change.ladder ?? two,
  peopleOf: ({ personId }, to) => (to.includes('lead') ? ['boss'] : [personId]),
  isManager: (id) => id === 'boss',
  kindOf: () => ({}),
  ...change,
})
const played = (reminders: Started[], given = rules(), now = at(5 * DAY)) =>
  replay(reminders, given, now).said.map(
    (said) => `${(said.at.getTime() - at(0).getTime()) / HOUR} ${said.level} ${said.personId}`,
  )

it('a level after the other, until it is settled, and nothing that is still to come', () => {
  expect(played([one])).toEqual(['4 0 rep', '8 1 boss'])
  expect(played([{ ...one, settledAt: at(5 * HOUR) }])).toEqual(['4 0 rep'])
  expect(played([{ ...one, settledAt: at(4 * HOUR) }])).toEqual([])
  expect(played([one], rules(), at(7 * HOUR))).toEqual(['4 0 rep'])
})

it('levels that come together are one, and those before their beginning are due when it begins', () => {
  const target = (days: number): Level['wait'] => ({ from: 'target', days, at: '10:00' })
  const ladder = { levels: [level(target(3), ['holder']), level(target(1), ['holder']), level(target(0), ['lead'])] }
  expect(played([{ ...one, targetAt: at(DAY) }], rules({ ladder }))).toEqual(['0 1 rep', '24 2 boss'])
})

it('a digest after the settlement says nothing', () => {
  const busy = Array.from({ length: 8 }, (_, n) => ({
    ...one,
    id: `r${n}`,
    customerId: `c${n}`,
    startedAt: at(n * MINUTE),
    settledAt: n === 7 ? at(4.5 * HOUR) : null,
  }))
  const { said } = replay(busy, rules({ ladder: { levels: [level(hours(4), ['holder'])] } }), at(DAY))
  expect(said).toHaveLength(7)
  expect(said.filter((one) => one.why === 'cap')).toHaveLength(2)
})

it('told as a manager reads it: who hears more, the busiest day, what is open', async () => {
  ;({ cast } = await createChain(database.db))
  await cast.captures('wmRenji', { at: at(0) })
  await cast.captures('wmHuaqiang', { at: at(HOUR) })
  const levels = structuredClone(reminderKind(KIND).levels) as Level[]
  const ladder: Ladder = { levels: levels.map((each) => ({ ...each, wait: hours(1) })) }
  const now = at(3 * HOUR)
  const result = await dryRun(cast.db, { kind: KIND, ladder }, now)
  expect(result.standing).toMatchObject({ said: 0, cards: 0, busiest: null })
  expect(result).toMatchObject({ reminders: 3, draft: { said: 5, busiest: { day: '2026-11-23', said: 5 } } })
  expect(result.people.map(({ name, standing, draft, levels: each }) => [name, standing, draft, each])).toEqual([
    ['李娜', 0, 2, [0, 2]],
    ['孙悦', 0, 1, [1, 0]],
    ['赵强', 0, 1, [1, 0]],
    ['周敏', 0, 1, [1, 0]],
  ])
  expect(result.open).toMatchObject({ count: 3, moved: 3, atOnce: 3 })
  expect(result.list.slice(-1)).toMatchObject([{ customer: '仁济骨科医院', label: '需求变更待答复', level: 0 }])
  expect(result.honest).toMatch(/按现在的负责人和上下级算/)
})

it('an audience that can not be asked for all at once is asked for each', async () => {
  const abouts = Array.from({ length: 1_100 }, (_, n) => ({ ...one, id: `r${n}`, subjectId: String(n), dueAt: at(0) }))
  const audience = { label: 'x', find: async (_db: unknown, { subjectId }: { subjectId: string }) => [`person ${subjectId}`] }
  const found = await findOwn(database.db, audience, abouts)
  expect([found.size, found.get('r0'), found.get('r1099')]).toEqual([1_100, ['person 0'], ['person 1099']])
  expect(await findOwn(database.db, undefined, abouts)).toEqual(new Map())
})

it('a kind that says how is played so: new contacts on one card, their lead’s digest, the third a card', async () => {
  ;({ cast } = await createChain(database.db))
  await setCalm(cast.db, {})
  const news = createNewcomers(cast)
  for (const [i, minutes] of [0, 10, 20, 26 * 60].entries()) await news.adds(`wm${i}`, { at: at(minutes * MINUTE) })
  await news.adds('wmChen', { by: 'chenjing', at: at(30 * MINUTE) })
  const end = at(3 * DAY)
  await live(end)
  const { started } = await findStarted(cast.db, end)
  const people = await findPeople(cast.db, started, () => [])
  const rehearsals = await findRehearsals(cast.db, started)
  const policy = await findPolicy(cast.db)
  const rules: Rules = { ...policy, ...people, kindOf: reminderKind, mannerOf: (kind) => rehearsals.get(kind)?.() }
  const played = replay(started, rules, end).said
  const notices = await cast.db.notice.findMany({ where: { state: 'said' }, include: { card: true } })
  const line = (reminder: string, level: number, person: string, when: Date) =>
    `${when.toISOString()} ${reminder}#${level} ${person}`
  expect(played.map((one) => line(one.reminder.id, one.level, one.personId, one.at)).sort()).toEqual(
    notices.map((one) => line(one.reminderId, one.level, one.personId, one.sayAt)).sort(),
  )
  expect(new Set(played.map((one) => one.card)).size).toBe(new Set(notices.map((one) => `${one.cardId} ${one.personId}`)).size)
  expect(new Set(notices.map((one) => one.card?.kind))).toEqual(new Set(['new-contacts', 'reminder', 'digest', 'late-contacts']))
})
