import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../../scripts/embedded/postgres.mjs'
import { isAlive } from '../../scripts/host/process.mjs'
import { guardGroup } from '../setup/guard.js'
import { family, signalAll } from './family.js'
import type { Member } from './member.js'
import { waitFor } from './wait-for.js'

/** PostgreSQL with its whole family: a pause or a kill means every backend, as when the machine hangs or loses power. */
export async function postgresMember(home: string): Promise<Member & { url: string }> {
  const launch = () => startPostgres({ home, durable: false, say: () => {} })
  let server = await launch()
  let releases: (() => void)[] = []

  /** Paused backends would outlive a killed postmaster: all of them are guarded. */
  const guard = () => {
    unguard()
    releases = family(server.pid()).map(guardGroup)
  }
  const unguard = () => {
    for (const release of releases) release()
    releases = []
  }
  const start = async () => {
    server = await launch()
    guard()
  }
  const stop = async () => {
    signalAll(family(server.pid()), 'SIGCONT')
    if (server.pid()) await server.stop()
    unguard()
  }
  guard()

  return {
    name: 'postgres',
    url: server.url,
    pid: () => server.pid(),
    start,
    stop,
    kill: async () => {
      const pids = family(server.pid())
      signalAll(pids, 'SIGKILL')
      await waitFor(() => !pids.some(isAlive), { what: 'PostgreSQL to be gone' })
      unguard()
    },
    pause: () => {
      guard()
      signalAll(family(server.pid()), 'SIGSTOP')
    },
    resume: () => signalAll(family(server.pid()), 'SIGCONT'),
    restart: async () => {
      await stop()
      await start()
    },
    logs: () => readFileSync(join(server.folder, 'data/server.log'), 'utf8'),
  }
}
