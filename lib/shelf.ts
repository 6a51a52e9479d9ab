import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.js'
import { connectRedis } from './redis.js'

/**
 * A shelf in Redis that all processes share, for what is dear to fetch and no loss when it is gone. Sealed: a name is a
 * keyed hash, a value AES-256-GCM under a key derived from DATA_KEY (processes with another DATA_KEY see an empty shelf).
 * Redis may be away, hang, or be emptied at any time: then everything here answers, after a moment at most, as if the
 * shelf were empty.
 */
export type Shelf = {
  get(name: string): Promise<string | null>
  put(name: string, value: string, lifeMs: number): Promise<void>
  lock(name: string): Promise<() => void>
  close(): void
}

/** Nobody waits longer than this, neither for Redis nor for another process. */
const PATIENCE_MS = 300
/** Redis that did not answer is left alone for so long. */
const REST_MS = 5_000
/** A holder that died is forgotten after this: longer than what a platform call may take. */
const LOCK_MS = 15_000
const LOOK_AGAIN_MS = 25

const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end`

export function createShelf(
  redisUrl: string,
  {
    dataKey,
    log,
    patienceMs = PATIENCE_MS,
    restMs = REST_MS,
  }: { dataKey: string; log: Log; patienceMs?: number; restMs?: number },
): Shelf {
  const redis = connectRedis(redisUrl, log, {
    commandTimeout: patienceMs,
    // What could not be sent at once is answered by then, and must not be sent late.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
  })
  const [nameKey, valueKey] = ['name', 'value'].map((use) =>
    Buffer.from(hkdfSync('sha256', dataKey, '', `bulou shelf ${use}`, 32)),
  )
  if (!nameKey || !valueKey) throw new Error('no key to seal the shelf with')
  const slotOf = (name: string) => `bulou:shelf:${createHmac('sha256', nameKey).update(name).digest('base64url')}`

  let restUntil = 0
  /** Null: Redis did not answer, now or a little while ago. */
  async function ask<T>(command: () => Promise<T>): Promise<{ answer: T } | null> {
    if (performance.now() < restUntil) return null
    try {
      return { answer: await command() }
    } catch {
      restUntil = performance.now() + restMs
      // It may be the connection that is dead, and look alive: nothing else would ever tell.
      if (redis.status === 'ready') redis.disconnect(true)
      return null
    }
  }

  return {
    async get(name) {
      const slot = slotOf(name)
      const sealed = (await ask(() => redis.getBuffer(slot)))?.answer
      return sealed ? open(valueKey, slot, sealed) : null
    },
    async put(name, value, lifeMs) {
      const slot = slotOf(name)
      await ask(() => redis.set(slot, seal(valueKey, slot, value), 'PX', Math.max(1, Math.round(lifeMs))))
    },
    async lock(name) {
      const slot = `${slotOf(name)}:lock`
      const holder = randomBytes(12).toString('base64url')
      const until = performance.now() + patienceMs
      for (;;) {
        const taken = await ask(() => redis.set(slot, holder, 'PX', LOCK_MS, 'NX'))
        if (taken?.answer === 'OK') return () => void ask(() => redis.eval(RELEASE, 1, slot, holder))
        if (!taken || performance.now() >= until) return () => {}
        await sleep(LOOK_AGAIN_MS)
      }
    },
    close: () => redis.disconnect(),
  }
}

/** iv ‖ ciphertext ‖ tag; the slot is sealed in, so that a value moved to another slot does not open. */
function seal(key: Buffer, slot: string, value: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(slot))
  return Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

function open(key: Buffer, slot: string, sealed: Buffer): string | null {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(slot))
    cipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
