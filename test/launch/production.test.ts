import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { projectRoot } from '../../lib/project-root.js'
import { freePort } from '../../scripts/host/ports.mjs'
import { isAlive } from '../../scripts/host/process.mjs'
import { waitFor } from '../rig/wait-for.js'
import { makeTemp } from '../setup/temp.js'
import { launch, stopAll } from './launcher.js'

const dist = fileURLToPath(new URL('dist/', projectRoot))
const key = 'k'.repeat(43)
const secrets = {
  PUBLIC_URL: 'https://bulou.example.com',
  SESSION_SECRET: key,
  DATA_KEY: key,
  WECOM_CORP_ID: 'ww0000000000000000',
  WECOM_AGENT_ID: '1000001',
  WECOM_SECRET: key,
  WECOM_TOKEN: 'token',
  WECOM_AES_KEY: key,
}
// Several starts of everything, one after the other, on a machine that may be slow.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
let home: string
let port: number
const env = () => ({ BULOU_HOME: home, PORT: String(port), ...secrets })

beforeAll(async () => {
  home = await makeTemp('production')
  port = await freePort()
  const build = launch('build.mjs', { env: {} })
  const [code] = await build.ended
  if (code !== 0) throw new Error(build.said())
})
afterEach(stopAll)
afterAll(() => rm(home, { recursive: true, force: true }))

it('builds what production runs: with its migrations and pages, without the stand-in and tests', () => {
  const files = readdirSync(dist, { recursive: true }) as string[]
  const inDist = (name: string) => existsSync(join(dist, name))
  const migrations = readdirSync(new URL('prisma/migrations/', projectRoot))
  for (const name of [
    'bot-server/main.js',
    'jobs/main.js',
    'sidebar-h5/index.html',
    ...migrations.map((m) => `prisma/migrations/${m}`),
  ]) {
    expect(inDist(name), name).toBe(true)
  }
  expect(files.filter((name) => /^(simulator|test|bench|scripts)\b|\.test\.js$/.test(name))).toEqual([])
})

it('refuses to start without its secrets, names each one, and starts nothing', async () => {
  const run = launch('start.mjs', { env: { BULOU_HOME: home, PORT: String(port) } })
  expect((await run.ended)[0]).toBe(1)
  for (const name of Object.keys(secrets)) expect(run.said()).toContain(name)
  expect(existsSync(join(home, 'postgres'))).toBe(false)
})

it('runs server and worker together, and stops both with the embedded pair', async () => {
  const run = launch('start.mjs', { env: env() })
  await run.says(`Bulou listens on port ${port}`)
  const ready = await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()
  expect(ready).toMatchObject({ ready: true })
  const server = postmaster()
  run.signal('SIGTERM')
  expect(await run.ended).toEqual([0, null])
  expect(isAlive(server)).toBe(false)
})

it('runs them apart on one embedded pair, which stays until the last has stopped', async () => {
  const jobs = launch('start.mjs', { args: ['jobs'], env: env() })
  const server = launch('start.mjs', { args: ['server'], env: env() })
  await Promise.all([jobs.says('The worker runs.'), server.says('Bulou listens')])
  jobs.signal('SIGTERM')
  await jobs.ended
  expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toMatchObject({ ready: true })
  const database = postmaster()
  server.signal('SIGKILL')
  await waitFor(() => !isAlive(database), { ms: 30_000, what: 'the embedded pair to stop after kill -9 of its last user' })
})

const postmaster = () => Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
