/** Chance that can be had again: the seed is printed by whoever asks for one, and given back in FAULT_SEED. */
export type Chance = {
  seed: number
  /** [0, below) */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
}

export function createChance(seed = Number(process.env.FAULT_SEED) || Math.ceil(Math.random() * 1e6)): Chance {
  let state = seed >>> 0
  // mulberry32: small, and good enough to decide who dies next.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    seed,
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
  }
}
