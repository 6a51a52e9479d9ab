import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, transact } from '../../lib/db.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { handOver } from '../reminders/acts/hand-over.js'
import { sayHandled } from '../reminders/acts/say-handled.js'
import { sayDue } from '../reminders/say-due.js'
import { createTask } from '../task/create-task.js'
import type { Work } from '../work.js'
import { leave } from './leave.js'
import { sweepLeft } from './sweep-left.js'

let database: Awaited<ReturnType<typeof freshDb>>
let db: Db
let cast: Cast
let chain: Chain
beforeAll(async () => {
  database = await freshDb()
  db = database.db
})
afterAll(() => database.close())

const people = ['wanglei', 'chenjing', 'lina', 'zhaoqiang', 'sunyue', 'zhoumin'] as const
const customers = { wmRenji: 'wanglei', wmHuaqiang: 'wanglei', wmJinhai: 'chenjing' } as const
type Customer = keyof typeof customers

/** What goes on in an organisation before somebody leaves. What isn't possible at its moment simply does not happen. */
const deed = fc.oneof(
  fc.record({ does: fc.constant('capture' as const), customer: fc.constantFrom(...(Object.keys(customers) as Customer[])) }),
  fc.record({ does: fc.constant('answer' as const), nth: fc.nat(5) }),
  fc.record({ does: fc.constant('hand-over' as const), nth: fc.nat(5), to: fc.constantFrom(...people) }),
  fc.record({ does: fc.constant('claim' as const), nth: fc.nat(5) }),
  fc.record({ does: fc.constant('task' as const), by: fc.constantFrom(...people), customer: fc.boolean() }),
  fc.record({ does: fc.constant('say' as const), hours: fc.integer({ min: 1, max: 9 }) }),
)
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

async function play(deeds: Deed[]): Promise<Date> {
  let now = AFTER_UNDO
  const quietly = (run: Promise<unknown>) => run.catch(() => undefined)
  const nthOpen = async (nth: number) => {
    const open = await db.reminder.findMany({ where: { state: 'open' }, orderBy: { id: 'asc' } })
    return open[nth % Math.max(1, open.length)]
  }
  const actorOf = async (personId: string) => {
    const identity = await db.identity.findFirstOrThrow({ where: { personId, kind: 'member' } })
    return cast.actor(identity.value)
  }
  for (const one of deeds) {
    now = at(MINUTE, now)
    if (one.does === 'capture') await cast.captures(one.customer, { by: customers[one.customer], at: at(-MINUTE, now) })
    if (one.does === 'say') {
      now = at(one.hours * HOUR, now)
      await inWork(db, (work) => sayDue(work), now)
    }
    if (one.does === 'task') {
      const actor = await cast.actor(one.by)
      const contactId = one.customer && one.by === 'wanglei' ? await cast.contactId('wmRenji') : null
      await inWork(db, (work) => createTask(work, actor, { contactId, text: '回电话', at: at(DAY, now) }), now)
    }
    if (one.does === 'answer') {
      const ask = await db.ask.findFirst({ where: { answeredAt: null }, orderBy: { id: 'asc' }, skip: one.nth % 3 })
      const purpose = ask?.purpose === 'confirm' ? 'can' : 'no-impact'
      if (ask) await quietly(chain.answer(await useridOf(ask.personId), ask.changeId, purpose, { when: now }))
    }
    if (one.does === 'hand-over' || one.does === 'claim') {
      const reminder = await nthOpen(one.nth)
      if (!reminder) continue
      const actor = await actorOf(reminder.personId)
      const about = { subjectId: reminder.id, note: '电话说过了' }
      if (one.does === 'claim') await quietly(inWork(db, (work) => sayHandled(work, actor, about), now))
      else {
        const toId = await cast.personId(one.to)
        await quietly(inWork(db, (work) => handOver(work, actor, { ...about, toId }), now))
      }
    }
  }
  return at(MINUTE, now)
}

const useridOf = async (personId: string) => (await db.identity.findFirstOrThrow({ where: { personId, kind: 'member' } })).value

/** All that says for whom something is open, as it stands. */
async function standing() {
  const [persons, reminders, asks, tasks, notices, outbox, items] = await Promise.all([
    db.person.findMany({ orderBy: { id: 'asc' } }),
    db.reminder.findMany({ orderBy: { id: 'asc' } }),
    db.ask.findMany({ orderBy: { id: 'asc' }, include: { card: { include: { copies: { orderBy: { id: 'asc' } } } } } }),
    db.task.findMany({ orderBy: { id: 'asc' } }),
    db.notice.findMany({ orderBy: { id: 'asc' } }),
    db.outbox.findMany({ orderBy: { id: 'asc' } }),
    db.handoverItem.findMany({ orderBy: [{ handoverId: 'asc' }, { subjectId: 'asc' }, { kind: 'asc' }] }),
  ])
  return { persons, reminders, asks, tasks, notices, outbox, items }
}
const isOpen = {
  reminder: (row: { state: string }) => row.state === 'open',
  ask: (row: { answeredAt: Date | null; closedAt: Date | null }) => !row.answeredAt && !row.closedAt,
  task: (row: { doneAt: Date | null }) => !row.doneAt,
}

it('whatever was open for who leaves is open for exactly one other, all of it or nothing, and once', {
  timeout: 240_000,
}, async () => {
  const story = fc.record({
    deeds: fc.array(deed, { minLength: 2, maxLength: 12 }),
    leaver: fc.constantFrom(...people),
    diesAt: fc.integer({ min: 1, max: 30 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ deeds, leaver, diesAt }) => {
      ;({ cast, chain } = await createChain(db))
      const now = await play(deeds)
      const personId = await cast.personId(leaver)
      const before = await standing()

      // Killed at the nth word to the database: nothing of it happened.
      await transact(db, (tx) => leave({ ...bareWork(now), tx: dyingAfter(tx, diesAt) }, personId)).catch(() => undefined)
      const half = await standing()
      if (!half.persons.find((one) => one.id === personId)?.leftAt) expect(half).toEqual(before)

      // The event comes twice, at once.
      await Promise.all([1, 2].map(() => inWork(db, (work) => leave(work, personId), now)))
      const after = await standing()
      const there = new Set(after.persons.filter((one) => !one.leftAt).map((one) => one.id))
      expect(there.has(personId)).toBe(false)

      expect(after.reminders.filter(isOpen.reminder).map((r) => r.id)).toEqual(
        before.reminders.filter(isOpen.reminder).map((r) => r.id),
      )
      expect(after.asks.filter(isOpen.ask).map((a) => a.id)).toEqual(before.asks.filter(isOpen.ask).map((a) => a.id))
      expect(after.tasks.filter(isOpen.task).map((t) => t.id)).toEqual(before.tasks.filter(isOpen.task).map((t) => t.id))
      for (const kind of ['reminders', 'asks', 'tasks'] as const) {
        const open = { reminders: isOpen.reminder, asks: isOpen.ask, tasks: isOpen.task }[kind] as (row: never) => boolean
        for (const [i, row] of after[kind].entries()) {
          if (open(row as never)) expect(there.has(row.personId), `${kind} of somebody who is there`).toBe(true)
          // Nobody else's affair moved.
          if (before[kind][i]?.personId !== personId) expect(row.personId).toBe(before[kind][i]?.personId)
        }
      }
      // Whoever has a question now may answer it, and so may whoever is reminded of it in their place.
      for (const ask of after.asks.filter(isOpen.ask))
        expect(ask.card.copies.map((copy) => copy.personId)).toContain(ask.personId)
      for (const reminder of after.reminders.filter((r) => isOpen.reminder(r) && r.subject.startsWith('ask:'))) {
        const ask = after.asks.find((one) => reminder.subject === `ask:${one.id}`)
        expect(ask?.card.copies.map((copy) => copy.personId)).toContain(reminder.personId)
      }
      // Nothing goes on ringing at them, and nobody waits to be told the same twice.
      expect(after.notices.filter((one) => one.state === 'waiting' && one.personId === personId)).toEqual([])
      expect(
        after.outbox.filter((one) => one.lane.endsWith(personId) && one.state === 'open' && one.kind !== 'set-badge'),
      ).toEqual([])
      const moved = before.reminders.filter((r) => isOpen.reminder(r) && r.personId === personId).map((r) => r.id)
      const listed = after.items.filter((item) => item.kind === 'reminder').map((item) => item.subjectId)
      expect([...listed].sort()).toEqual([...moved].sort())
      // One card at most tells of it.
      expect(await db.cardCopy.count({ where: { card: { kind: 'handover' } } })).toBeLessThan(2)

      // Once more, and the sweep: nothing is left to do.
      await inWork(db, (work) => leave(work, personId), now)
      expect(await inWork(db, (work) => sweepLeft(work), now)).toBe(0)
      expect(await standing()).toEqual(after)
    }),
    { numRuns: 10 },
  )
})

const bareWork = (now: Date): Omit<Work, 'tx'> => ({ now, trace: 'test', touched: new Set(), due: [], wake: [] })

/** A transaction whose process dies at its nth statement. */
function dyingAfter(tx: Work['tx'], statements: number): Work['tx'] {
  let left = statements
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(own, name, receiver) {
        const value = Reflect.get(own, name, receiver)
        if (typeof value === 'function')
          return (...args: unknown[]) => {
            left -= 1
            if (left < 0) throw new Error('killed')
            return value.apply(own, args)
          }
        return typeof value === 'object' && value !== null ? wrap(value) : value
      },
    })
  return wrap(tx)
}
