/** Callbacks to the product: what was to be told, and what came of each attempt. */
export type ConfigName = 'app' | 'archive'
export type Attempt = { at: number; status: number | null; ms: number; error: string | null; answer: string }

export type CallbackFact =
  | { type: 'callback'; id: string; config: ConfigName; event: string; xml: string; at: number; machineAt: number }
  | { type: 'callback-attempt'; id: string; attempt: Attempt }

export type Callback = {
  id: string
  config: ConfigName
  event: string
  xml: string
  /** Business time of what is told; machine time of the telling. */
  at: number
  machineAt: number
  attempts: Attempt[]
  outcome: 'open' | 'delivered' | 'undelivered'
}
export type Callbacks = Map<string, Callback>

/** «Three retries in total» [D 90930] may mean three or four deliveries (U1): read here as one and three repeats. */
export const DELIVERIES = 4

export function applyCallback(callbacks: Callbacks, fact: CallbackFact): void {
  if (fact.type === 'callback') {
    const { type: _, ...told } = fact
    callbacks.set(fact.id, { ...told, attempts: [], outcome: 'open' })
    return
  }
  const callback = callbacks.get(fact.id)
  if (!callback) return
  callback.attempts.push(fact.attempt)
  if (callback.outcome !== 'open') return
  if (fact.attempt.status === 200) callback.outcome = 'delivered'
  else if (callback.attempts.length >= DELIVERIES) callback.outcome = 'undelivered'
}
