import type { BudgetState, Saved, UsedWhat } from './budget.contract.js'

/** Shares of the month's quota. Notices go first: their card says the same. DING last: it is meant for the worst. */
const WATCH = 0.8
const STOPS: [Saved, number][] = [
  ['notice', 0.85],
  ['todo', 0.9],
  ['ding', 0.95],
]
/** Half a month's quota is gone and it will not last: the cheapest saving begins early. */
const EARLY = 0.5

export type Standing = { what: UsedWhat; used: number; quota: number; forecast: number | null; ended: boolean }

/** How one line of the budget stands. `ended`: the platform itself has said so. */
export function judge({ used, quota, forecast, ended }: Standing): BudgetState {
  if (ended || used >= quota) return 'used-up'
  const isOver = forecast !== null && forecast > quota
  if (used >= quota * (STOPS[0]?.[1] ?? 1) || (isOver && used >= quota * EARLY)) return 'short'
  return isOver || used >= quota * WATCH ? 'watch' : 'plenty'
}

/** What is left out. Only calls are ours to save: what is pushed to us is people's own doing. */
export function savedOf(standing: Standing): Saved[] {
  if (standing.what !== 'call') return []
  const state = judge(standing)
  if (state === 'used-up') return STOPS.map(([saved]) => saved)
  if (state !== 'short') return []
  const over = STOPS.filter(([saved, share]) => saved === 'notice' || standing.used >= standing.quota * share)
  return over.map(([saved]) => saved)
}
