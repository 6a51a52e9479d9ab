import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '../../lib/project-root.js'
import { freePort } from '../../scripts/host/ports.mjs'
import { isAlive } from '../../scripts/host/process.mjs'
import { waitFor } from '../rig/wait-for.js'
import { guardGroup } from '../setup/guard.js'
import { makeTemp } from '../setup/temp.js'

type Card = {
  desk: string
  server: string
  pids: Record<string, number>
  wecom: { secret: string }
  people: { userid: string; host: string }[]
}

const script = fileURLToPath(new URL('scripts/demo.mjs', projectRoot))
const running = new Set<ChildProcess>()
let home: string
let port: number

beforeAll(async () => {
  home = await makeTemp('demo')
  port = await freePort()
})
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  running.clear()
})
afterAll(() => rm(home, { recursive: true, force: true }))

function demo(...args: string[]) {
  const env = { ...process.env, BULOU_HOME: home, PORT: String(port), NODE_ENV: 'development', DATABASE_URL: '', REDIS_URL: '' }
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  guardGroup(child.pid ?? 0)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk
    })
  }
  running.add(child)
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const ready = () => waitFor(() => said.includes('Bulou 不漏: '), { ms: 100_000, what: `the desk's address:\n${said}` })
  return { child, ended, ready, said: () => said }
}

const card = (): Card => JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'))

/** Everything that was started for this data folder names it in its command line or is named on the card. */
function processes(of: Card): number[] {
  const postmaster = Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
  const keeper = JSON.parse(readFileSync(join(home, 'keeper.lock'), 'utf8')).pid as number
  return [...Object.values(of.pids), postmaster, keeper]
}

const statusOf = (host: string, path = '/') =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { host } }, (res) => resolve(res.resume().statusCode))
      .once('error', reject)
      .end()
  })

it('starts everything, says where, refuses to run twice and stops without a trace', async () => {
  const run = demo()
  await run.ready()
  const all = card()
  expect((await stat(join(home, 'demo.json'))).mode & 0o077).toBe(0)
  expect(run.said()).toContain(all.desk)
  expect(await statusOf(new URL(all.desk).host)).toBe(200)
  // Through the stand-in's proxy to the product, which knows nobody yet and asks the platform who it is.
  expect(await statusOf(`wanglei.bulou.localhost:${port}`, '/h5/')).toBe(302)
  expect(await (await fetch(`${all.server}/readyz`)).json()).toMatchObject({ ready: true })
  expect(all.people).toContainEqual(expect.objectContaining({ userid: 'zhaoqiang', host: `zhaoqiang.bulou.localhost:${port}` }))

  const second = demo()
  expect((await second.ended)[0]).toBe(1)
  expect(second.said()).toContain(`already runs (process ${run.child.pid}): ${all.desk}`)

  const started = processes(all)
  run.child.kill('SIGTERM')
  expect(await run.ended).toEqual([0, null])
  expect(started.filter(isAlive)).toEqual([])
})

it('heals after kill -9 of the launcher and of the keeper, with the data and secrets of before', async () => {
  const run = demo()
  await run.ready()
  const before = card()
  const started = processes(before)
  run.child.kill('SIGKILL')
  await waitFor(() => !started.some(isAlive), { ms: 30_000, what: 'the processes of a killed demo to leave' })

  const again = demo()
  await again.ready()
  expect(card().wecom.secret).toBe(before.wecom.secret)
  const keeper = JSON.parse(readFileSync(join(home, 'keeper.lock'), 'utf8')).pid as number
  for (const pid of [keeper, again.child.pid ?? 0]) process.kill(pid, 'SIGKILL')
  const third = demo()
  await third.ready()
  third.child.kill('SIGINT')
  expect(await third.ended).toEqual([0, null])
})

it('names who holds its port', async () => {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const run = demo()
  expect((await run.ended)[0]).toBe(1)
  expect(run.said()).toMatch(new RegExp(`Port ${port} is taken by process ${process.pid} .*PORT=\\d+ npm run demo`))
  server.close()
})

it('begins anew with --reset: other secrets, no chats of before', async () => {
  const before = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8'))
  const run = demo('--reset')
  await run.ready()
  expect(card().wecom.secret).not.toBe(before.wecom.secret)
  run.child.kill('SIGTERM')
  await run.ended
})
