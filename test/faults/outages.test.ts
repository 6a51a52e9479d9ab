import { expect, it } from 'vitest'
import { createLog } from '../../lib/log.js'
import { connectRedis } from '../../lib/redis.js'
import { handled, textsOf, troubled } from './look.js'
import { booksAreRight, useStage } from './stage.js'

const stage = useStage()
const renji = { rep: 'wanglei', externalUserId: 'wmRenji' }

const ready = async () => {
  const res = await fetch(`${stage.rig.servers[0]?.url}/readyz`)
  return { status: res.status, ...((await res.json()) as { ready: boolean; degraded?: string[] }) }
}
/** Each is one callback; returned are their ids. */
const write = async (times: number) => {
  const told = Array.from({ length: times }, () =>
    stage.rig.standin.memberWrites(stage.chance.pick(['heping', 'zhoumin']), '帮助'),
  )
  return (await Promise.all(told)).map(({ callbackId }) => callbackId)
}
const handledAll = (ids: string[]) => Promise.all(ids.map((id) => handled(stage.rig, id)))
/** The platform's five seconds were enough, every time: nobody waited for the doorbell. */
const answeredAtOnce = async (ids: string[]) => {
  for (const { callback } of await handledAll(ids)) expect(callback.attempts.map((attempt) => attempt.status)).toEqual([200])
}
const said = (id: string) =>
  stage.rig.waitFor(() => stage.rig.db.message.findUnique({ where: { sourceKey: `wecom:${id}` } }), { ms: 60_000 })

it('Redis is stopped: callbacks are stored and answered, sweeps do the work, and /readyz says so with 200', async () => {
  const { rig } = stage
  await rig.redis.stop()
  await rig.waitFor(async () => (await ready()).degraded?.includes('redis'))
  expect(await ready()).toMatchObject({ status: 200, ready: true })
  await answeredAtOnce(await write(6))
  const { id } = await rig.standin.customerSays({ ...renji, text: '交期改成下周五吧' })
  await said(id)
})

it('server and worker start without Redis, and hear the bells when it comes back', async () => {
  const { rig } = stage
  await Promise.all([rig.servers[0]?.restart(), rig.workers[0]?.restart()])
  await answeredAtOnce(await write(2))
  await rig.redis.start()
  await rig.waitFor(async () => (await ready()).degraded?.length === 0, { ms: 60_000 })
  await answeredAtOnce(await write(2))
})

it('Redis hangs, which is worse than gone: no answer to a callback waits for it, and everything is done', async () => {
  const { rig } = stage
  rig.redis.pause()
  await answeredAtOnce(await write(6))
  expect(await ready()).toMatchObject({ status: 200, degraded: ['redis'] })
  const { id } = await rig.standin.customerSays({ ...renji, text: '数量加到300套' })
  await said(id)
  rig.redis.resume()
  await rig.waitFor(async () => (await ready()).degraded?.length === 0, { ms: 60_000 })
})

it('Redis is emptied, killed and restarted while people work: nothing is lost with it', async () => {
  const { rig, traffic } = stage
  const redis = connectRedis(rig.redis.url, createLog('silent', 'test'))
  const working = Promise.all(Array.from({ length: 8 }, () => traffic.act()))
  await redis.flushall()
  const ids = await write(3)
  await redis.flushall()
  redis.disconnect()
  await rig.redis.kill()
  await rig.redis.start()
  await working
  await answeredAtOnce(ids)
  // The bells themselves ring again and are heard: it is not only the sweeps that saved the day.
  const again = connectRedis(rig.redis.url, createLog('silent', 'test'))
  const rung = Number(await again.get('bulou:inbox:id'))
  await answeredAtOnce(await write(2))
  await rig.waitFor(async () => Number(await again.get('bulou:inbox:id')) > rung && (await again.llen('bulou:inbox:wait')) === 0)
  again.disconnect()
})

it('PostgreSQL is killed while callbacks arrive: they get 5xx, come again, and are stored once; nobody is restarted', async () => {
  const { rig } = stage
  const [server, worker] = [rig.servers[0]?.pid(), rig.workers[0]?.pid()]
  const before = await write(2)
  await rig.postgres.kill()
  const during = await write(4)
  await rig.waitFor(async () =>
    (await rig.standin.callbacks()).filter((one) => during.includes(one.id)).every((one) => one.attempts.length > 0),
  )
  expect((await ready()).status).toBe(503)
  await rig.postgres.start()
  for (const { callback } of await handledAll(during)) {
    const [first, ...later] = callback.attempts.map((attempt) => attempt.status)
    expect(first).toBeGreaterThanOrEqual(500)
    expect(later.at(-1)).toBe(200)
  }
  await handledAll(before)
  expect([rig.servers[0]?.pid(), rig.workers[0]?.pid()]).toEqual([server, worker])
})

it('PostgreSQL is killed while the platform is being told something: said again if nobody could write it down', async () => {
  const { rig } = stage
  await rig.standin.fault({ path: '/cgi-bin/message/send', mode: 'slow', ms: 1_500, times: 1 })
  const before = (await textsOf(rig, 'lina')).length
  const { callbackId } = await rig.standin.memberWrites('lina', '帮助')
  await troubled(rig)
  await rig.postgres.kill()
  await rig.waitFor(async () => (await textsOf(rig, 'lina')).length > before, { ms: 60_000 })
  await rig.postgres.start()
  const { row } = await handled(rig, callbackId)
  const [text] = await rig.waitFor(
    async () => {
      const rows = await rig.db.outbox.findMany({ where: { trace: row.trace, state: 'done' } })
      return rows.length > 0 ? rows : null
    },
    { ms: 60_000 },
  )
  expect((await textsOf(rig, 'lina')).length - before).toBe(1 + (text?.unknowns ?? 0))
})

it('PostgreSQL hangs for longer than the platform waits for an answer: the repeats know each other', async () => {
  const { rig } = stage
  rig.postgres.pause()
  const ids = await write(3)
  await rig.waitFor(
    async () => (await rig.standin.callbacks()).filter((one) => ids.includes(one.id)).every((one) => one.attempts.length > 0),
    { ms: 60_000 },
  )
  rig.postgres.resume()
  await handledAll(ids)
})

booksAreRight(stage)
