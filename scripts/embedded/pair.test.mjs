import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, expect, it, vi } from 'vitest'
import { holderOf } from '../host/lock.mjs'
import { isAlive, waitUntil } from '../host/process.mjs'
import { openPair } from './pair.mjs'

const say = () => {}
vi.setConfig({ testTimeout: 60_000 })
const makeHome = () => {
  const folder = mkdtempSync(`/tmp/bulou-pair-${process.pid}-`)
  chmodSync(folder, 0o711)
  return folder
}
const homes = [makeHome(), makeHome(), makeHome()]
afterAll(() => {
  for (const folder of homes) rmSync(folder, { recursive: true, force: true })
})
/** One cluster serves all tests but those of its making and its end. */
const [home, halfMade, thrownAway] = homes

const keeperPid = () => holderOf(join(home, 'keeper.lock'))
const postmasterPid = () => Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

it('keeps its data, and stops when the last of its clients leaves', async () => {
  const first = await openPair({ home, say })
  const second = await openPair({ home, say })
  expect(second.postgres).toBe(first.postgres)
  await query(first.postgres, 'CREATE TABLE kept AS SELECT 1 AS one')
  const server = postmasterPid()
  await first.release()
  expect(isAlive(server)).toBe(true)
  await second.release()
  expect(isAlive(server)).toBe(false)

  const again = await openPair({ home, say })
  expect(await query(again.postgres, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  await again.release()
})

it('stops when its client is killed', async () => {
  const pair = fileURLToPath(new URL('pair.mjs', import.meta.url))
  const code = `import { openPair } from ${JSON.stringify(pair)}; await openPair({ home: process.argv[1], say() {} }); console.log('open')`
  const client = spawn(process.execPath, ['--input-type=module', '-e', code, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => createInterface({ input: client.stdout }).once('line', resolve))
  const server = postmasterPid()
  client.kill('SIGKILL')
  expect(await waitUntil(() => !isAlive(server) && !keeperPid(), 20_000)).toBe(true)
})

it('outlives its keeper: another takes over the same servers', async () => {
  const pair = await openPair({ home, say })
  const [server, keeper] = [postmasterPid(), keeperPid()]
  process.kill(keeper, 'SIGKILL')
  await waitUntil(() => keeperPid() && keeperPid() !== keeper && existsSync(join(home, 'run/keeper.sock')), 10_000)
  expect(await query(pair.postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(postmasterPid()).toBe(server)
  await pair.release()
  expect(isAlive(server)).toBe(false)
})

it('starts a server that died again, at the same address', async () => {
  const pair = await openPair({ home, say })
  const server = postmasterPid()
  process.kill(server, 'SIGKILL')
  const back = await waitUntil(() => query(pair.postgres, 'SELECT 1 AS one').catch(() => null), 20_000)
  expect(back).toEqual([{ one: 1 }])
  expect(postmasterPid()).not.toBe(server)
  await pair.release()
})

it('begins anew after a cluster that was only half made', async () => {
  mkdirSync(join(halfMade, 'postgres.new-1/data/base'), { recursive: true })
  const pair = await openPair({ home: halfMade, durable: false, want: ['postgres'], say })
  expect(await query(pair.postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(readdirSync(halfMade).filter((name) => name.includes('.new-'))).toEqual([])
  await pair.release()
})

it('leaves nothing of a throw-away pair', async () => {
  const pair = await openPair({ home: thrownAway, durable: false, say })
  await query(pair.postgres, 'SELECT 1')
  await pair.release()
  expect(existsSync(thrownAway)).toBe(false)
})
