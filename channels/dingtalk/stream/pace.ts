/** How long everything of a connection takes at most, in ms of machine time. */
export type Pace = {
  /** For the gateway's answer, and again for the socket to open. */
  openMs: number
  /** We ping this often; nothing at all heard for `deadMs` is a socket that only looks open. */
  pingMs: number
  deadMs: number
  /** The gateway's own pings have stopped for so long: it has forgotten us, though the socket answers. */
  forgottenMs: number
  /** A connection that stood for so long was a good one: the next try is the first again. */
  steadyMs: number
  /** How long one that is to go is kept once the next one stands. The gateway closes it itself after some 10 s. */
  leaveMs: number
  /** For what is being handled when we close. */
  finishMs: number
  firstRetryMs: number
  mostRetryMs: number
  /** Before a try that only an administrator can help. */
  configRetryMs: number
}

export const usualPace: Pace = {
  openMs: 10_000,
  pingMs: 15_000,
  deadMs: 40_000,
  forgottenMs: 180_000,
  steadyMs: 30_000,
  leaveMs: 60_000,
  finishMs: 2_000,
  firstRetryMs: 1_000,
  mostRetryMs: 60_000,
  configRetryMs: 60_000,
}

/** Twice as long after each failed try, and never at the same moment as everybody else. `tries` were in vain so far. */
export function retryAfterMs(tries: number, pace: Pick<Pace, 'firstRetryMs' | 'mostRetryMs'>, random: () => number): number {
  const most = Math.min(pace.mostRetryMs, pace.firstRetryMs * 2 ** Math.min(tries, 20))
  return Math.round(most / 2 + (random() * most) / 2)
}
