import type { Log } from './log.js'
import { connectRedis } from './redis.js'

/**
 * «Something about this subject changed», from any process to every page that is open. A doorbell like the queues:
 * no content, no replay; pages refetch when they connect, when it rings and every 30 seconds.
 */
export type Live = {
  tell(subjects: Iterable<string>): void
  /** Returns the function that stops listening. */
  hear(subject: string, listener: (subject: string) => void): () => void
  close(): void
}

const CHANNEL = 'bulou:live'
/** Redis that hangs takes commands into a buffer without end. What is dropped, pages find within 30 seconds. */
const MOST_UNANSWERED = 100

export function createLive(redisUrl: string, log: Log): Live {
  const out = connectRedis(redisUrl, log)
  const listeners = new Map<string, Set<(subject: string) => void>>()
  let incoming: ReturnType<typeof connectRedis> | undefined
  let unanswered = 0

  const subscribe = () => {
    incoming = connectRedis(redisUrl, log)
    incoming.subscribe(CHANNEL).catch(() => {})
    incoming.on('message', (_channel, message: string) => {
      for (const subject of message.split('\n')) for (const listener of listeners.get(subject) ?? []) listener(subject)
    })
  }

  return {
    tell(subjects) {
      const message = [...new Set(subjects)].join('\n')
      if (!message || out.status !== 'ready' || unanswered >= MOST_UNANSWERED) return
      unanswered += 1
      out
        .publish(CHANNEL, message)
        .catch(() => {})
        .finally(() => {
          unanswered -= 1
        })
    },
    hear(subject, listener) {
      if (!incoming) subscribe()
      const set = listeners.get(subject) ?? new Set()
      listeners.set(subject, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(subject)
      }
    },
    close() {
      out.disconnect()
      incoming?.disconnect()
    },
  }
}
