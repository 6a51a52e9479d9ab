/** More names than this are not told apart: the oldest are forgotten, and begin anew. */
const MOST_NAMES = 20_000

/**
 * At most so many in a window, by name. In this process's memory: it needs nothing that may be away, and several processes
 * let through so many times as much, which still is little. What must be exact is counted from rows.
 */
export function createLimit({ most, windowMs, machineNow }: { most: number; windowMs: number; machineNow: () => Date }) {
  const windows = new Map<string, { until: number; count: number }>()

  /** Counts one. False: that was one too many. */
  return (name: string): boolean => {
    const now = machineNow().getTime()
    const found = windows.get(name)
    const window = found && found.until > now ? found : { until: now + windowMs, count: 0 }
    window.count += 1
    windows.delete(name)
    windows.set(name, window)
    if (windows.size > MOST_NAMES) for (const oldest of windows.keys()) return windows.delete(oldest) && window.count <= most
    return window.count <= most
  }
}
