import * as z from 'zod'
import { ChannelError } from './channel-error.js'
import { parseJson } from './parse-json.js'
import type { TokenShelf } from './shelf.js'

/** Fetched anew this long before it ends: what is under way must not outlive it. */
const marginMs = 5 * 60_000
/** With less left than this, asking again and again would bring the same one: what ends on the way is replaced then. */
const restMs = 60_000
/** While the old one is good, a next one that could not be had is asked for again after this. */
const againMs = 30_000
/** The platform bans an address that goes on trying a wrong secret: a refusal holds for a while. */
const holdMs = 60_000
const shared = z.union([
  z.object({ value: z.string().min(1), renewAt: z.number(), ends: z.number() }),
  z.object({ refused: z.union([z.number(), z.string()]), until: z.number() }),
])

type Found = { value: string; renewAt: number; ends: number }

type Needs = {
  /** The call that fetches it: names what it is, and the refusals that are held are this call's. */
  method: string
  /** Whose it is; nobody else's has the same name. */
  name: string
  /** The codes of a no that is true for every process with the same settings: an address that isn't trusted is one machine's own. */
  sharedRefusals: (number | string)[]
  /** The error that such a code is, when another process met with it. */
  refusalOf(method: string, code: number | string): ChannelError
  shelf: TokenShelf | undefined
  machineNow: () => Date
  fetch(): Promise<{ value: string; lifeMs: number }>
}

export type Kept = {
  /** What is good for some minutes. */
  get(): Promise<string>
  /** The platform said no to `value`: forget it. Saying so of what was already replaced does nothing. */
  drop(value: string): void
}

/**
 * A token or a ticket: fetched by one call however many wait, and by one process however many there are, as long as they
 * have a shelf in common that answers. What one of them was refused for its settings, the others are not refused again.
 */
export function keep({ method, name, sharedRefusals, refusalOf, shelf, machineNow, fetch }: Needs): Kept {
  const slot = `${method}|${name}`
  const now = () => machineNow().getTime()
  let current: Found | null = null
  let refusal: { error: unknown; until: number } | null = null
  let refused: string | null = null
  let pending: Promise<string> | null = null

  /** Null: nothing that would do. Throws the refusal that another process met with. */
  async function look(): Promise<string | null> {
    const laid = await shelf?.get(slot)
    const found = laid ? shared.safeParse(parseJson(laid)).data : undefined
    if (!found) return null
    if ('refused' in found) {
      if (now() >= found.until) return null
      refusal = { error: refusalOf(method, found.refused), until: found.until }
      throw refusal.error
    }
    if (found.value === refused || now() >= found.renewAt) return null
    current = found
    return found.value
  }

  async function ask(): Promise<string> {
    try {
      const { value, lifeMs } = await fetch()
      const ends = now() + lifeMs
      current = { value, renewAt: lifeMs <= restMs ? ends : ends - Math.min(marginMs, lifeMs / 2), ends }
      refused = null
      await shelf?.put(slot, JSON.stringify(current), lifeMs)
      return value
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'config' || error.method !== method) throw error
      const until = now() + holdMs
      refusal = { error, until }
      if (sharedRefusals.includes(error.code)) await shelf?.put(slot, JSON.stringify({ refused: error.code, until }), holdMs)
      throw error
    }
  }

  async function renew(): Promise<string> {
    const known = await look()
    if (known !== null || !shelf) return known ?? ask()
    const release = await shelf.lock(slot)
    try {
      // Whoever held the lock until now has laid down what we want.
      return (await look()) ?? (await ask())
    } finally {
      release()
    }
  }

  return {
    async get() {
      const old = current
      if (old && now() < old.renewAt) return old.value
      if (!old && refusal && now() < refusal.until) throw refusal.error
      pending ??= renew().finally(() => {
        pending = null
      })
      if (!old) return pending
      // The last minutes of the old one are there for a next one that can't be had at once.
      return pending.catch((error) => {
        if (now() >= old.ends || old.value === refused) throw error
        old.renewAt = Math.min(old.ends, now() + againMs)
        return old.value
      })
    },
    drop(value) {
      if (current?.value === value) current = null
      refused = value
    },
  }
}
