import { readdir } from 'node:fs/promises'
import Router from '@koa/router'
import type { Deps } from '../domain/work.js'
import type { Log } from '../lib/log.js'
import { createMetrics } from './metrics.js'
import type { Streams } from './streams/hold-streams.js'

const WORKER_LATE_MS = 60_000

type Needs = Deps & {
  log: Log
  migrations: URL
  /** Null or not there: nothing is heard over Stream. */
  dingtalkStreams?: Streams | null
}

/** `/healthz` alive · `/readyz` database and migrations (Redis, the worker or Stream away is `degraded`, still 200) · `/metrics`. */
export function healthRoutes({ db, bells, clock, log, migrations, dingtalkStreams = null }: Needs): Router {
  const router = new Router()
  const metrics = createMetrics(db, { streams: dingtalkStreams, machineNow: clock.machineNow })

  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true }
  })

  router.get('/readyz', async (ctx) => {
    try {
      const [missing, beat, redis] = await Promise.all([
        missingMigrations(),
        db.workerBeat.aggregate({ _max: { at: true } }),
        bells.up(),
      ])
      const late = !beat._max.at || clock.machineNow().getTime() - beat._max.at.getTime() > WORKER_LATE_MS
      // Of any process: one that waits for a slot is as well as the one that holds it.
      const deaf = dingtalkStreams?.status().standing === 0
      const degraded = [...(redis ? [] : ['redis']), ...(late ? ['worker'] : []), ...(deaf ? ['dingtalk-stream'] : [])]
      ctx.status = missing.length > 0 ? 503 : 200
      ctx.body = missing.length > 0 ? { ready: false, missing } : { ready: true, degraded }
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'not ready')
      ctx.status = 503
      ctx.body = { ready: false, database: 'unreachable' }
    }
  })

  router.get('/metrics', async (ctx) => {
    ctx.type = metrics.contentType
    ctx.body = await metrics.read()
  })

  async function missingMigrations(): Promise<string[]> {
    const wanted = (await readdir(migrations, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    const applied = await db.$queryRaw<
      { migration_name: string }[]
    >`SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`
    const names = new Set(applied.map((row) => row.migration_name))
    return wanted.filter((name) => !names.has(name))
  }
  return router
}
