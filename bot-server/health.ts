import { readdir } from 'node:fs/promises'
import Router from '@koa/router'
import type { Deps } from '../domain/work.js'
import type { Log } from '../lib/log.js'
import { createMetrics } from './metrics.js'

const WORKER_LATE_MS = 60_000

/** `/healthz` alive · `/readyz` database and migrations (Redis or the worker away is `degraded`, still 200) · `/metrics`. */
export function healthRoutes({ db, bells, clock, log, migrations }: Deps & { log: Log; migrations: URL }): Router {
  const router = new Router()
  const metrics = createMetrics(db)

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
      const degraded = [...(redis ? [] : ['redis']), ...(late ? ['worker'] : [])]
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
