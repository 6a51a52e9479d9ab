import { expect, it } from 'vitest'
import { bodyOfStreamEvent } from './bodies.js'
import { isPaidPush } from './paid-push.js'

const event = (eventType: string) =>
  bodyOfStreamEvent({ eventType, eventId: eventType, eventCorpId: 'ding1', eventBornTime: '1790000000000' }, { a: '"x"' })

it('robot messages, presses and events cost a push, but for those of the directory', () => {
  expect(['user_add_org', 'org_dept_modify', 'label_user_change'].filter((one) => isPaidPush(event(one)))).toEqual([])
  expect(isPaidPush(event('chat_update_title'))).toBe(true)
  expect(isPaidPush({ source: 'dingtalk-robot', body: '{"eventType":"user_add_org"}' })).toBe(true)
})
