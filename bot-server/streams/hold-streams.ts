import type { Stream } from '../../channels/dingtalk/stream/stream.js'
import { describe, type Log } from '../../lib/log.js'
import { openSlotLocks, type SlotLocks, type SlotView } from './slot-locks.js'

type Needs = {
  databaseUrl: string
  /** How many connections all server processes hold together. */
  slots: number
  /** Begins one; it is closed when its slot is lost. */
  open: (slot: number) => Stream
  log: Log
  /** Between two looks at who holds what. */
  lookMs?: number
}

export type Streams = {
  status(): {
    /** Connections of this process that stand. */
    open: number
    /** Connections of all processes that stood at the last look, ours among them. */
    standing: number
    /** When a frame was last heard here (ms); null: not since the start. */
    lastFrameAt: number | null
    trouble: string | null
  }
  close(): Promise<void>
}

const LOOK_MS = 2_000
/** A free slot is left to processes that have none for so many looks. */
const POLITE_LOOKS = 3

/**
 * Takes slots and holds a connection for each. A process begins with one, takes what nobody else wants a little later, and
 * gives one back when another process has none: so the death of one never leaves us without a connection, as long as two live.
 */
export function holdStreams(needs: Needs): Streams {
  const { slots, log } = needs
  const mine = new Map<number, Stream>()
  let locks: SlotLocks | null = null
  let view: SlotView | null = null
  let freeLooks = 0
  let lastFrameAt: number | null = null
  let closed = false
  let timer: NodeJS.Timeout | undefined

  function lose(why: string): void {
    locks = null
    view = null
    if (!closed) log.warn({ why, slots: [...mine.keys()] }, 'the locks of the Stream connections are lost')
    for (const [slot, stream] of mine) {
      void stream.close()
      mine.delete(slot)
    }
  }

  async function takeOneOf(held: SlotLocks, free: number[]): Promise<void> {
    for (const slot of free) {
      if (!(await held.take(slot))) continue
      // Lost, or closed, while it was asked for: it is free again with the connection.
      if (locks !== held || closed) return
      log.info({ slot }, 'Stream slot taken')
      mine.set(slot, needs.open(slot))
      return
    }
  }

  async function giveOneBack(held: SlotLocks): Promise<void> {
    const [slot, stream] = [...mine].at(-1) ?? []
    if (!slot || !stream) return
    mine.delete(slot)
    log.info({ slot }, 'Stream slot given back: another process has none')
    await stream.close()
    await held.markStanding(slot, false)
    await held.giveBack(slot)
  }

  async function lookOnce(): Promise<void> {
    locks ??= await openSlotLocks(needs.databaseUrl, lose)
    const held = locks
    if (closed) return held.close()
    for (const [slot, stream] of mine) await held.markStanding(slot, stream.status().open)
    const seen = await held.look()
    if (closed) return
    view = seen
    const { taken, othersWait } = seen
    const free = Array.from({ length: slots }, (_, n) => n + 1).filter((slot) => !taken.has(slot))
    freeLooks = free.length > 0 ? freeLooks + 1 : 0
    if (mine.size === 0 || freeLooks > POLITE_LOOKS) await takeOneOf(held, free)
    else if (mine.size > 1 && othersWait) await giveOneBack(held)
    await held.markWaiting(mine.size === 0)
  }

  function lookAgain(ms: number): void {
    timer = setTimeout(async () => {
      await lookOnce().catch((error) => {
        if (!closed) log.warn(describe(error), 'the slots of Stream cannot be looked at')
      })
      if (!closed) lookAgain(needs.lookMs ?? LOOK_MS)
    }, ms)
  }
  lookAgain(0)

  return {
    status() {
      const all = [...mine.values()].map((stream) => stream.status())
      for (const one of all) if (one.lastFrameAt) lastFrameAt = Math.max(lastFrameAt ?? 0, one.lastFrameAt)
      const open = all.filter((one) => one.open).length
      const elsewhere = [...(view?.standing ?? [])].filter((slot) => !mine.has(slot)).length
      return { open, standing: open + elsewhere, lastFrameAt, trouble: all.find((one) => one.trouble)?.trouble ?? null }
    },
    async close() {
      closed = true
      view = null
      clearTimeout(timer)
      await Promise.all([...mine.values()].map((stream) => stream.close()))
      mine.clear()
      await locks?.close()
    },
  }
}
