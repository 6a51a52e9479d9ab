import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { freePort } from '../../scripts/host/ports.mjs'
import { isAlive } from '../../scripts/host/process.mjs'
import { waitFor } from '../rig/wait-for.js'
import { makeTemp } from '../setup/temp.js'
import { launch, stopAll } from './launcher.js'

type Card = {
  desk: string
  server: string
  pids: Record<string, number>
  wecom: { secret: string }
  people: { userid: string; host: string }[]
}

// Several starts of everything, one after the other, on a machine that may be slow.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
let home: string
let port: number

beforeAll(async () => {
  home = await makeTemp('demo')
  port = await freePort()
})
afterEach(stopAll)
afterAll(() => rm(home, { recursive: true, force: true }))

function demo(...args: string[]) {
  const run = launch('demo.mjs', { args, env: { BULOU_HOME: home, PORT: String(port), NODE_ENV: 'development' } })
  return { ...run, ready: () => run.says('Bulou 不漏: ') }
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

it('starts everything, says where, refuses to run twice and leaves nothing running after kill -9', async () => {
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
  expect(second.said()).toContain(`already runs (process ${run.pid}): ${all.desk}`)

  const started = processes(all)
  run.signal('SIGKILL')
  await waitFor(() => !started.some(isAlive), { ms: 30_000, what: 'the processes of a killed demo to leave' })
})

it('heals after kill -9 of the launcher and of the keeper, with the data and secrets of before', async () => {
  const before = card()
  const again = demo()
  await again.ready()
  expect(card().wecom.secret).toBe(before.wecom.secret)
  const keeper = JSON.parse(readFileSync(join(home, 'keeper.lock'), 'utf8')).pid as number
  for (const pid of [keeper, again.pid]) process.kill(pid, 'SIGKILL')
  const third = demo()
  await third.ready()
  third.signal('SIGINT')
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

it('begins anew with --reset: other secrets, no chats of before; and stops without a trace', async () => {
  const before = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8'))
  const run = demo('--reset')
  await run.ready()
  expect(card().wecom.secret).not.toBe(before.wecom.secret)
  const started = processes(card())
  run.signal('SIGTERM')
  expect(await run.ended).toEqual([0, null])
  expect(started.filter(isAlive)).toEqual([])
})
