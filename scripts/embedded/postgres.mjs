// One PostgreSQL cluster in a folder: made when it isn't there, adopted when it already runs, stopped cleanly.
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writeAtomic } from '../host/files.mjs'
import { freePort } from '../host/ports.mjs'
import { isAlive, run, waitUntil } from '../host/process.mjs'
import { accountFor, canReach, reachableFolder } from './account.mjs'
import { createCluster } from './cluster.mjs'
import { postgresBinaries } from './postgres-binaries.mjs'

const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  password_encryption: 'scram-sha-256',
  log_min_messages: 'warning',
}
/** Durable: what an organisation may keep its data in. Throw-away: survives kill -9 of its processes, not of the machine. */
const durableSettings = { max_connections: 200, shared_buffers: '128MB' }
const throwawaySettings = {
  max_connections: 300,
  shared_buffers: '64MB',
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
}

/** @returns `url` names the database `bulou`; `pid()` is null when the server is gone; `stop()` ends it cleanly. */
export async function startPostgres({ home, durable = true, say }) {
  const folder = clusterFolder(home, say)
  const data = join(folder, 'data')
  const account = accountFor(data)
  const bin = await postgresBinaries(account, say)
  const as = { ...account, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } }
  const password = await createCluster({ folder, bin, as, account, durable, say })
  if (!canReach(data, account)) {
    throw new Error(
      `PostgreSQL's user (uid ${account.uid}) can't reach its data in ${data}. Move the data folder, or set BULOU_HOME.`,
    )
  }
  let port = await portOfRunning(data)
  if (!port) {
    say('Starting PostgreSQL…')
    port = await startServer({ folder, data, bin, as, durable })
  }
  return {
    url: `postgresql://bulou:${password}@127.0.0.1:${port}/bulou`,
    folder,
    pid: () => runningPid(data),
    stop: () => run(join(bin, 'pg_ctl'), ['stop', '-w', '-t', '60', '-D', data, '-m', durable ? 'fast' : 'immediate'], as),
  }
}

/** `home/postgres`, or where that link leads when PostgreSQL's user can't reach `home`. */
function clusterFolder(home, say) {
  const link = join(home, 'postgres')
  const there = lstatSync(link, { throwIfNoEntry: false })
  if (there?.isSymbolicLink() && !existsSync(link)) rmSync(link)
  else if (there) return realpathSync(link)
  const account = accountFor(link)
  const near = join(realpathSync(home), 'postgres')
  if (canReach(home, account)) return near
  const folder = reachableFolder(`data-${createHash('sha256').update(near).digest('hex').slice(0, 12)}`, account)
  say(`PostgreSQL runs as another user, who can't reach ${home}: its data is in ${folder}`)
  symlinkSync(folder, link)
  return folder
}

async function startServer({ folder, data, bin, as, durable }) {
  removeForeignPidFile(data)
  const log = join(data, 'server.log')
  // The port of last time if it is free, so that a database tool's bookmark goes on working.
  let port = await freePort(Number(readIfThere(join(folder, 'port')) ?? 0))
  for (let attempt = 1; ; attempt++) {
    const values = { ...always, ...(durable ? durableSettings : throwawaySettings), port }
    const lines = Object.entries(values).map(([name, value]) => `${name} = '${value}'\n`)
    writeAtomic(join(data, 'postgresql.conf'), lines.join(''))
    const { code, output } = await run(join(bin, 'pg_ctl'), ['start', '-w', '-t', '120', '-D', data, '-l', log], as)
    if (code === 0) break
    const tail = (readIfThere(log) ?? output).trim().split('\n').slice(-15).join('\n')
    if (attempt === 3 || !/could not (bind|create any TCP)/.test(tail))
      throw new Error(`PostgreSQL did not start (${log}):\n${tail}`)
    port = await freePort()
  }
  writeAtomic(join(folder, 'port'), String(port))
  return port
}

/** A server that outlived its keeper is adopted; one that is still recovering or stopping is waited for. */
async function portOfRunning(data) {
  const settled = await waitUntil(() => {
    if (!runningPid(data)) return { port: null }
    const lines = readIfThere(join(data, 'postmaster.pid'))?.split('\n') ?? []
    return lines[7]?.trim() === 'ready' ? { port: Number(lines[3]) } : null
  }, 60_000)
  if (!settled)
    throw new Error(`A PostgreSQL on ${data} has neither become ready nor stopped for a minute (see server.log there).`)
  return settled.port
}

function runningPid(data) {
  const pid = pidInFile(data)
  return pid && isAlive(pid) && isPostgres(pid) ? pid : null
}

/** After a reboot or in a new container that pid may be anybody's, and PostgreSQL would refuse to start for ever. */
function removeForeignPidFile(data) {
  if (pidInFile(data) && !runningPid(data)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

const pidInFile = (data) => Number(readIfThere(join(data, 'postmaster.pid'))?.split('\n')[0] ?? 0)

function isPostgres(pid) {
  return process.platform !== 'linux' || /postgres/.test(readIfThere(`/proc/${pid}/cmdline`) ?? '')
}
