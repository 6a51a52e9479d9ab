import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { useDingtalk } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { lookForMissedEvents, readMissed } from '../../domain/missed-events/look.js'
import { inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import fetchMissedEvents from './fetch-missed-events.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.outbox.deleteMany()
  await database.db.inbox.deleteMany()
  await database.db.inboxKey.deleteMany()
  await database.db.chore.deleteMany()
})

const serve = useDingtalk()
const LIST = 'call_back/get_call_back_failed_result'
const left = {
  call_back_tag: 'user_leave_org',
  event_time: 1_795_336_250_906,
  user_leave_org: { corpid: 'dingcorp', userid: ['linxiao'] },
}
const ticked = {
  call_back_tag: 'todo_task_update',
  event_time: 1_795_336_250_907,
  todo_task_update: { eventId: 'e-1', corpid: 'dingcorp', taskId: 't1' },
}

async function fetches(pages: object[], page = 0) {
  const { dingtalk, told } = await serve({ [LIST]: pages.map((one) => ({ errcode: 0, errmsg: 'ok', ...one })) })
  const payload = { slot: 's', page }
  const result = await fetchMissedEvents.run({ dingtalk } as never, payload)
  if (!('receipt' in result)) throw new Error(result.skip)
  await inWork(database.db, async (work) => fetchMissedEvents.keep?.(work, payload, result.receipt))
  return { receipt: result.receipt, told }
}
const rows = () => database.db.inbox.findMany({ orderBy: { seq: 'asc' } })
const asked = () => database.db.outbox.findMany({ where: { kind: 'fetch-missed-events' }, orderBy: { id: 'asc' } })

it('puts what nobody took into the inbox, as if it had just been told', async () => {
  const { receipt, told } = await fetches([{ failed_list: [left, ticked], has_more: false }])
  const found = await rows()
  expect(found.map(({ source, lane }) => [source, lane]).sort()).toEqual([
    ['dingtalk', 'dingtalk:event:todo_task_update'],
    ['dingtalk', 'dingtalk:linxiao'],
  ])
  expect(found.map(({ body }) => JSON.parse(body))).toContainEqual({
    eventType: 'user_leave_org',
    eventId: '',
    corpId: 'dingcorp',
    bornTime: 1_795_336_250_906,
    data: { TimeStamp: 1_795_336_250_906, userid: ['linxiao'] },
  })
  // A row shows how many, never whom.
  expect(JSON.stringify(receipt)).toBe('{"events":2,"more":false}')
  // It is not on the platform's list of what is free.
  expect(told.filter(({ api }) => api === LIST)).toMatchObject([{ paid: true }])
})

it('stores nothing twice: neither what was heard after all, nor what a lost answer brings again', async () => {
  await database.db.inboxKey.create({ data: { key: 'dingtalk:event:e-1' } })
  await fetches([{ failed_list: [left, ticked, left] }])
  await fetches([{ failed_list: [left] }])
  expect((await rows()).map(({ lane }) => lane)).toEqual(['dingtalk:linxiao'])
})

it('asks for the next page while there is one, and not for ever', async () => {
  await fetches([{ failed_list: [left], has_more: true }])
  expect((await asked()).map(({ payload }) => payload)).toEqual([{ slot: 's', page: 1 }])
  await fetches([{ failed_list: [ticked], has_more: true }], 100)
  expect(await asked()).toHaveLength(1)
  expect((await fetches([{ failed_list: [] }])).receipt.rows).toEqual([])
})

it('looks four times a day, while people work', async () => {
  const day = NOW.toISOString().slice(0, 10)
  for (let minute = 0; minute < 24 * 60; minute += 20)
    await inWork(database.db, lookForMissedEvents, new Date(Date.parse(`${day}T00:00:00+08:00`) + minute * 60_000))
  expect((await asked()).map(({ payload }) => (payload as { slot: string }).slot.slice(11, 16))).toEqual([
    '00:00',
    '03:00',
    '06:00',
    '09:00',
  ])
  await inWork(database.db, (work) => readMissed(work, { slot: `${day}T00:00:00.000Z`, page: 0 }))
  expect(await asked()).toHaveLength(4)
})
