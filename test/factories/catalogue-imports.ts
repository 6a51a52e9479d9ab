import { afterAll, beforeAll } from 'vitest'
import { openFile } from '../../domain/import/open-file.js'
import type { Actor } from '../../domain/person/actor.js'
import { createProductImport } from '../../domain/product-import/create-product-import.js'
import { startProductImport } from '../../domain/product-import/start-product-import.js'
import { viewProductImport } from '../../domain/product-import/view-product-import.js'
import { runImports } from '../../jobs/run-imports.js'
import { type Bells, createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { newId, sha256 } from '../../lib/ids.js'
import { createLive, type Live } from '../../lib/live.js'
import { freshDb } from '../setup/db.js'
import { type FreshRedis, freshRedis } from '../setup/redis.js'
import { type Cast, createCast } from './cast.js'
import { keepLog } from './log.js'
import { inWork, NOW } from './work.js'

/** 孙悦 and her lists, for a file of tests; what is brought is taken in by the worker's own run. */
export function useCatalogueImports() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let redis: FreshRedis
  let bells: Bells
  let live: Live
  let cast: Cast
  let sunyue: Actor
  const { log } = keepLog()
  beforeAll(async () => {
    ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
    bells = createBells(redis.url, log)
    live = createLive(redis.url, log)
    cast = await createCast(database.db)
    sunyue = await cast.actor('sunyue')
  })
  afterAll(async () => {
    await bells.close()
    live.close()
    await Promise.all([database.close(), redis.stop()])
  })

  const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  async function brings(rows: string[][], bookId: string | null = null): Promise<string> {
    const file = Buffer.from(rows.map((row) => row.map(quoted).join(',')).join('\n'))
    const brought = { fileName: '清单.csv', hash: sha256(file), sheet: await openFile(file), bookId }
    return (await inWork(database.db, (work) => createProductImport(work, sunyue, brought))).id
  }
  const deps = () => ({
    ...{ db: database.db, bells, live, log, dataKey: '00'.repeat(32) },
    clock: createClock({ production: true, machineNow: () => NOW }),
  })
  const starts = (id: string) => inWork(database.db, (work) => startProductImport(work, sunyue, id))
  const runs = async () => {
    while ((await database.db.productImport.count({ where: { state: 'running' } })) > 0) await runImports(deps())
  }
  async function takes(rows: string[][], bookId: string | null = null): Promise<string> {
    const id = await brings(rows, bookId)
    await starts(id)
    await runs()
    return id
  }
  async function makeBook(name: string): Promise<string> {
    const id = newId()
    await database.db.priceBook.create({ data: { id, name, tiers: [], createdAt: NOW, updatedAt: NOW } })
    return id
  }
  return {
    db: () => database.db,
    cast: () => cast,
    sunyue: () => sunyue,
    view: (id: string) => viewProductImport(database.db, sunyue, id),
    ...{ brings, starts, runs, takes, makeBook },
  }
}
