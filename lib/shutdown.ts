import { describe, type Log } from './log.js'

type Step = { name: string; run: () => Promise<unknown> | unknown }

/**
 * Ordered stop: steps run in the order they were added, once, on SIGTERM, SIGINT or when the supervisor is gone.
 * After `deadlineMs` the process leaves anyway: the rows know what was not finished.
 */
export function createShutdown(log: Log, deadlineMs = 10_000) {
  const steps: Step[] = []
  let stopping: Promise<void> | undefined

  const stop = (why: string): Promise<void> => {
    stopping ??= (async () => {
      log.info({ why }, 'stopping')
      const late = setTimeout(() => process.exit(1), deadlineMs)
      for (const step of steps) {
        try {
          await step.run()
        } catch (error) {
          log.warn({ step: step.name, ...describe(error) }, 'a step of the stop failed')
        }
      }
      clearTimeout(late)
      log.info({}, 'stopped')
      process.exit(0)
    })()
    return stopping
  }

  process.once('SIGTERM', () => stop('SIGTERM'))
  process.once('SIGINT', () => stop('SIGINT'))
  // A child whose supervisor was killed hears nothing else.
  process.once('disconnect', () => stop('supervisor gone'))
  return { add: (name: string, run: Step['run']) => void steps.push({ name, run }), stop }
}
export type Shutdown = ReturnType<typeof createShutdown>
