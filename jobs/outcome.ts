import { ChannelError, sortChannelError } from '../channels/channel-error.js'
import type { EffectKind, Effects } from '../domain/outbox.js'
import { type Deps, runWork } from '../domain/work.js'
import { GiveUp, TryLater } from '../lib/errors.js'
import { describe } from '../lib/log.js'
import type { Claimed } from './claim.js'
import type { Effect } from './define.js'

const BACKOFF_MS = [1_000, 5_000, 15_000, 60_000, 300_000]
/** Tried for this long after it was first due, then given up and shown. */
const PATIENCE_MS = 72 * 3_600_000
/** So long without success, and another way to the person is tried beside it. */
export const STUCK_MS = 15 * 60_000

export type OutcomeDeps = Deps & { effects: Map<string, Effect>; stuckMs?: number }

/** The row as this try left it: a worker that slept past its lease must not write over the one that took over. */
export const asClaimed = (row: Claimed) => ({ id: row.id, state: 'open' as const, attempts: row.attempts })

/** The call was refused, never got through, or never came back. */
export async function noteFailure(
  deps: OutcomeDeps,
  row: Claimed,
  { error, effect }: { error: unknown; effect: Effect | undefined },
): Promise<void> {
  const outcomeUnknown = error instanceof ChannelError && error.unknownOutcome
  const reason = describe(error).error
  if (outcomeUnknown && effect?.ifUnknown === 'show') return end(deps, row, { state: 'unknown', reason, effect })
  const sorted = error instanceof ChannelError ? sortChannelError(error) : error
  if (sorted instanceof GiveUp || (await isTired(deps, row))) return end(deps, row, { state: 'failed', reason, effect })
  const wish = sorted instanceof TryLater ? sorted.delayMs : undefined
  // Known to have failed, and no doubt from before: the next try is a first one, and may still be taken back.
  const doubt = outcomeUnknown ? { unknowns: { increment: 1 } } : row.unknown ? {} : { calledAt: null }
  await tryAgain(deps, row, { reason, wish, data: doubt })
  await noteStuck(deps, row.lane)
}

/** What fails holds up its lane: whatever of it has waited for so long is stuck, also what was never tried. */
async function noteStuck(deps: OutcomeDeps, lane: string): Promise<void> {
  const { stuckMs = STUCK_MS } = deps
  const kinds = [...deps.effects.values()].flatMap((effect) => (effect.stuck ? effect.name : []))
  const now = await deps.clock.now(deps.db)
  const rows = await deps.db.outbox.findMany({
    where: {
      lane,
      state: 'open',
      kind: { in: kinds },
      createdAt: { lt: new Date(deps.clock.machineNow().getTime() - stuckMs) },
      notBefore: { lt: new Date(now.getTime() - stuckMs) },
    },
    orderBy: { id: 'asc' },
    select: { kind: true, payload: true, trace: true },
  })
  for (const { kind, payload, trace } of rows)
    await runWork(deps, trace, async (work) => deps.effects.get(kind)?.stuck?.(work, payload as Effects[EffectKind]))
}

/**
 * The platform took it and we could not write that down. Like a death between the two: the next try knows that the outcome
 * is open. Where even that goes wrong each time, somebody has to look.
 */
export async function noteLostReceipt(deps: Deps, row: Claimed, error: unknown): Promise<void> {
  const reason = `已送达，但回执没能记下来：${describe(error).error}`
  if (row.attempts >= BACKOFF_MS.length) return end(deps, row, { state: 'unknown', reason })
  await tryAgain(deps, row, { reason, wish: undefined, data: { unknowns: { increment: 1 } } })
}

export async function end(
  deps: Deps,
  row: Claimed,
  { state, reason, effect }: { state: 'failed' | 'unknown'; reason: string; effect?: Effect | undefined },
): Promise<void> {
  await runWork(deps, row.trace, async (work) => {
    const { count } = await work.tx.outbox.updateMany({
      where: asClaimed(row),
      data: { state, reason, leaseUntil: null, doneAt: work.now },
    })
    // Another worker took over: what it learns counts.
    if (count > 0) await effect?.failed?.(work, row.payload as Effects[EffectKind], { state, reason })
  })
}

type Again = { reason: string; wish: number | undefined; data: { unknowns?: { increment: number }; calledAt?: null } }

async function tryAgain(deps: Deps, row: Claimed, { reason, wish, data }: Again): Promise<void> {
  const backoff = BACKOFF_MS[Math.min(row.attempts, BACKOFF_MS.length) - 1] ?? 0
  const retryAt = new Date(deps.clock.machineNow().getTime() + (wish ?? backoff))
  await deps.db.outbox.updateMany({ where: asClaimed(row), data: { ...data, reason, retryAt, leaseUntil: null } })
  deps.bells.ringAt('outbox', retryAt)
}

async function isTired(deps: Deps, row: Claimed): Promise<boolean> {
  const now = await deps.clock.now(deps.db)
  // Each by its own clock. A row that was planned ahead is not old when it becomes due, nor one that a jump made due.
  const waitedMs = Math.min(
    deps.clock.machineNow().getTime() - row.created_at.getTime(),
    now.getTime() - row.not_before.getTime(),
  )
  return waitedMs > PATIENCE_MS
}
