import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Line, serveGateway } from '../../channels/dingtalk/stream/fixtures/gateway.js'
import { takeDatabaseAway } from '../../test/factories/database-away.js'
import { freshDb } from '../../test/setup/db.js'
import type { Streams } from './hold-streams.js'

let database: Awaited<ReturnType<typeof freshDb>>
let gateway: Awaited<ReturnType<typeof serveGateway>>
const holders: ChildProcess[] = []
beforeAll(async () => {
  database = await freshDb()
})
beforeEach(async () => {
  gateway = await serveGateway()
})
afterEach(async () => {
  await Promise.all(holders.splice(0).map((holder) => kill(holder)))
  await gateway.close()
})
afterAll(() => database.close())

/** A process that holds; its name is the client id that the gateway hears. */
function start(name: string, slots = 2): ChildProcess {
  const holder = fork(
    fileURLToPath(new URL('fixtures/holder.ts', import.meta.url)),
    [database.url, gateway.base, String(slots), name],
    {
      execArgv: ['--import', 'tsx'],
    },
  )
  holders.push(holder)
  return holder
}
async function kill(holder: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') {
  if (holder.exitCode !== null || holder.signalCode !== null) return
  holder.kill(signal)
  await once(holder, 'exit')
}
async function statusOf(holder: ChildProcess): Promise<ReturnType<Streams['status']>> {
  holder.send('status')
  const [status] = await once(holder, 'message')
  return status
}
async function until(isTrue: () => boolean | Promise<boolean>) {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 25))
}
const isOpen = ({ socket }: Line) => socket.readyState === socket.OPEN
/** Names of the processes that stand at the gateway now; a connection was opened by the ask before it. */
const standing = () => gateway.lines.flatMap((line) => (isOpen(line) ? String(line.openedBy.clientId) : [])).sort()

it('two processes share the slots, and a killed one’s is taken by the other', async () => {
  const a = start('a')
  await until(() => standing().join() === 'a,a')
  const b = start('b')
  await until(() => standing().join() === 'a,b')
  await until(async () => (await statusOf(b)).standing === 2 && (await statusOf(a)).standing === 2)
  expect(await statusOf(a)).toMatchObject({ open: 1, trouble: null })
  await kill(a)
  await until(() => standing().join() === 'b,b')
})

it('one that stops gives its slot back, and never is there no connection', async () => {
  const a = start('a')
  const b = start('b')
  await until(() => standing().join() === 'a,b')
  let fewest = 2
  for (const { socket } of gateway.lines) socket.on('close', () => (fewest = Math.min(fewest, standing().length)))
  await kill(b, 'SIGTERM')
  await until(() => standing().join() === 'a,a')
  expect(fewest).toBe(1)
  expect(b.exitCode).toBe(0)
  expect(a.exitCode).toBeNull()
})

it('with fewer slots than processes one waits, and knows that a connection stands elsewhere', async () => {
  start('a', 1)
  await until(() => standing().join() === 'a')
  const b = start('b', 1)
  await until(async () => (await statusOf(b)).standing === 1)
  expect((await statusOf(b)).open).toBe(0)
  expect(standing()).toEqual(['a'])
})

it('a lost lock closes the connection; it is taken again', async () => {
  start('a', 1)
  await until(() => standing().join() === 'a')
  await database.db
    .$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bulou streams' AND datname = current_database()`
  await until(() => gateway.lines.length === 2 && standing().join() === 'a')
})

it('without the database there is no connection: what is heard could not be kept', async () => {
  const own = await freshDb()
  const a = fork(fileURLToPath(new URL('fixtures/holder.ts', import.meta.url)), [own.url, gateway.base, '1', 'a'], {
    execArgv: ['--import', 'tsx'],
  })
  holders.push(a)
  await until(() => standing().join() === 'a')
  const giveBack = await takeDatabaseAway(own.url)
  await until(() => standing().length === 0)
  expect(await statusOf(a)).toMatchObject({ open: 0, standing: 0 })
  await giveBack()
  await until(() => standing().join() === 'a')
  await kill(a)
  await own.close()
})

it('holds its slots on a connection of its own, by locks that every process sees', async () => {
  start('a', 1)
  await until(() => standing().join() === 'a')
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(7201, 1) AS free`)
  await client.end()
  expect(rows).toEqual([{ free: false }])
})
