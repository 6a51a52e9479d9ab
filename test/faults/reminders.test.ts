import { expect, it } from 'vitest'
import { createLog } from '../../lib/log.js'
import { connectRedis } from '../../lib/redis.js'
import { hold } from './hold.js'
import { copiesOf, delivered, sendsOf } from './look.js'
import { remindersAreRight, reminding } from './remind.js'
import { useStage } from './stage.js'

const stage = useStage()
const { remind, noticesOf, copyOf, ways, holdMouth, holdCopy, businessNow } = reminding(stage)
const renji = { rep: 'wanglei', externalUserId: 'wmRenji' }
const SOON = 1_500
const HOUR_MS = 3_600_000

it('the worker dies between claiming a level and its commit: nothing of it stays, then it is said once', async () => {
  const { rig } = stage
  const taskId = await remind('wanglei', SOON)
  const lock = await hold(rig, 'LOCK TABLE notice IN EXCLUSIVE MODE')
  await lock.waits()
  await rig.workers[0]?.kill()
  await lock.release()
  expect(await noticesOf(taskId)).toEqual([])
  await rig.workers[0]?.start()
  const copy = await copyOf(taskId)
  await ways(taskId, { wecom: 'submitted' })
  expect(await noticesOf(taskId)).toHaveLength(1)
  expect(await sendsOf(rig, copy.id)).toMatchObject([{ accepted: true, deduplicated: false }])
})

it('the worker dies after the commit and before any bell, and Redis forgets them all: the row is the truth', async () => {
  const { rig } = stage
  const mouth = await holdMouth()
  const taskId = await remind('chenjing', SOON)
  const copy = await copyOf(taskId)
  await rig.workers[0]?.kill()
  const redis = connectRedis(rig.redis.url, createLog('silent', 'test'))
  await redis.flushall()
  redis.disconnect()
  await mouth.release()
  await rig.workers[0]?.start()
  await ways(taskId, { wecom: 'submitted' })
  expect(await sendsOf(rig, copy.id)).toHaveLength(1)
})

it('the worker dies in the middle of a group of receipts: all of them are open, each is said again under its id, shown once', async () => {
  const { rig } = stage
  const mouth = await holdMouth()
  const people = ['wanglei', 'chenjing', 'zhaoqiang', 'sunyue', 'heping']
  const taskIds = await Promise.all(people.map((userid) => remind(userid, SOON)))
  const copies = await Promise.all(taskIds.map(copyOf))
  const receipt = await holdCopy(copies[2]?.id ?? '')
  await mouth.release()
  await rig.waitFor(async () =>
    (await Promise.all(copies.map((copy) => sendsOf(rig, copy.id)))).every((sent) => sent.length === 1),
  )
  await receipt.waits()
  await rig.workers[0]?.kill()
  await receipt.release()
  await rig.workers[0]?.start()
  for (const taskId of taskIds) await ways(taskId, { wecom: 'submitted' })
  const sends = await Promise.all(copies.map((copy) => sendsOf(rig, copy.id)))
  expect(sends.map((sent) => sent.filter((call) => !call.deduplicated).length)).toEqual(people.map(() => 1))
  // The one whose receipt was held is unknown in any case; on a slow machine its lease ends before the worker does.
  expect(sends[2]?.length).toBeGreaterThan(1)
})

it('settled while the worker is dead: what was said in rows does not leave any more', async () => {
  const { rig, traffic } = stage
  const mouth = await holdMouth()
  const taskId = await remind('sunyue', SOON)
  const copy = await copyOf(taskId)
  await rig.workers[0]?.kill()
  await mouth.release()
  expect((await traffic.client('sunyue').insist('POST', `/api/tasks/${taskId}/done`)).status).toBe(200)
  await rig.workers[0]?.start()
  await ways(taskId, { wecom: 'dropped' })
  expect(await sendsOf(rig, copy.id)).toEqual([])
})

it('quiet hours hold it back and say so; in the morning it is said, whatever died over night', async () => {
  const { rig } = stage
  const { clock } = await rig.standin.state()
  const evening = new Date(`${clock.now.slice(0, 10)}T22:00:00+08:00`)
  const taskId = await remind('zhaoqiang', evening.getTime() - (await businessNow()).getTime())
  await rig.standin.moveClockTo(new Date(evening.getTime() + 60_000))
  const held = await rig.waitFor(() => rig.db.reminder.findFirst({ where: { subject: `task:${taskId}`, heldWhy: 'quiet' } }))
  expect(await noticesOf(taskId)).toEqual([])
  await rig.workers[0]?.kill()
  const morning = held.dueAt?.getTime() ?? 0
  expect(morning - evening.getTime()).toBeGreaterThan(10 * HOUR_MS)
  expect(morning - evening.getTime()).toBeLessThan(10.3 * HOUR_MS)
  await rig.standin.moveClockTo(new Date(morning))
  await rig.workers[0]?.start()
  await ways(taskId, { wecom: 'submitted' })
})

it('the clock jumps three days over two levels of a real change: one card, to the lead, and nothing to who was asked', async () => {
  const { rig, traffic } = stage
  const changeId = await traffic.capture(renji)
  await rig.standin.advanceClock(11_000)
  const asked = await copiesOf(rig, changeId)
  for (const copy of asked) await delivered(rig, `send-card:${copy.id}`)
  await rig.workers[0]?.kill()
  await rig.standin.advanceClock(72 * HOUR_MS)
  await rig.workers[0]?.start()
  const subjects = [...new Set(asked.map(({ ask }) => `ask:${ask.id}`))]
  const notices = await rig.waitFor(
    async () => {
      const found = await rig.db.notice.findMany({
        where: { reminder: { subject: { in: subjects } }, level: { gte: 0 } },
        include: { person: true, card: { include: { copies: true } } },
      })
      return found.length >= subjects.length && found.every((one) => one.card?.copies[0]?.state === 'submitted') ? found : null
    },
    { ms: 60_000 },
  )
  expect(notices.map(({ level, person }) => [level, person.name])).toEqual(subjects.map(() => [1, '李娜']))
  expect(new Set(notices.map(({ cardId }) => cardId)).size).toBe(1)
})

remindersAreRight(stage)
