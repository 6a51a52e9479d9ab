import type { Db } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { describe, type Log } from '../../lib/log.js'
import { addUses, type Use } from './add-uses.js'
import type { UsedWhat } from './budget.contract.js'

const WRITE_MS = 2_000

type Needs = { db: Db; platform: 'dingtalk'; machineNow: () => Date; log: Log; writeMs?: number }
export type Meter = ReturnType<typeof createMeter>

/**
 * Counts what costs quota, in rows, a few seconds' worth at a time. A clean stop loses nothing, nor does a database that was
 * away; a process that is killed loses what it had counted in the last two seconds, which is why the platform's own no is
 * heard too (note-quota-end.ts).
 */
export function createMeter({ db, platform, machineNow, log, writeMs = WRITE_MS }: Needs) {
  let counts = new Map<string, Use>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined

  function add({ what, api, day, count }: Use): void {
    const key = `${day} ${what} ${api}`
    const known = counts.get(key)
    counts.set(key, { what, api, day, count: (known?.count ?? 0) + count })
  }

  async function write(): Promise<void> {
    const batch = [...counts.values()]
    counts = new Map()
    if (batch.length === 0) return
    await addUses(db, platform, batch).catch((error) => {
      for (const use of batch) add(use)
      throw error
    })
  }

  /** Resolves when everything that was counted until now stands; rejects when it could not be written, and keeps it. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    while (writing) await writing.catch(() => {})
    writing = write()
    await writing.finally(() => {
      writing = undefined
    })
  }

  function later(): void {
    timer ??= setTimeout(() => {
      void flush().catch((error) => {
        log.warn(describe(error), 'what was used could not be written yet')
        later()
      })
    }, writeMs).unref()
  }

  return {
    count(what: UsedWhat, api: string): void {
      add({ what, api, day: shanghaiDay(machineNow()), count: 1 })
      later()
    },
    flush,
    close: flush,
  }
}
