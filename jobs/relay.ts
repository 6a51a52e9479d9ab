import { describe, type Log } from '../lib/log.js'

export type Timer = { name: string; everyMs: number; run: () => Promise<unknown> }

/**
 * Timers that find what no bell told of. They are the safety, not the speed: with Redis gone, everything is done by them a
 * little later. A run that takes longer than its period is not started twice.
 */
export function createRelay(log: Log, timers: Timer[]) {
  const running = new Map<string, Promise<void>>()
  const handles = timers.map((timer) => {
    const tick = () => {
      if (running.has(timer.name)) return
      const run = timer
        .run()
        .catch((error) => log.warn({ timer: timer.name, ...describe(error) }, 'timer failed'))
        .then(() => void running.delete(timer.name))
      running.set(timer.name, run)
    }
    tick()
    return setInterval(tick, timer.everyMs)
  })
  return {
    async stop(): Promise<void> {
      for (const handle of handles) clearInterval(handle)
      await Promise.all(running.values())
    },
  }
}
