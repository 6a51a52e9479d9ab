import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientOf } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { keepStanding } from '../../domain/budget/standing.js'
import { handOver } from '../../domain/reminders/acts/hand-over.js'
import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { setRule } from '../../domain/rule/rule.js'
import { createTask } from '../../domain/task/create-task.js'
import { dropTask } from '../../domain/task/drop-task.js'
import { finishTask, undoTask } from '../../domain/task/finish-task.js'
import { tickTodo } from '../../domain/todo/tick-todo.js'
import { newId } from '../../lib/ids.js'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../../simulator/testing/dingtalk-api.js'
import { useDelivery } from '../../test/factories/delivery.js'
import { createPhone } from '../../test/factories/phone.js'
import { at, DAY, HOUR, inWork, MINUTE, SECOND } from '../../test/factories/work.js'
import setTodo from './set-todo.js'

const bench = useDelivery()
let standin: DingtalkStandin
beforeAll(async () => {
  standin = await startWithDingtalk()
})
afterAll(() => standin.close())
beforeEach(async () => {
  const { clientId, clientSecret, corpId, agentId, template } = DINGTALK
  const settings = { clientId, clientSecret, corpId, agentId, robotCode: clientId, cardTemplateId: template }
  bench.dingtalk = clientOf(standin.base, { settings }).dingtalk
  bench.other = createPhone()
  await bench.db.$executeRaw`TRUNCATE card, reminder, rule, chore, message, requirement_change, task, platform_todo CASCADE`
  await bench.db.identity.deleteMany({ where: { platform: 'dingtalk' } })
  for (const [userid, value] of [['wanglei', 'ding_wanglei'] as const, ['zhaoqiang', 'ding_zhaoqiang'] as const]) {
    const personId = await bench.cast.personId(userid)
    await bench.db.identity.create({
      data: { id: newId(), platform: 'dingtalk', organisation: corpId, kind: 'member', value, personId },
    })
    await bench.db.person.update({ where: { id: personId }, data: { prefers: 'dingtalk' } })
  }
  known.clear()
})

/** What stands in lists of things to do. */
const lists = async (): Promise<{ id: string; subject: string; done: boolean }[]> => {
  const { todos } = (await standin.json('/__standin/state')).dingtalk
  return todos.filter((todo: { sourceId: string }) => known.has(todo.sourceId))
}
const known = new Set<string>()
const subjects = async () => (await lists()).map(({ subject, done }) => (done ? `✓ ${subject}` : subject))

async function workAt(ms: number): Promise<void> {
  for (const { id } of await bench.db.platformTodo.findMany()) known.add(id)
  bench.now = at(ms)
  await bench.work()
}
const does = async <T>(
  act: (work: Parameters<Parameters<typeof inWork>[1]>[0], actor: Awaited<ReturnType<typeof bench.cast.actor>>) => Promise<T>,
  now = at(0),
  by = 'wanglei',
) => {
  const actor = await bench.cast.actor(by)
  return inWork(bench.db, (work) => act(work, actor), now)
}
const notes = (text = '给黄老板回电话') => does((work, actor) => createTask(work, actor, { contactId: null, text, at: at(HOUR) }))
const chooses = (todos: string) =>
  inWork(bench.db, (work) => setRule(work, { name: 'dingtalk', value: { todos, ding: 'app' }, by: 'system' }))

describe('a note to self', () => {
  it('stands in the list, and is ticked off when it is done here', async () => {
    const id = await notes()
    await workAt(SECOND)
    expect(await subjects()).toEqual(['给黄老板回电话'])
    await does((work, actor) => finishTask(work, actor, id), at(MINUTE))
    await workAt(MINUTE)
    expect(await subjects()).toEqual(['✓ 给黄老板回电话'])
    await does((work, actor) => undoTask(work, actor, id), at(2 * MINUTE))
    await workAt(2 * MINUTE)
    expect(await subjects()).toEqual(['✓ 给黄老板回电话', '给黄老板回电话'])
  })

  it('ticked off there, it is done here, once', async () => {
    const id = await notes()
    await workAt(SECOND)
    const { handle } = await bench.db.platformTodo.findFirstOrThrow()
    for (const minute of [1, 2]) await does((work) => tickTodo(work, handle ?? ''), at(minute * MINUTE))
    expect(await bench.db.task.findUniqueOrThrow({ where: { id } })).toMatchObject({ doneAt: at(MINUTE) })
    await does((work) => tickTodo(work, 'another’s'))
  })

  it('that was not meant goes, and one that was dropped before it left never comes', async () => {
    const first = await notes('一')
    await workAt(SECOND)
    await does((work, actor) => dropTask(work, actor, first), at(2 * SECOND))
    const second = await notes('二')
    await does((work, actor) => dropTask(work, actor, second), at(3 * SECOND))
    await workAt(MINUTE)
    expect(await subjects()).toEqual([])
  })

  it('handed to a colleague it changes lists', async () => {
    await notes()
    await workAt(SECOND)
    const reminder = await bench.db.reminder.findFirstOrThrow()
    const toId = await bench.cast.personId('zhaoqiang')
    await does((work, actor) => handOver(work, actor, { subjectId: reminder.id, toId, note: null }), at(MINUTE))
    await workAt(MINUTE)
    expect(await lists()).toMatchObject([{ subject: '给黄老板回电话', executorIds: [await unionOf('zhaoqiang')] }])
  })

  it('died after it was made: it is there once, and known', async () => {
    await notes()
    for (const { id } of await bench.db.platformTodo.findMany()) known.add(id)
    bench.now = at(SECOND)
    const row = (await bench.claim()).find(({ kind }) => kind === 'set-todo')
    await setTodo.run({ db: bench.db, dingtalk: bench.dingtalk } as never, row?.payload as { todoId: string })
    expect(await subjects()).toHaveLength(1)
    await workAt(2 * MINUTE)
    expect(await subjects()).toHaveLength(1)
    expect((await bench.db.platformTodo.findFirstOrThrow()).handle).toBe((await lists())[0]?.id)
  })

  it('of somebody who uses WeCom is in no list of DingTalk’s', async () => {
    await bench.db.person.updateMany({ where: { name: '王磊' }, data: { prefers: 'wecom' } })
    await notes()
    expect(await bench.db.platformTodo.count()).toBe(0)
  })
})

const unionOf = async (userid: string) => {
  const { dingtalk } = bench
  const { getUser } = await import('../../channels/dingtalk/user.js')
  return dingtalk && (await getUser(dingtalk, `ding_${userid}`))?.unionid
}

describe('a question', () => {
  it('stands in the list where the organisation chose so, once it is asked, until it is answered anywhere', async () => {
    await chooses('all')
    const change = await bench.cast.captures('wmRenji')
    await workAt(5 * SECOND)
    expect(await subjects()).toEqual([])
    await workAt(11 * SECOND)
    expect(await subjects()).toEqual([expect.stringContaining('在等确认')])
    const ask = await bench.cast.askOf(change)
    const answer = { askId: ask.id, verdict: 'can' as const, note: null }
    await does((work, actor) => answerAsk(work, actor, answer), at(MINUTE), 'zhaoqiang')
    await workAt(2 * MINUTE)
    expect(await subjects()).toEqual([expect.stringMatching(/^✓ .*在等确认/)])
  })

  it.each(['own', 'off'])('does not where it chose «%s»', async (todos) => {
    await chooses(todos)
    await bench.cast.captures('wmRenji')
    expect(await bench.db.platformTodo.count()).toBe(0)
  })

  it('is not answered by a tick', async () => {
    await chooses('all')
    const change = await bench.cast.captures('wmRenji')
    await workAt(11 * SECOND)
    const { handle } = await bench.db.platformTodo.findFirstOrThrow()
    await does((work) => tickTodo(work, handle ?? ''), at(MINUTE))
    expect(await bench.cast.askOf(change)).toMatchObject({ answeredAt: null, closedAt: null })
  })
})

it('while the month is short nothing new is put there, and when it is used up what is over goes the day after', async () => {
  const standing = { states: [], saved: ['todo' as const], ended: [] }
  const id = await notes('先有的')
  await workAt(SECOND)
  await inWork(bench.db, (work) => keepStanding(work, '2026-11', standing))
  await notes('后来的')
  await workAt(MINUTE)
  expect(await subjects()).toEqual(['先有的'])
  await standin.control('dingtalk/quota', { calls: 1 })
  await does((work, actor) => finishTask(work, actor, id), at(2 * MINUTE))
  await workAt(2 * MINUTE)
  expect(await subjects()).toEqual(['先有的'])
  await standin.control('dingtalk/quota', { calls: 5_000 })
  await workAt(DAY + 3 * MINUTE)
  expect(await subjects()).toContain('✓ 先有的')
})
