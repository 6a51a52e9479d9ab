import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { planBehaviour, windowsOf } from '../../domain/checkup/plan-behaviour.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { wecomOnly } from '../../test/factories/phone.js'
import { DAY, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import fetchBehaviour from './fetch-behaviour.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let close: () => Promise<void> = async () => {}
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.behaviourDay.deleteMany()
  await database.db.behaviourState.deleteMany()
  await database.db.outbox.deleteMany()
  await database.db.chore.deleteMany()
})
afterEach(() => close())

async function depsOf(answers: object[], now = NOW) {
  const api = await serveQyapi({ gettoken: [goodToken()], 'externalcontact/get_user_behavior_data': answers })
  close = api.close
  const deps = { db: database.db, now, machineNow: now, ...wecomOnly(), wecom: clientOf(api.base).wecom, outlets: chatOnly }
  return { deps, asks: () => api.asksOf('externalcontact/get_user_behavior_data').map(({ body }) => body) }
}
type Deps = Awaited<ReturnType<typeof depsOf>>['deps']
async function fetches(deps: Deps, payload: { personId: string; from: string; to: string }) {
  const result = await fetchBehaviour.run(deps as never, payload)
  if (!('receipt' in result)) return result.skip
  await inWork(database.db, async (work) => fetchBehaviour.keep?.(work, payload, result.receipt), deps.now)
  return result.receipt.why
}
const plans = (now = NOW) => inWork(database.db, planBehaviour, now)
const planned = async (personId: string) =>
  (await database.db.outbox.findMany({ where: { kind: 'fetch-behaviour' }, orderBy: { id: 'asc' } }))
    .map((row) => row.payload as { personId: string; from: string; to: string })
    .filter((payload) => payload.personId === personId)
/** Midnight in Shanghai, in seconds. */
const seconds = (day: string) => Date.parse(`${day}T00:00:00+08:00`) / 1000

it('the first time 180 days in windows of thirty, then the one day; once a day, and not before the platform has counted', async () => {
  const personId = await cast.personId('wanglei')
  await plans(new Date('2026-11-22T23:20:00Z'))
  expect(await planned(personId)).toEqual([])
  await plans()
  await plans()
  const windows = await planned(personId)
  expect(windows).toHaveLength(6)
  expect(windows[0]).toMatchObject({ from: '2026-05-27', to: '2026-06-25' })
  expect(windows.at(-1)?.to).toBe('2026-11-22')
  const { deps } = await depsOf([{ behavior_data: [] }])
  for (const window of windows) await fetches(deps, window)
  const next = new Date(NOW.getTime() + DAY)
  await plans(next)
  expect((await planned(personId)).slice(6)).toEqual([{ personId, from: '2026-11-23', to: '2026-11-23' }])
})

it('windows follow each other without a gap, none longer than thirty days', () => {
  const windows = windowsOf('2026-05-27', '2026-11-22')
  for (const [i, { from, to }] of windows.entries()) {
    const days = (seconds(to) - seconds(from)) / 86_400 + 1
    expect(days).toBeLessThanOrEqual(30)
    if (i > 0) expect(seconds(from) - seconds(windows[i - 1]?.to ?? '')).toBe(86_400)
  }
  expect(windowsOf('2026-11-23', '2026-11-22')).toEqual([])
})

it('asks for one member by midnights, and keeps each day once however often it is told', async () => {
  const personId = await cast.personId('wanglei')
  const day = {
    chat_cnt: 4,
    message_cnt: 9,
    reply_percentage: 66.5,
    avg_reply_time: 12,
    negative_feedback_cnt: 1,
    new_apply_cnt: 2,
    new_contact_cnt: 3,
  }
  const quiet = { chat_cnt: 0, message_cnt: 0, negative_feedback_cnt: 0, new_apply_cnt: 0, new_contact_cnt: 0 }
  const { deps, asks } = await depsOf([
    {
      behavior_data: [
        { stat_time: seconds('2026-11-20'), ...day },
        { stat_time: seconds('2026-11-21'), ...quiet, reply_percentage: 0, avg_reply_time: 0 },
      ],
    },
  ])
  const window = { personId, from: '2026-11-20', to: '2026-11-21' }
  await fetches(deps, window)
  await fetches(deps, window)
  expect(asks()[0]).toEqual({ userid: ['wanglei'], start_time: seconds('2026-11-20'), end_time: seconds('2026-11-21') })
  const kept = await database.db.behaviourDay.findMany({ where: { personId }, orderBy: { day: 'asc' } })
  expect(kept).toMatchObject([
    { day: '2026-11-20', chats: 4, messages: 9, replyPercent: 66.5, firstReplyMinutes: 12, lost: 1, applied: 2, added: 3 },
    { day: '2026-11-21', chats: 0, replyPercent: null, firstReplyMinutes: null },
  ])
  expect(await database.db.behaviourState.findUnique({ where: { personId } })).toMatchObject({
    fromDay: '2026-11-20',
    toDay: '2026-11-21',
    why: null,
  })
})

it('where the platform will not say, the rest of the day is not asked for; the next day begins at the gap', async () => {
  const personId = await cast.personId('wanglei')
  await plans()
  const [first, second] = await planned(personId)
  if (!first || !second) throw new Error('not planned')
  const refused = await depsOf([{ errcode: 48002, errmsg: 'api forbidden' }])
  expect(await fetches(refused.deps, first)).toMatch('接口')
  expect(await fetches(refused.deps, second)).toBe('refused today')
  expect(refused.asks()).toHaveLength(1)
  await close()
  const next = new Date(NOW.getTime() + DAY)
  await plans(next)
  const again = (await planned(personId)).slice(6)
  expect(again[0]?.from).toBe('2026-05-28')
  const told = await depsOf([{ behavior_data: [] }], next)
  for (const window of again) expect(await fetches(told.deps, window)).toBe(null)
  const state = await database.db.behaviourState.findUniqueOrThrow({ where: { personId } })
  expect(state).toMatchObject({ fromDay: '2026-05-28', toDay: shanghaiDay(NOW), why: null })
})

it('a busy platform is tried again, and nothing is noted', async () => {
  const { deps } = await depsOf([{ errcode: 45009, errmsg: 'api freq out of limit' }])
  const personId = await cast.personId('wanglei')
  await expect(fetches(deps, { personId, from: '2026-11-20', to: '2026-11-20' })).rejects.toMatchObject({ kind: 'retry' })
  expect(await database.db.behaviourState.count()).toBe(0)
})
