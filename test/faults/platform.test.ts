import { expect, it } from 'vitest'
import { rigOpening } from '../rig/opening.js'
import { hold } from './hold.js'
import { copiesOf, delivered, handled, sendsOf, textsOf, troubled } from './look.js'
import { booksAreRight, useStage } from './stage.js'

const stage = useStage()
const renji = { rep: 'wanglei', externalUserId: 'wmRenji' }
const SEND = '/cgi-bin/message/send'
/** Longer than any holiday: whatever waits for a working morning is due as well. */
const WEEKS_MS = 20 * 86_400_000
const answers = [
  '你是何平，角色：管理员。',
  '没有在等你的事，放心忙别的。',
  '你是何平，角色：管理员。',
  '没有在等你的事，放心忙别的。',
]

/** Four things that one member asks, one after the other: their answers must come in that order. */
async function asks(userid: string) {
  const { rig } = stage
  const handledOnes = []
  for (const text of ['我是谁', '待办', '我是谁', '待办']) {
    const { callbackId } = await rig.standin.memberWrites(userid, text)
    handledOnes.push(await handled(rig, callbackId))
  }
  return rig.db.outbox.findMany({ where: { trace: { in: handledOnes.map(({ row }) => row.trace) } }, orderBy: { id: 'asc' } })
}

it('the platform is busy, away, over its limit and forgets its token: everything comes, once, and in order', async () => {
  const { rig } = stage
  await rig.standin.revokeToken()
  for (const fault of [{ mode: 'http', status: 503 }, { mode: 'drop-before' }, { mode: 'errcode', errcode: 45009 }] as const)
    await rig.standin.fault({ path: SEND, times: 1, ...fault })
  const rows = await asks('heping')
  // 45009 is left alone for a minute; machine time can't be pushed, so the row is.
  const limited = await rig.waitFor(
    () => rig.db.outbox.findFirst({ where: { id: { in: rows.map((row) => row.id) }, reason: { contains: '45009' } } }),
    { ms: 60_000 },
  )
  expect(limited.retryAt?.getTime()).toBeGreaterThan(Date.now() + 20_000)
  await rig.db.outbox.update({ where: { id: limited.id }, data: { retryAt: null } })
  for (const row of rows) await delivered(rig, row.key)
  expect(await textsOf(rig, 'heping')).toEqual(answers)
  // A line that was cut before the platform read it looks to us like one that was cut after.
  expect(await rig.db.outbox.findUnique({ where: { id: limited.id } })).toMatchObject({ attempts: 4, unknowns: 1 })
})

it('the platform itself is killed while it is told something, and is away for a while: said once when it is back', async () => {
  const { rig } = stage
  await rig.standin.fault({ path: SEND, mode: 'slow', ms: 3_000, times: 1 })
  const { callbackId } = await rig.standin.memberWrites('zhoumin', '我是谁')
  const { row } = await handled(rig, callbackId)
  await troubled(rig)
  await rig.standin.process.kill()
  const [said] = await rig.waitFor(
    async () => {
      const rows = await rig.db.outbox.findMany({ where: { trace: row.trace, attempts: { gte: 2 } } })
      return rows.length > 0 ? rows : null
    },
    { ms: 60_000 },
  )
  await rig.standin.process.start()
  await delivered(rig, said?.key ?? '')
  expect(await textsOf(rig, 'zhoumin')).toEqual(['你是周敏，角色：跟单。'])
})

it('one member’s call hangs: everybody else is told meanwhile', async () => {
  const { rig } = stage
  await rig.standin.fault({ path: SEND, mode: 'hang', times: 1 })
  const stuck = await rig.standin.memberWrites('chenjing', '我是谁')
  await troubled(rig)
  const { row } = await handled(rig, stuck.callbackId)
  const free = await rig.standin.memberWrites('sunyue', '我是谁')
  await handled(rig, free.callbackId)
  await rig.waitFor(async () => (await textsOf(rig, 'sunyue')).length === 1, { ms: 60_000 })
  const [waiting] = await rig.db.outbox.findMany({ where: { trace: row.trace } })
  expect(await textsOf(rig, 'chenjing')).toEqual([])
  await rig.standin.clearFaults() // which cuts the line
  await delivered(rig, waiting?.key ?? '')
  expect(await textsOf(rig, 'chenjing')).toHaveLength(1)
})

it('undone while the worker is down: it comes back after the ten seconds and tells nobody', async () => {
  const { rig, traffic } = stage
  await rig.workers[0]?.kill()
  const changeId = await traffic.capture(renji)
  expect(await traffic.undo(changeId)).toBe(200)
  const copies = await copiesOf(rig, changeId)
  await rig.standin.advanceClock(60_000)
  await rig.workers[0]?.start()
  // Something that was asked for later has gone out: what stood before it in the row has had its turn.
  const { callbackId } = await rig.standin.memberWrites('zhaoqiang', '我是谁')
  await handled(rig, callbackId)
  await rig.waitFor(async () => (await textsOf(rig, 'zhaoqiang')).length === 1, { ms: 60_000 })
  expect(copies.length).toBeGreaterThan(0)
  for (const copy of copies) {
    expect(await sendsOf(rig, copy.id)).toEqual([])
    expect(await rig.db.outbox.findUnique({ where: { key: `send-card:${copy.id}` } })).toMatchObject({
      state: 'withdrawn',
      attempts: 0,
    })
  }
})

it('not undone any more: a worker has the card in its hands, and the rep is told so', async () => {
  const { rig, traffic } = stage
  await rig.workers[0]?.kill()
  const changeId = await traffic.capture(renji)
  const [copy] = await copiesOf(rig, changeId)
  const lock = await hold(rig, `SELECT 1 FROM card_copy WHERE id = '${copy?.id}' FOR UPDATE`)
  await rig.standin.advanceClock(11_000)
  await rig.workers[0]?.start()
  await rig.waitFor(async () => (await sendsOf(rig, copy?.id ?? '')).length === 1, { ms: 60_000 })
  expect(await traffic.undo(changeId)).toBe(409)
  await lock.release()
  await delivered(rig, `send-card:${copy?.id}`)
})

it('the business clock jumps by weeks: what was pending is due at once, and levels that were missed are one reminder', async () => {
  const { rig, traffic } = stage
  const changeId = await traffic.capture(renji)
  const { clock } = await rig.standin.state()
  // To a working morning: on a day off the product would rightly keep quiet.
  await rig.standin.moveClockTo(rigOpening(new Date(Date.parse(clock.now) + WEEKS_MS)))
  const copies = await copiesOf(rig, changeId)
  for (const copy of copies) await delivered(rig, `send-card:${copy.id}`)
  const subjects = copies.map(({ ask }) => `ask:${ask.id}`)
  const reminders = await rig.waitFor(
    async () => {
      const found = await rig.db.reminder.findMany({ where: { subject: { in: subjects }, saidAt: { not: null } } })
      return found.length === subjects.length ? found : null
    },
    { ms: 60_000 },
  )
  // The first and the last level were missed: the last is said, to the lead, and of all that wait there in one card.
  expect(reminders.map(({ level }) => level)).toEqual(subjects.map(() => 2))
  const since = new Date(Date.parse(clock.now) + 60_000)
  const said = await rig.db.card.findMany({ where: { createdAt: { gt: since } }, select: { kind: true } })
  expect(said).toEqual([{ kind: 'digest' }])
})

booksAreRight(stage)
