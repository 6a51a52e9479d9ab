import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { handOver } from '../reminders/acts/hand-over.js'
import { putOff } from '../reminders/acts/put-off.js'
import { countBadge } from '../reminders/find-waiting.js'
import { sayDue } from '../reminders/say-due.js'
import { createTask } from './create-task.js'
import { dropTask } from './drop-task.js'
import { viewTask } from './find-task.js'
import { finishTask, undoTask } from './finish-task.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})

const say = (when: Date) => inWork(cast.db, (work) => sayDue(work), when)
async function remind(text: string, when: Date, { by = 'wanglei', about = 'wmHuaqiang' as string | null } = {}) {
  const contactId = about && (await cast.contactId(about))
  const actor = await cast.actor(by)
  return inWork(cast.db, (work) => createTask(work, actor, { contactId, text, at: when }))
}
const reminderOf = (id: string) => cast.db.reminder.findFirstOrThrow({ where: { subject: `task:${id}` } })
async function said() {
  const notices = await cast.db.notice.findMany({
    where: { reminder: { kind: 'personal' } },
    include: { person: true },
    orderBy: { sayAt: 'asc' },
  })
  return notices.map((notice) => `${notice.person.name} ${notice.state}`)
}
async function cardOf(id: string, when: Date) {
  const reminder = await reminderOf(id)
  const cards = await cast.db.card.findMany({
    where: { subject: { startsWith: `reminder:${reminder.id}#` } },
    orderBy: { id: 'desc' },
  })
  return cards[0] ? drawCard(cast.db, cards[0], when) : null
}
const waiting = async (userid: string, when: Date) => countBadge(cast.db, await cast.actor(userid), when)

describe('提醒我', () => {
  it('is said at its very moment and not a second before, to who wrote it', async () => {
    const id = await remind('给黄老板回电话', at(2 * HOUR))
    await say(at(2 * HOUR - 1_000))
    expect(await said()).toEqual([])
    expect(await waiting('wanglei', at(2 * HOUR - 1_000))).toBe(0)
    await say(at(2 * HOUR))
    expect(await said()).toEqual(['王磊 said'])
    expect(await waiting('wanglei', at(2 * HOUR))).toBe(1)
    expect(await cardOf(id, at(2 * HOUR))).toMatchObject({
      title: '给黄老板回电话',
      desc: '华强五金 · 黄老板',
      page: `/h5/chat/${await cast.contactId('wmHuaqiang')}`,
    })
    const labels = (await cardOf(id, at(2 * HOUR)))?.buttons.map((button) => button.label)
    expect(labels).toEqual(['办完了', '1小时后', '明早再说', '转给…'])
  })

  it('is not moved by other cards of the day or of the customer', async () => {
    for (let n = 0; n < 7; n += 1) await remind(`第 ${n} 件`, at(HOUR + n * MINUTE))
    for (let n = 0; n < 7; n += 1) await say(at(HOUR + n * MINUTE))
    expect(await said()).toEqual(Array.from({ length: 7 }, () => '王磊 said'))
  })

  it('keeps quiet in the evening, and says so beforehand', async () => {
    const id = await remind('把报价发给刘主任', at(13 * HOUR)) // 23:00
    const actor = await cast.actor('wanglei')
    const { sayAt } = await viewTask(cast.db, actor, id, NOW)
    expect(sayAt).toMatch(/^2026-11-24T00:\d\d/)
    await say(at(13 * HOUR))
    expect(await said()).toEqual([])
    await say(new Date(sayAt))
    expect(await said()).toEqual(['王磊 said'])
  })

  it('办完了 needs no note and nobody else; an undo brings back what was still to come', async () => {
    const id = await remind('问样品', at(DAY))
    const actor = await cast.actor('wanglei')
    expect(await inWork(cast.db, (work) => finishTask(work, actor, id), at(HOUR))).toBe(true)
    expect(await inWork(cast.db, (work) => finishTask(work, actor, id), at(HOUR))).toBe(false)
    expect(await reminderOf(id)).toMatchObject({ state: 'settled', dueAt: null })
    await say(at(DAY))
    expect(await said()).toEqual([])
    expect(await inWork(cast.db, (work) => undoTask(work, actor, id), at(DAY - HOUR))).toBe(true)
    expect(await inWork(cast.db, (work) => undoTask(work, actor, id), at(DAY - HOUR))).toBe(false)
    await say(at(DAY))
    expect(await said()).toEqual(['王磊 said'])
  })

  it('ticked off on its card greys, and says so when it was a slip', async () => {
    const id = await remind('问样品', at(HOUR))
    await say(at(HOUR))
    const actor = await cast.actor('wanglei')
    await inWork(cast.db, (work) => finishTask(work, actor, id), at(2 * HOUR))
    expect(await cardOf(id, at(2 * HOUR))).toMatchObject({ settled: '办完了：问样品', buttons: [] })
    expect(await waiting('wanglei', at(2 * HOUR))).toBe(0)
    await inWork(cast.db, (work) => undoTask(work, actor, id), at(2 * HOUR))
    expect(await cardOf(id, at(2 * HOUR))).toMatchObject({ settled: '王磊：还没办完' })
    expect(await waiting('wanglei', at(2 * HOUR))).toBe(1)
    await say(at(DAY))
    expect(await said()).toEqual(['王磊 said'])
  })

  it('handed over is the colleague’s, who hears at once and is not led to a chat that they do not know', async () => {
    const id = await remind('寄检测报告', at(DAY))
    const [wang, zhou] = [await cast.actor('wanglei'), await cast.personId('zhoumin')]
    const { id: reminderId } = await reminderOf(id)
    await inWork(cast.db, (work) => handOver(work, wang, { subjectId: reminderId, toId: zhou, note: null }), at(HOUR))
    await say(at(HOUR))
    expect(await said()).toEqual(['周敏 said'])
    expect(await cast.db.task.findUniqueOrThrow({ where: { id } })).toMatchObject({ personId: zhou })
    expect(await cardOf(id, at(HOUR))).toMatchObject({ page: `/h5/reminder/${reminderId}` })
    await expect(inWork(cast.db, (work) => finishTask(work, wang, id))).rejects.toMatchObject({ code: 'no-such-task' })
  })

  it('is taken back without a trace while nothing was said of it, and not afterwards', async () => {
    const actor = await cast.actor('wanglei')
    const slip = await remind('点错了', at(HOUR))
    await inWork(cast.db, (work) => dropTask(work, actor, slip))
    expect(await cast.db.reminder.count({ where: { kind: 'personal' } })).toBe(0)
    const id = await remind('没点错', at(HOUR))
    await say(at(HOUR))
    await expect(inWork(cast.db, (work) => dropTask(work, actor, id), at(HOUR))).rejects.toMatchObject({ code: 'too-late' })
  })

  it('can be put off twice, not three times', async () => {
    const id = await remind('回电话', at(HOUR))
    const actor = await cast.actor('wanglei')
    for (const [n, done] of [true, true, false].entries()) {
      const when = at((1 + n) * HOUR)
      await say(when)
      const { id: subjectId } = await reminderOf(id)
      expect(await inWork(cast.db, (work) => putOff(work, actor, { subjectId, until: 'in-an-hour' }), when)).toBe(done)
    }
    expect(await said()).toEqual(['王磊 said', '王磊 said', '王磊 said'])
    expect((await cardOf(id, at(4 * HOUR)))?.buttons.map((button) => button.label)).toEqual(['办完了', '转给…'])
  })

  it('refuses what is past, what is a year and more away, and a contact who is a colleague’s', async () => {
    await expect(remind('昨天', at(-DAY))).rejects.toMatchObject({ code: 'past' })
    await expect(remind('后年', at(500 * DAY))).rejects.toMatchObject({ code: 'too-far' })
    await expect(remind('别人的', at(HOUR), { by: 'chenjing' })).rejects.toMatchObject({ code: 'unknown-contact' })
    expect(await cast.db.task.count()).toBe(0)
  })
})
