import type { EffectKind, Effects } from '../domain/outbox.js'
import { type Deps, runWork, type Work } from '../domain/work.js'
import type { Prisma } from '../lib/db.js'
import type { Claimed } from './claim.js'
import type { Done, Effect, Skipped } from './define.js'

type Finished = { row: Claimed; effect: Effect; result: Skipped | Done<unknown> }
type Waiting = Finished & { resolve: (kept: boolean) => void; reject: (error: unknown) => void }

const MOST_AT_ONCE = 256

/**
 * Writes down what became of calls: the receipts that came in while the last ones were being written share one transaction.
 * `keep` resolves after the commit, with false when another worker took over meanwhile and its outcome counts. What one of
 * them can't keep fails for itself alone.
 */
export function createReceiptKeeper(deps: Deps) {
  const waiting: Waiting[] = []
  let writing = false

  async function write(): Promise<void> {
    for (let batch = waiting.splice(0, MOST_AT_ONCE); batch.length > 0; batch = waiting.splice(0, MOST_AT_ONCE)) {
      try {
        const kept = await keepAll(deps, batch)
        for (const one of batch) one.resolve(kept.has(tryOf(one.row)))
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error)
        else for (const one of batch) await keepAll(deps, [one]).then((kept) => one.resolve(kept.size > 0), one.reject)
      }
    }
  }

  return {
    keep(finished: Finished): Promise<boolean> {
      return new Promise((resolve, reject) => {
        waiting.push({ ...finished, resolve, reject })
        if (writing) return
        writing = true
        void write().finally(() => {
          writing = false
        })
      })
    },
  }
}

/** A worker that was slow may hold two tries of one row: only the last one's outcome counts. */
const tryOf = ({ id, attempts }: { id: bigint; attempts: number }) => `${id}.${attempts}`

/** Those tries that were still this worker's to finish. */
function keepAll(deps: Deps, batch: Finished[]): Promise<Set<string>> {
  return runWork(deps, batch[0]?.row.trace ?? '', async (work) => {
    // Raw: one statement for all of them (hot place three of three).
    const done = await work.tx.$queryRaw<{ id: bigint; attempts: number }[]>`
      UPDATE outbox SET state = 'done', receipt = v.receipt::jsonb, done_at = ${work.now}, lease_until = NULL
      FROM unnest(${batch.map(({ row }) => row.id)}::bigint[], ${batch.map(({ row }) => row.attempts)}::int[],
        ${batch.map(({ result }) => JSON.stringify(receiptOf(result)))}::text[]) AS v(id, attempts, receipt)
      WHERE outbox.id = v.id AND outbox.state = 'open' AND outbox.attempts = v.attempts RETURNING outbox.id, outbox.attempts`
    const kept = new Set(done.map(tryOf))
    const mine = batch.filter(({ row }) => kept.has(tryOf(row)))
    for (const effect of new Set(mine.map((one) => one.effect))) await keepOf(work, effect, mine)
    return kept
  })
}

async function keepOf(work: Work, effect: Effect, finished: Finished[]): Promise<void> {
  const items = finished.flatMap(({ row, effect: its, result }) =>
    its === effect && 'receipt' in result
      ? [{ payload: row.payload as Effects[EffectKind], receipt: result.receipt, trace: row.trace }]
      : [],
  )
  if (effect.keepAll) return effect.keepAll(work, items)
  for (const { payload, receipt, trace } of items) await effect.keep?.({ ...work, trace }, payload, receipt)
}

/** A code buys a change of somebody's card: it stays with the copy, not in receipts that people read. */
function receiptOf(result: Skipped | Done<unknown>): Prisma.InputJsonValue {
  if ('skip' in result) return { skipped: result.skip }
  const receipt = result.receipt as Prisma.InputJsonValue
  if (typeof receipt !== 'object' || receipt === null || Array.isArray(receipt)) return receipt
  const { code: _code, ...rest } = receipt as Record<string, Prisma.InputJsonValue>
  return rest
}
