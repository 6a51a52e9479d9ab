const PER_SECOND = 500
const WINDOW_MS = 200

/**
 * Whether callbacks come in a rush: more than 500 a second, which is far above what an organisation has and what a
 * platform sends after it was down. `ms` is any clock that only goes forward.
 */
export function createRush(ms: () => number) {
  let since = ms()
  let now = 0
  let before = 0

  /** A window that is over becomes the one before; one without a callback ends the rush. */
  function turn(): void {
    const age = ms() - since
    if (age < WINDOW_MS) return
    before = age < 2 * WINDOW_MS ? now : 0
    now = 0
    since = ms()
  }

  return {
    count(): void {
      turn()
      now += 1
    },
    isOn(): boolean {
      turn()
      return Math.max(before, now) * 1000 > PER_SECOND * WINDOW_MS
    },
  }
}
