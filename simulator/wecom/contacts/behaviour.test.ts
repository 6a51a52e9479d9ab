import { afterAll, beforeAll, expect, it } from 'vitest'
import { startForTest, type TestStandin } from '../../testing/start.js'

const DAY = 86_400
const HOUR = 3_600_000
let standin: TestStandin
/** Midnights in China, in seconds: of the day on which the story began, and of the one that is counted. */
let began: number
let today: number
beforeAll(async () => {
  standin = await startForTest()
  // Noon two days later, whatever the hour of the run: the chats of the demo's own story lie before it.
  standin.time.now = Math.floor((standin.time.now + 8 * HOUR) / (DAY * 1000) + 2) * DAY * 1000 + 4 * HOUR
  today = Math.floor(standin.time.now / 1000) - 12 * 3_600
  began = today - 2 * DAY
  await standin.restart()
})
afterAll(() => standin.close())

type Row = { stat_time: number; chat_cnt: number; message_cnt: number; reply_percentage?: number; avg_reply_time?: number }
const data = (userid: string[], start_time: number, end_time: number) =>
  standin.api('externalcontact/get_user_behavior_data', { userid, start_time, end_time })

it("counts a day's chats, words, replies, newcomers and losses once the day is over", async () => {
  const { added } = await standin.control('contacts/add', {
    adds: [
      { rep: 'chenjing', name: '甲' },
      { rep: 'chenjing', name: '乙', by: 'rep' },
    ],
  })
  const say = (externalUserId: string, from: string) =>
    standin.control('chat', { rep: 'chenjing', externalUserId, from, text: '好' })
  await say(added[0].externalUserId, 'customer')
  await standin.control('clock', { advanceMs: 6 * 60_000 })
  await say(added[0].externalUserId, 'rep')
  await say(added[0].externalUserId, 'rep')
  await say(added[1].externalUserId, 'customer')
  await standin.control('contacts/remove', { rep: 'chenjing', externalUserId: added[1].externalUserId, by: 'customer' })
  expect((await data(['chenjing'], today, today)).behavior_data).toEqual([])
  await standin.control('clock', { advanceMs: 24 * HOUR })
  expect((await data(['chenjing'], today + 3_600, today + 3_600)).behavior_data).toEqual([
    {
      stat_time: today,
      chat_cnt: 1,
      message_cnt: 2,
      reply_percentage: 50,
      avg_reply_time: 6,
      negative_feedback_cnt: 1,
      new_apply_cnt: 1,
      new_contact_cnt: 2,
    },
  ])
})

it('has a past for those who have habits: working days, the same at every call, summed for several', async () => {
  const span: [number, number] = [began - 28 * DAY, began - DAY]
  const of = async (...userids: string[]): Promise<Row[]> => (await data(userids, ...span)).behavior_data
  const [wang, chen, both] = [await of('wanglei'), await of('chenjing'), await of('wanglei', 'chenjing')]
  expect(wang).toEqual(await of('wanglei'))
  expect(wang.map((row) => row.stat_time)).toEqual(Array.from({ length: 28 }, (_, n) => span[0] + n * DAY))
  expect(wang.filter((row) => row.chat_cnt > 0)).toHaveLength(20)
  for (const row of wang) expect('reply_percentage' in row).toBe(row.chat_cnt > 0)
  expect(both.map((row) => row.message_cnt)).toEqual(wang.map((row, n) => row.message_cnt + (chen[n]?.message_cnt ?? 0)))
  expect((await of('lina')).every((row) => row.chat_cnt === 0)).toBe(true)
})

it('refuses more than thirty days, more than 180 days back, nobody and strangers', async () => {
  const yesterday = today
  const codes = await Promise.all([
    data(['wanglei'], yesterday - 30 * DAY, yesterday),
    data(['wanglei'], yesterday - 29 * DAY, yesterday),
    data(['wanglei'], today - 182 * DAY, today - 170 * DAY),
    data(['wanglei'], yesterday, yesterday - DAY),
    data([], yesterday, yesterday),
    data(['nobody'], yesterday, yesterday),
  ])
  expect(codes.map((answer) => answer.errcode)).toEqual([600018, 0, 600018, 600018, 40063, 60111])
})
