import type { Dingtalk } from '../channels/dingtalk/client.js'
import type { Wecom } from '../channels/wecom/client.js'
import type { EffectKind, Effects } from '../domain/outbox.js'
import type { Deps } from '../domain/work.js'
import { GiveUp } from '../lib/errors.js'
import { describe, type Log } from '../lib/log.js'
import { type Claimed, claimDue, expireOverdue, LEASE_MS } from './claim.js'
import type { Channels, Effect } from './define.js'
import { createReceiptKeeper } from './keep-receipts.js'
import { end, noteFailure, noteLostReceipt } from './outcome.js'
import type { Outlets } from './outlets.js'

export type DeliverDeps = Deps & {
  log: Log
  effects: Map<string, Effect>
  channels: Channels
  wecom: Wecom
  dingtalk: Dingtalk | null
  outlets: Outlets
  /** How long a claim holds before others take the worker for dead. */
  leaseMs?: number
  /** Tried in vain for so long, and the next step of the route is asked for. */
  stuckMs?: number
}

/**
 * Calls under way at once: at 200 ms each some thousand a second. A platform's own limits are kept by pace.ts; a lane has
 * one. What is begun together is looked up and written down together (npm run bench -- reminders: 64 of them need half as
 * much again of the processor).
 */
const AT_ONCE = 256
/** A claim looks at every lane: while fewer places than this are free, more are waited for, this long at most. */
const WORTH_A_CLAIM = 128
const GATHER_MS = 25

/**
 * The one mouth: nothing else calls a platform with an effect. Claims what is due, calls, and commits the receipt together
 * with whatever the effect keeps. A call that hangs takes one place and holds up its own lane only.
 */
export function createDelivery(given: DeliverDeps) {
  const deps = { ...given, receipts: createReceiptKeeper(given) }
  const inFlight = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false
  let gathering: NodeJS.Timeout | undefined
  let closed = false

  async function look(): Promise<void> {
    do {
      again = false
      const free = AT_ONCE - inFlight.size
      if (closed || free === 0) return
      const times = {
        business: await deps.clock.now(deps.db),
        machine: deps.clock.machineNow(),
        leaseMs: deps.leaseMs ?? LEASE_MS,
      }
      for (const row of await claimDue(deps.db, times, free)) start(row, times.business)
    } while (again)
  }

  function gathered(): void {
    gathering = undefined
    void run()
  }

  function start(row: Claimed, now: Date): void {
    const delivery = deliver(deps, row, now).finally(() => {
      inFlight.delete(delivery)
      // Its lane may have more, and so may the place that it leaves.
      if (AT_ONCE - inFlight.size >= WORTH_A_CLAIM) void run()
      else gathering ??= setTimeout(gathered, GATHER_MS)
    })
    inFlight.add(delivery)
  }

  /** Begins everything that is due and for which there is a place. Called while it looks, it looks once more. */
  function run(): Promise<void> {
    again = true
    looking ??= look()
      .catch((error) => deps.log.warn(describe(error), 'delivery could not look'))
      .finally(() => {
        looking = undefined
        if (again && !closed) void run()
      })
    return looking
  }

  /** Resolves when nothing is under way any more. */
  async function idle(): Promise<void> {
    while (looking || gathering || inFlight.size > 0) {
      if (gathering) {
        clearTimeout(gathering)
        gathered()
      }
      await Promise.all([looking, ...inFlight])
    }
  }

  return {
    run,
    idle,
    expire: async () => expireOverdue(deps.db, { business: await deps.clock.now(deps.db), machine: deps.clock.machineNow() }),
    close(): Promise<void> {
      closed = true
      return idle()
    },
  }
}

type Delivering = DeliverDeps & { receipts: ReturnType<typeof createReceiptKeeper> }

async function deliver(deps: Delivering, row: Claimed, now: Date): Promise<void> {
  const log = deps.log.child({ trace: row.trace, effect: row.kind, outbox: String(row.id) })
  const effect = deps.effects.get(row.kind)
  let called = false
  try {
    if (!effect) throw new GiveUp(`no file in jobs/effects for «${row.kind}»`)
    if (row.unknown && effect.ifUnknown === 'show')
      return await end(deps, row, { state: 'unknown', reason: '上次发送结果未知，按规定不重发', effect })
    const payload = row.payload as Effects[EffectKind]
    const { db, channels, wecom, dingtalk, outlets } = deps
    const machineNow = deps.clock.machineNow()
    const result = await effect.run({ db, now, machineNow, channels, wecom, dingtalk, outlets }, payload)
    called = 'receipt' in result
    const kept = await deps.receipts.keep({ row, effect, result })
    log.info(
      { attempts: row.attempts, ...('skip' in result ? { skipped: result.skip } : {}) },
      kept ? 'delivered' : 'delivered, but another worker took over',
    )
  } catch (error) {
    const note = called ? noteLostReceipt(deps, row, error) : noteFailure(deps, row, { error, effect })
    await note.catch((problem) => log.error(describe(problem), 'outcome could not be kept'))
    log.warn({ attempts: row.attempts, ...describe(error) }, called ? 'delivered, receipt lost' : 'not delivered')
  }
}
