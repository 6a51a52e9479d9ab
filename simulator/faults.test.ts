import { afterEach, beforeEach, expect, it } from 'vitest'
import { AGENT_ID, startForTest, type TestStandin } from './testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const PATH = '/cgi-bin/message/send'
const order = (fault: object) => standin.control('faults', { path: PATH, times: 1, ...fault })
const send = () => standin.api('message/send', { touser: 'lina', msgtype: 'text', agentid: AGENT_ID, text: { content: '早' } })
const delivered = async () => (await standin.state()).texts.length
const accepted = async () => (await standin.control(`calls?path=${PATH}`)).filter((c: { accepted: boolean }) => c.accepted).length

it('answers with an errcode, as often as ordered', async () => {
  await order({ mode: 'errcode', errcode: 45009 })
  expect((await send()).errcode).toBe(45009)
  expect(await delivered()).toBe(0)
  expect((await send()).errcode).toBe(0)
})

it('answers with an HTTP status', async () => {
  await order({ mode: 'http', status: 502 })
  expect((await standin.ask(PATH, { body: {} })).status).toBe(502)
})

it('cuts the line before it looked at the call', async () => {
  await order({ mode: 'drop-before' })
  await expect(send()).rejects.toThrow()
  expect([await delivered(), await accepted()]).toEqual([0, 0])
})

it('accepts, keeps and then cuts the line: the caller cannot know', async () => {
  await order({ mode: 'drop-after' })
  await expect(send()).rejects.toThrow()
  expect([await delivered(), await accepted()]).toEqual([1, 1])
  await standin.restart()
  expect([await delivered(), await accepted()]).toEqual([1, 1])
})

it('hangs until the faults are cleared', async () => {
  await order({ mode: 'hang' })
  const hanging = send()
  hanging.catch(() => {})
  await expect.poll(() => standin.control('faults')).toEqual([])
  await standin.ask('/__standin/faults', { method: 'DELETE' })
  await expect(hanging).rejects.toThrow()
  expect(await accepted()).toBe(0)
})

it('is slow and then does it', async () => {
  await order({ mode: 'slow', ms: 20 })
  expect((await send()).errcode).toBe(0)
})

it('troubles the archive pull by its own path', async () => {
  await standin.control('faults', { path: '/__finance/chatdata', mode: 'http', status: 500 })
  expect((await standin.ask('/__finance/chatdata', { body: {} })).status).toBe(500)
})
