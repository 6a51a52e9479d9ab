/** Below, a number means seconds: as milliseconds it would be before 2001, as seconds after 33658. */
const MILLISECONDS = 1e12

/** Times come in milliseconds nearly everywhere, in the oldest samples in seconds. ms; 0 when it is no time. */
export function readMs(value: string): number {
  const time = Number(value)
  if (!Number.isFinite(time) || time <= 0) return 0
  return time < MILLISECONDS ? time * 1000 : time
}
