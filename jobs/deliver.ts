import type { Channel } from '../channels/channel.js'
import { ChannelError, sortChannelError } from '../channels/channel-error.js'
import type { Wecom } from '../channels/wecom/client.js'
import type { EffectKind, Effects } from '../domain/outbox.js'
import { type Deps, runWork } from '../domain/work.js'
import type { Prisma } from '../lib/db.js'
import { GiveUp, TryLater } from '../lib/errors.js'
import { describe, type Log } from '../lib/log.js'
import { type Claimed, claimDue, expireOverdue } from './claim.js'
import type { Effect } from './define.js'

export type DeliverDeps = Deps & { log: Log; effects: Map<string, Effect>; channel: Channel; wecom: Wecom }

const AT_ONCE = 8
const BACKOFF_MS = [1_000, 5_000, 15_000, 60_000, 300_000]
/** Tried for this long, then given up and shown. */
const PATIENCE_MS = 72 * 3_600_000

/**
 * The one mouth: nothing else calls a platform with an effect. Claims what is due, calls, and commits the receipt together
 * with whatever the effect keeps.
 */
export function createDelivery(deps: DeliverDeps) {
  let draining: Promise<void> | undefined
  let again = false
  let closed = false

  async function drain(): Promise<void> {
    do {
      again = false
      const times = { business: await deps.clock.now(deps.db), machine: deps.clock.machineNow() }
      const claimed = await claimDue(deps.db, times, AT_ONCE)
      await Promise.all(claimed.map((row) => deliver(deps, row, times.business)))
      if (claimed.length > 0) again = true
    } while (again && !closed)
  }

  return {
    /** Delivers everything that is due. Called while under way, it looks once more at the end. */
    run(): Promise<void> {
      again = true
      draining ??= drain()
        .catch((error) => deps.log.warn(describe(error), 'delivery could not look'))
        .finally(() => {
          draining = undefined
        })
      return draining
    },
    expire: async () => expireOverdue(deps.db, { business: await deps.clock.now(deps.db), machine: deps.clock.machineNow() }),
    async close() {
      closed = true
      await draining
    },
  }
}

async function deliver(deps: DeliverDeps, row: Claimed, now: Date): Promise<void> {
  const log = deps.log.child({ trace: row.trace, effect: row.kind, outbox: String(row.id) })
  try {
    const effect = deps.effects.get(row.kind)
    if (!effect) throw new GiveUp(`no file in jobs/effects for «${row.kind}»`)
    if (row.unknown && effect.ifUnknown === 'show')
      return await end(deps, row, { state: 'unknown', reason: '上次发送结果未知，按规定不重发' })
    const payload = row.payload as Effects[EffectKind]
    const result = await effect.run({ db: deps.db, now, channel: deps.channel, wecom: deps.wecom }, payload)
    await runWork(deps, row.trace, async (work) => {
      if ('receipt' in result) await effect.keep?.(work, payload, result.receipt)
      const receipt = ('receipt' in result ? result.receipt : { skipped: result.skip }) as Prisma.InputJsonValue
      await work.tx.outbox.update({
        where: { id: row.id },
        data: {
          state: 'done',
          receipt: withoutCode(receipt),
          doneAt: work.now,
          leaseUntil: null,
          ...(row.unknown ? { unknowns: { increment: 1 } } : {}),
        },
      })
    })
    log.info({ attempts: row.attempts, ...('skip' in result ? { skipped: result.skip } : {}) }, 'delivered')
  } catch (error) {
    await fail(deps, row, error).catch((problem) => log.error(describe(problem), 'outcome could not be kept'))
    log.warn({ attempts: row.attempts, ...describe(error) }, 'not delivered')
  }
}

/** A code buys a change of somebody's card: it stays with the copy, not in receipts that people read. */
function withoutCode(receipt: Prisma.InputJsonValue): Prisma.InputJsonValue {
  if (typeof receipt !== 'object' || Array.isArray(receipt)) return receipt
  const { code: _code, ...rest } = receipt as Record<string, Prisma.InputJsonValue>
  return rest
}

async function fail(deps: DeliverDeps, row: Claimed, error: unknown): Promise<void> {
  const outcomeUnknown = error instanceof ChannelError && error.unknownOutcome
  const effect = deps.effects.get(row.kind)
  if (outcomeUnknown && effect?.ifUnknown === 'show') return end(deps, row, { state: 'unknown', reason: error.message })
  const sorted = error instanceof ChannelError ? sortChannelError(error) : error
  const machine = deps.clock.machineNow()
  const tired = machine.getTime() - row.created_at.getTime() > PATIENCE_MS
  const reason = error instanceof Error ? error.message : String(error)
  if (sorted instanceof GiveUp || tired) return end(deps, row, { state: 'failed', reason })
  const delay = sorted instanceof TryLater ? sorted.delayMs : undefined
  const retryAt = new Date(machine.getTime() + (delay ?? BACKOFF_MS[Math.min(row.attempts, BACKOFF_MS.length) - 1] ?? 1_000))
  await deps.db.outbox.update({
    where: { id: row.id },
    data: {
      reason,
      retryAt,
      leaseUntil: null,
      // Known to have failed: the next try is a first one. Unknown: it stays marked as begun.
      ...(outcomeUnknown ? { unknowns: { increment: 1 } } : { calledAt: null }),
    },
  })
  deps.bells.ringAt('outbox', retryAt)
}

async function end(
  deps: DeliverDeps,
  row: Claimed,
  { state, reason }: { state: 'failed' | 'unknown'; reason: string },
): Promise<void> {
  await deps.db.outbox.update({
    where: { id: row.id },
    data: { state, reason, leaseUntil: null, doneAt: await deps.clock.now(deps.db) },
  })
}
