import { registerCardRoute } from '../../channels/dingtalk/card-route.js'
import type { Dingtalk } from '../../channels/dingtalk/client.js'
import { describe, type Log } from '../../lib/log.js'

type Needs = { dingtalk: Dingtalk; secret: string; log: Log; firstMs?: number }

const FIRST_MS = 5_000
const MOST_MS = 3_600_000

/**
 * In HTTP mode clicks on cards come to an address that we say ourselves. Said at each start (the same again is no change), and
 * until it is taken: a platform that was away just then would send clicks nowhere until the next start. Further and further
 * apart, because each try may be paid for. Returns what stops it.
 */
export function sayCardRoute({ dingtalk, secret, log, firstMs = FIRST_MS }: Needs): () => void {
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function say(retryMs: number): Promise<void> {
    try {
      await registerCardRoute(dingtalk, { secret })
      log.info({}, 'DingTalk knows where clicks on cards go')
    } catch (error) {
      if (stopped) return
      log.warn({ retryMs, ...describe(error) }, 'DingTalk was not told where clicks on cards go')
      timer = setTimeout(() => void say(Math.min(retryMs * 2, MOST_MS)), retryMs)
    }
  }
  void say(firstMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
