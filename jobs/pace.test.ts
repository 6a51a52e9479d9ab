import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Db, OutboxState } from '../lib/db.js'
import { freshDb } from '../test/setup/db.js'
import { claimDue } from './claim.js'
import { withinPace } from './pace.js'

let db: Db
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await freshDb())
})
afterAll(() => close())
beforeEach(() => db.$executeRaw`TRUNCATE outbox`)

const now = new Date('2026-11-23T02:00:00Z')
const before = (ms: number) => new Date(now.getTime() - ms)
let count = 0
type Row = { kind?: string; lane?: string; state?: OutboxState; calledAt?: Date | null }
const rows = (many: number, { kind = 'send-card', lane = 'person:a', state = 'done', calledAt = before(30_000) }: Row) =>
  db.outbox.createMany({
    data: Array.from({ length: many }, () => {
      return { kind, key: `k${count++}`, lane, payload: {}, trace: 't', state, notBefore: now, calledAt }
    }),
  })
/** The lanes with an open row that may leave. */
async function leaving(machine = now): Promise<string[]> {
  const found = await db.$queryRaw<
    { lane: string }[]
  >`SELECT o.lane FROM outbox o WHERE o.state = 'open' AND ${withinPace(machine)}`
  return found.map((row) => row.lane).sort()
}

it.each([
  ['28 in a minute', 28, 50_000, 60_001],
  ['950 in an hour', 950, 3_000_000, 3_600_001],
])('a member gets %s and no more, from cards and texts together', async (_, most, ago, whenOver) => {
  await rows(most - 10, { calledAt: before(ago) })
  await rows(9, { kind: 'send-text', calledAt: before(ago) })
  await rows(1, { state: 'open', calledAt: null })
  expect(await leaving()).toEqual(['person:a'])
  await rows(1, { calledAt: before(ago) })
  expect(await leaving()).toEqual([])
  expect(await leaving(new Date(now.getTime() - ago + whenOver))).toEqual(['person:a'])
})

it('the others go on', async () => {
  await rows(28, {})
  for (const lane of ['person:a', 'person:b']) await rows(1, { lane, state: 'open', calledAt: null })
  expect(await leaving()).toEqual(['person:b'])
})

it('what leaves on DingTalk is not held by WeCom’s count, nor counted in it', async () => {
  await rows(100, { lane: 'dingtalk:a' })
  for (const lane of ['dingtalk:a', 'person:a']) await rows(1, { lane, state: 'open', calledAt: null })
  expect(await leaving()).toEqual(['dingtalk:a', 'person:a'])
  await rows(28, {})
  expect(await leaving()).toEqual(['dingtalk:a'])
})

it('a changed card counts for nothing and waits for nothing', async () => {
  await rows(100, { kind: 'update-card' })
  await rows(1, { state: 'open', calledAt: null })
  expect(await leaving()).toEqual(['person:a'])
  await rows(28, {})
  await rows(1, { kind: 'update-card', state: 'open', calledAt: null })
  expect(await leaving()).toHaveLength(1)
})

it('counts what may have arrived, and not what is known to have been refused', async () => {
  await rows(1, { state: 'open', calledAt: null })
  await rows(27, { state: 'failed', calledAt: null })
  await rows(27, { state: 'unknown' })
  expect(await leaving()).toHaveLength(1)
  await rows(1, { state: 'open' }) // called a while ago, and nobody knows how that ended
  expect(await leaving()).toHaveLength(0)
})

it('what has to wait is not lost: it leaves in its order as soon as there is room, and others are not held up', async () => {
  await rows(40, { state: 'open', calledAt: null })
  await rows(3, { lane: 'person:b', state: 'open', calledAt: null })
  const left: { lane: string; id: bigint }[] = []
  /** Workers that send at once whatever they may, until there is nothing. */
  const send = async (machine: Date) => {
    for (;;) {
      const batches = await Promise.all([1, 2, 3].map(() => claimDue(db, { business: now, machine }, 8)))
      const claimed = batches.flat()
      if (claimed.length === 0) return
      left.push(...claimed)
      const id = { in: claimed.map((row) => row.id) }
      await db.outbox.updateMany({ where: { id }, data: { state: 'done', leaseUntil: null } })
    }
  }
  const of = (lane: string) => left.filter((row) => row.lane === lane).map((row) => Number(row.id))
  await send(now)
  expect([of('person:a').length, of('person:b').length]).toEqual([28, 3])
  await send(new Date(now.getTime() + 59_000))
  expect(of('person:a')).toHaveLength(28)
  await send(new Date(now.getTime() + 61_000))
  expect(of('person:a')).toHaveLength(40)
  expect(of('person:a')).toEqual([...of('person:a')].sort((x, y) => x - y))
})
