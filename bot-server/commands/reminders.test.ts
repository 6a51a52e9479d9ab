import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sayDue } from '../../domain/reminders/say-due.js'
import { createTask } from '../../domain/task/create-task.js'
import { tellBot } from '../../test/factories/bot.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})

const says = async (userid: string, words: string, when: Date) => (await tellBot(cast.db, userid, words, { at: when })).join('\n')
const sayAt = (when: Date) => inWork(cast.db, (work) => sayDue(work), when)
const acts = async () => (await cast.db.reminderAct.findMany({ orderBy: { id: 'asc' } })).map(({ act, note }) => [act, note])
async function remind(text: string, when: Date) {
  const actor = await cast.actor('zhaoqiang')
  await inWork(cast.db, (work) => createTask(work, actor, { contactId: null, text, at: when }), at(0))
}

it('我来跟进 is about what was said last, and says what comes next', async () => {
  await cast.captures('wmRenji')
  await sayAt(at(5 * HOUR))
  expect(await says('zhaoqiang', '我来跟进', at(5 * HOUR))).toBe('好的，你来跟进，明天 18:00 会告诉李娜。')
  expect(await says('zhaoqiang', '我来跟进', at(5 * HOUR))).toMatch(/^这次你已经说过在跟进了/)
  expect(await acts()).toEqual([['follow-up', null]])
})

it('已处理 keeps how, with the names in it; without a word it asks', async () => {
  await cast.captures('wmRenji')
  await sayAt(at(5 * HOUR))
  expect(await says('zhaoqiang', '已处理', at(5 * HOUR))).toMatch(/^怎么处理的？/)
  expect(await acts()).toEqual([])
  expect(await says('zhaoqiang', '已处理，和刘主任、王磊都说好了', at(5 * HOUR))).toBe('好的，记下了，等上级确认一下就了结。')
  expect(await acts()).toEqual([['handled', '和刘主任、王磊都说好了']])
})

it('of several of a day says which one it took', async () => {
  await cast.captures('wmRenji')
  await remind('给工厂打电话', at(5 * HOUR + MINUTE))
  await sayAt(at(5 * HOUR))
  await sayAt(at(5 * HOUR + MINUTE))
  const when = at(5 * HOUR + 2 * MINUTE)
  expect(await says('zhaoqiang', '1小时后', when)).toBe('「给工厂打电话」：好的，今天 16:02 会再提醒你。')
  expect(await says('zhaoqiang', '办完了', when)).toBe('「给工厂打电话」：好的，了结了。')
  // What is settled is out of the way: now the one before it.
  expect(await says('zhaoqiang', '明早再说', when)).toMatch(/^好的，明天 08:\d\d 会再提醒你。$/)
})

it('a third 再说 is not taken', async () => {
  await remind('给工厂打电话', at(HOUR))
  for (const n of [1, 2, 3]) {
    await sayAt(at(n * HOUR))
    expect(await says('zhaoqiang', '一小时后', at(n * HOUR))).toMatch(n < 3 ? /^好的/ : /^这条已经往后放过两次了/)
  }
})

it('with nothing said, or all of it long ago or another’s, says so and does nothing', async () => {
  await cast.captures('wmRenji')
  await sayAt(at(5 * HOUR))
  expect(await says('wanglei', '我来跟进', at(5 * HOUR))).toMatch(/没有提醒在等你/)
  expect(await says('zhaoqiang', '我来跟进', at(3 * DAY))).toMatch(/没有提醒在等你/)
  expect(await acts()).toEqual([])
})
