import { afterEach, beforeEach, expect, it } from 'vitest'
import { AGENT_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const say = async (touser: string) =>
  (await standin.api('message/send', { touser, msgtype: 'text', agentid: AGENT_ID, text: { content: '早' } })).msgid
const recall = async (msgid: string) => (await standin.api('message/recall', { msgid })).errcode
const shownTo = async () => (await standin.state()).texts.map((text: { userid: string }) => text.userid)

it('takes a message back within 24 hours, as often as asked', async () => {
  const msgid = await say('wanglei')
  await standin.control('clock', { advanceMs: 24 * 3_600_000 })
  expect([await recall(msgid), await recall(msgid), await shownTo()]).toEqual([0, 0, []])
  expect(await recall('never sent')).toBe(40058)
})

it('says so when it is too late', async () => {
  const msgid = await say('wanglei')
  await standin.control('clock', { advanceMs: 24 * 3_600_000 + 1 })
  expect([await recall(msgid), await shownTo()]).toEqual([42052, ['wanglei']])
})

it('takes nothing back from WeChat’s plugin', async () => {
  await standin.control('plugin', { userid: 'chenjing', plugin: true })
  const msgid = await say('wanglei|chenjing')
  expect([await recall(msgid), await shownTo()]).toEqual([0, ['chenjing']])
})
