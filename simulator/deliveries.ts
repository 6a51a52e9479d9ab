import { randomInt } from 'node:crypto'

/** How a platform's callbacks leave, as tests choose. In memory: a restart sends what it still owes. */
export type Deliveries = {
  /** From now on: kept back, and delivered so many times although answered. */
  deliver(change: { held?: boolean | undefined; copies?: number | undefined }): {
    held: boolean
    copies: number
    waiting: string[]
  }
  /** Sends what was kept back and keeps back nothing more; with `ids` only those, and goes on keeping. */
  release(order: 'as-happened' | 'reversed' | 'shuffled', ids?: string[]): string[]
}

/** `keep` says whether this one waits; `leave` sends what is released. */
export function createDeliveries(leave: (id: string) => void) {
  const manner = { held: false, copies: 1 }
  let waiting: string[] = []
  const deliveries: Deliveries = {
    deliver(change) {
      manner.held = change.held ?? manner.held
      manner.copies = change.copies ?? manner.copies
      return { ...manner, waiting: [...waiting] }
    },
    release(order, ids) {
      const chosen = waiting.filter((id) => ids?.includes(id) ?? true)
      waiting = waiting.filter((id) => !chosen.includes(id))
      if (!ids) manner.held = false
      if (order === 'reversed') chosen.reverse()
      const left = order === 'shuffled' ? shuffle(chosen) : chosen
      for (const id of left) leave(id)
      return left
    },
  }
  const keep = (id: string): boolean => {
    if (manner.held) waiting.push(id)
    return manner.held
  }
  return { deliveries, keep, copies: () => manner.copies }
}

function shuffle(ids: string[]): string[] {
  const rest = [...ids]
  return ids.flatMap(() => rest.splice(randomInt(rest.length), 1))
}
