import { describe } from '../../lib/log.js'
import type { Deps } from '../deps.js'
import { lineOf, type Sms } from '../state/sms.js'

/**
 * The carrier's word on each message, a little after it was taken. A number that is switched off is waited for; what it
 * was sent arrives when it is on again.
 */
export type Receipts = {
  /** Goes through what is pending now, at once and again when the carrier has had its time. */
  look(): void
  close(): Promise<void>
}

export function createReceipts(deps: Deps): Receipts {
  const wait = deps.settings.sms?.receiptMs ?? 0
  const timers = new Map<string, NodeJS.Timeout>()
  const writing = new Set<Promise<unknown>>()

  const report = (one: Sms) => {
    const line = lineOf(deps.store.state.sms, one.mobile)
    if (one.status !== 'pending' || line.mode === 'off') return
    const [at, machineAt] = [deps.clock.business(), deps.clock.machine()]
    const status = line.mode === 'fails' ? 'failed' : 'delivered'
    const code = line.mode === 'fails' ? line.code : 'DELIVERED'
    const kept = deps.store
      .record({ type: 'sms-receipt', id: one.id, status, code, at, machineAt })
      .catch((error) => deps.log.error(describe(error), 'a receipt was not kept'))
    writing.add(kept)
    void kept.finally(() => writing.delete(kept))
  }

  return {
    look() {
      const pending = [...deps.store.state.sms.pending.values()].filter((s) => !timers.has(s.id))
      for (const one of pending) {
        const due = () => {
          timers.delete(one.id)
          report(one)
        }
        timers.set(one.id, setTimeout(due, wait))
      }
    },
    async close() {
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.allSettled(writing)
    },
  }
}
