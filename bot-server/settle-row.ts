import { findPersonId } from '../domain/person/identify.js'
import { type Deps, runWork } from '../domain/work.js'
import { GiveUp, Refused, TryLater } from '../lib/errors.js'
import { describe, type Log } from '../lib/log.js'
import { answerThere } from './answer-there.js'
import type { InboxRow, RowNeeds } from './handle-row.js'
import { parseRow } from './parse-row.js'

export type HandlerNeeds = Deps & {
  log: Log
  /** Callbacks come in a rush: thinking gives way to hearing. */
  isRushed?: () => boolean
  row: Omit<RowNeeds, 'log'>
}

export type Row = InboxRow & { lane: string; attempts: number; not_before: Date | null; received_at: Date }

const BACKOFF_MS = [1_000, 5_000, 30_000, 120_000, 600_000]
/** What says «later» is believed for this long. */
const PATIENCE_MS = 72 * 3_600_000

/**
 * The transaction that handled the row is gone, and with it the lane's lock: somebody else may have taken the row by now,
 * so what becomes of it is written only on the row as this try found it. Which kind of error decides what that is.
 */
export async function settleRow(needs: HandlerNeeds, row: Row, error: unknown): Promise<void> {
  if (error instanceof Refused) return tellRefused(needs, row, error)
  const now = needs.clock.machineNow()
  const attempts = row.attempts + 1
  const tired = error instanceof TryLater ? now.getTime() - row.received_at.getTime() > PATIENCE_MS : attempts > BACKOFF_MS.length
  const park = error instanceof GiveUp || tired
  const said = describe(error)
  needs.log[park ? 'error' : 'warn'](
    { trace: row.trace, seq: String(row.seq), attempts, ...said },
    park ? 'row parked' : 'row will be tried again',
  )
  const wish = error instanceof TryLater ? error.delayMs : undefined
  const delay = wish ?? BACKOFF_MS[Math.min(attempts, BACKOFF_MS.length) - 1] ?? 0
  await needs.db.inbox.updateMany({
    where: asFound(row),
    data: {
      attempts,
      reason: said.error,
      ...(park ? { state: 'parked' } : { notBefore: new Date(now.getTime() + delay) }),
    },
  })
}

const asFound = (row: Row) => ({ seq: row.seq, state: 'open' as const, attempts: row.attempts })

/** A press or a word that can't be followed: the person hears why, and the row is done. */
async function tellRefused(needs: HandlerNeeds, row: Row, refused: Refused): Promise<void> {
  needs.log.info({ trace: row.trace, code: refused.code }, 'refused')
  await runWork(needs, row.trace, async (work) => {
    const { count } = await work.tx.inbox.updateMany({
      where: asFound(row),
      data: { state: 'done', doneAt: work.now, reason: refused.code },
    })
    if (count === 0) return
    const heard = parseRow(row, needs.row.organisations)
    const personId = heard.kind === 'happened' ? null : await findPersonId(work, heard.from)
    if (heard.kind === 'happened' || !personId) return
    await answerThere(work, heard, { personId, key: `refused:${row.key}`, text: refused.words, dataKey: needs.row.dataKey })
  })
}
