import { expect, it } from 'vitest'
import { bodyOfEvent } from './bodies.js'
import { takeFailedEvents } from './failed-events.js'
import { useDingtalk } from './fixtures/dingtalk-api.js'

const serve = useDingtalk()
const path = 'call_back/get_call_back_failed_result'

it('takeFailedEvents gives what met nobody, as it would have come', async () => {
  const failed_list = [
    { event_time: 1790000000000, call_back_tag: 'user_leave_org', user_leave_org: { corpid: 'dingcorp', userId: ['linxiao'] } },
    { event_time: 1790000000001, call_back_tag: 'chat_disband' },
  ]
  const { dingtalk, asksOf, told } = await serve({ [path]: [{ errcode: 0, has_more: true, failed_list }] })
  const { events, more } = await takeFailedEvents(dingtalk)
  expect(more).toBe(true)
  expect(events).toEqual([
    { EventType: 'user_leave_org', TimeStamp: 1790000000000, CorpId: 'dingcorp', userId: ['linxiao'] },
    { EventType: 'chat_disband', TimeStamp: 1790000000001, CorpId: 'dingcorp' },
  ])
  expect(asksOf(path)[0]).toMatchObject({ method: 'GET', query: { access_token: 'T1' }, body: null })
  expect(told.at(-1)).toEqual({ api: path, paid: true, what: 'call' })
  const row = bodyOfEvent(events[0] ?? {}, { message: JSON.stringify(events[0]), sentAt: 0 })
  expect(JSON.parse(row.body)).toMatchObject({ eventType: 'user_leave_org', corpId: 'dingcorp', bornTime: 1790000000000 })
})

it('takeFailedEvents gives nothing when nothing failed', async () => {
  const { dingtalk } = await serve({ [path]: [{ errcode: 0 }] })
  expect(await takeFailedEvents(dingtalk)).toEqual({ events: [], more: false })
})
