import { Agent, get } from 'node:http'
import { expect, it } from 'vitest'
import { hold } from './hold.js'
import { copiesOf, delivered, handled, sendsOf, troubled } from './look.js'
import { rest } from './settle.js'
import { booksAreRight, useStage } from './stage.js'

const stage = useStage({ servers: 2, workers: 2 })
const renji = { rep: 'wanglei', externalUserId: 'wmRenji' }
const SEND = '/cgi-bin/message/send'

/** The JSON lines of these processes that say one thing. */
const lines = (members: { logs(): string }[], msg: string) =>
  members.map((member) =>
    member
      .logs()
      .split('\n')
      .filter((line) => line.includes(`"msg":"${msg}"`))
      .map((line) => JSON.parse(line) as { seq: string; outbox: string }),
  )

it('two servers and two workers share one database: each callback, each message and each card once', async () => {
  const { rig, traffic } = stage
  const told = await Promise.all(
    Array.from({ length: 12 }, () => rig.standin.memberWrites(stage.chance.pick(['heping', 'zhoumin', 'lina']), '帮助')),
  )
  await Promise.all(told.map(({ callbackId }) => handled(rig, callbackId)))
  await rest(rig, traffic)
  const stored = lines(rig.servers, 'callback stored')
  expect(stored.every((ofServer) => ofServer.length > 0)).toBe(true)
  const handledSeqs = lines(rig.servers, 'handled')
    .flat()
    .map((line) => line.seq)
  expect(new Set(handledSeqs).size).toBe(handledSeqs.length)
  const deliveredIds = lines(rig.workers, 'delivered')
    .flat()
    .map((line) => line.outbox)
  expect(new Set(deliveredIds).size).toBe(deliveredIds.length)
})

it('two workers pull the archive at once: one keeps the batch, the other finds that it was slower', async () => {
  const { rig, traffic } = stage
  const [, second] = rig.workers
  await second?.stop()
  const lock = await hold(rig, 'SELECT 1 FROM archive_cursor FOR UPDATE')
  const { id } = await rig.standin.customerSays({ ...renji, text: '交期改成下周五吧' })
  await traffic.openChat(renji)
  await lock.waits(1)
  await second?.start() // which looks at once
  await lock.waits(2)
  await lock.release()
  await rig.waitFor(() => rig.db.message.findUnique({ where: { sourceKey: `wecom:${id}` } }), { ms: 60_000 })
  expect(await rig.db.inbox.count({ where: { key: `wecom-archive:${id}` } })).toBe(1)
})

it('a worker freezes in the middle of a call and wakes up after another took over: what it learned counts no more', async () => {
  const { rig, traffic } = stage
  const [first, second] = rig.workers
  await second?.stop()
  const changeId = await traffic.capture(renji)
  const copy = (await copiesOf(rig, changeId)).find((one) => one.userid === 'zhaoqiang')
  await rig.standin.fault({ path: SEND, mode: 'slow', ms: 1_500, times: 2 })
  await rig.standin.advanceClock(11_000)
  await troubled(rig)
  first?.pause()
  await second?.start()
  const row = await delivered(rig, `send-card:${copy?.id}`)
  expect(row).toMatchObject({ attempts: 2, unknowns: 1 })
  first?.resume()
  // It slept through its own time limit, or it did not: either way it says what it thinks, and it changes nothing.
  await rig.waitFor(() => first?.logs().includes(`"outbox":"${row.id}"`), { ms: 60_000 })
  expect(await rig.db.outbox.findUnique({ where: { id: row.id } })).toEqual(row)
  expect((await sendsOf(rig, copy?.id ?? '')).map((call) => call.deduplicated)).toEqual([false, true])
})

it('servers, workers and the platform are killed at random while people work', async () => {
  const { rig, traffic, chance } = stage
  const working = (async () => {
    for (let burst = 0; burst < 6; burst++) await Promise.all([traffic.act(), traffic.act(), traffic.act()])
  })()
  for (const members of [rig.servers, rig.workers, [rig.standin.process]]) {
    const victim = chance.pick<{ kill(): Promise<void>; start(): Promise<void> }>(members)
    await new Promise((resolve) => setTimeout(resolve, chance.below(800)))
    await victim.kill()
    await victim.start()
  }
  await working
  await rest(rig, traffic)
}, 240_000)

it('a server is asked to stop under traffic: what it had begun gets its answer, nobody sees a 5xx, exit code 0', async () => {
  const { rig, traffic } = stage
  const [server] = rig.servers
  const port = Number(new URL(server?.url ?? '').port)
  await rig.servers[1]?.stop() // so that the capture below is surely with the first
  const agent = new Agent({ keepAlive: true })
  let asking = true
  const seen: number[] = []
  const asked = async () => {
    while (asking) {
      const status = await new Promise<number>((resolve) =>
        get({ host: '127.0.0.1', port, path: '/readyz', agent }, (res) =>
          res.resume().on('end', () => resolve(res.statusCode ?? 0)),
        ).on(
          'error',
          () => resolve(0), // Not accepted any more.
        ),
      )
      seen.push(status)
    }
  }
  const clients = [asked(), asked(), asked()]
  const lock = await hold(rig, 'SELECT 1 FROM requirement FOR UPDATE')
  const capturing = traffic.capture(renji)
  await lock.waits()
  const stopped = server?.stop()
  await rig.waitFor(() => server?.logs().includes('"msg":"stopping"'))
  await lock.release()
  await capturing
  await stopped
  asking = false
  await Promise.all(clients)
  agent.destroy()
  expect(server?.exitCode()).toBe(0)
  expect(seen.filter((status) => status >= 500)).toEqual([])
  expect(seen.filter((status) => status === 200).length).toBeGreaterThan(0)
  await Promise.all(rig.servers.map((one) => one.start()))
})

it('a worker is asked to stop while it speaks and while the archive hangs: it ends its sentence, exit code 0', async () => {
  const { rig, traffic } = stage
  const [first, second] = rig.workers
  await second?.stop()
  expect(second?.exitCode()).toBe(0)
  await rig.standin.fault({ path: '/__finance/chatdata', mode: 'hang', times: 1 })
  await traffic.openChat(renji)
  await troubled(rig)
  await rig.standin.fault({ path: SEND, mode: 'slow', ms: 1_000, times: 1 })
  const { callbackId } = await rig.standin.memberWrites('lina', '我是谁')
  const { row } = await handled(rig, callbackId)
  await troubled(rig)
  await first?.stop()
  expect(first?.exitCode()).toBe(0)
  expect(await rig.db.outbox.findMany({ where: { trace: row.trace } })).toMatchObject([
    { state: 'done', attempts: 1, unknowns: 0 },
  ])
  await Promise.all([first?.start(), second?.start()])
})

booksAreRight(stage)
