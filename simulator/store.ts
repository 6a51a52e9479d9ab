import { openJournal } from './journal.js'
import { apply, createState, type Fact, type State } from './state/state.js'

/** Facts that happen together are one line of the journal: they survive a kill together or not at all. */
type Entry = { seq: number; facts: Fact[] }

export type Store = {
  readonly state: State
  /** The state has changed when this returns; the promise resolves when the disk has it. */
  record(...facts: Fact[]): Promise<void>
  onFact(listener: (fact: Fact) => void): () => void
  close(): Promise<void>
}

export async function openStore(path: string): Promise<Store> {
  const { entries, journal } = await openJournal<Entry>(path)
  const state = createState()
  let seq = 0
  for (const entry of entries) {
    seq = entry.seq
    for (const fact of entry.facts) apply(state, seq, fact)
  }
  const listeners = new Set<(fact: Fact) => void>()
  return {
    state,
    record(...facts) {
      seq += 1
      for (const fact of facts) apply(state, seq, fact)
      const kept = journal.append({ seq, facts })
      for (const fact of facts) for (const listener of listeners) listener(fact)
      return kept
    },
    onFact(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => journal.close(),
  }
}
