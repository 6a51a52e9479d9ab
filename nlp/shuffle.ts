/** In another order, the same for the same seed: what is learnt must not depend on the run. */
export function shuffle<T>(all: T[], seed: number): T[] {
  let state = seed * 7_919
  const out = [...all]
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const j = Math.floor((state / 2 ** 32) * (i + 1))
    const kept = out[i] as T
    out[i] = out[j] as T
    out[j] = kept
  }
  return out
}
