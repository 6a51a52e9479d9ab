import type { ServerResponse } from 'node:http'
import { answerJson } from '../http.js'

/**
 * How often may be asked, in memory: limits belong to a run. 20 a second for one application and API in the standard edition
 * [throttling]; 10,000 in 20 seconds for one address, which is shut out for five minutes then.
 */
export type Limits = {
  /** True: this call is one too many of its API. */
  isOver(api: string, now: number): boolean
  /** Counts the address; true while it is shut out. */
  isBlocked(ip: string, now: number): boolean
  set(change: { perSecond?: number; blockedMs?: number; page?: 'html' | 'json' }, now: number): void
  answerBlocked(res: ServerResponse): void
}

const PER_SECOND = 20
const PER_ADDRESS = { calls: 10_000, ms: 20_000, blockMs: 300_000 }

export function createLimits(): Limits {
  let perSecond = PER_SECOND
  let page: 'html' | 'json' = 'json'
  let everybodyUntil = 0
  const lately = new Map<string, number[]>()
  const addresses = new Map<string, { since: number; calls: number; until: number }>()

  return {
    isOver(api, now) {
      const times = (lately.get(api) ?? []).filter((at) => at > now - 1_000)
      if (times.length < perSecond) times.push(now)
      else return true
      lately.set(api, times)
      return false
    },
    isBlocked(ip, now) {
      const known = addresses.get(ip)
      const fresh = known && now - known.since < PER_ADDRESS.ms ? known : { since: now, calls: 0, until: known?.until ?? 0 }
      fresh.calls += 1
      if (fresh.calls > PER_ADDRESS.calls) fresh.until = now + PER_ADDRESS.blockMs
      addresses.set(ip, fresh)
      return Math.max(fresh.until, everybodyUntil) > now
    },
    set(change, now) {
      perSecond = change.perSecond ?? perSecond
      page = change.page ?? page
      if (change.blockedMs === undefined) return
      everybodyUntil = now + change.blockedMs
      if (change.blockedMs === 0) addresses.clear()
    },
    answerBlocked(res) {
      if (page === 'json')
        return answerJson(res, { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'b0100000b0100000' })
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      res.end('<html><head><title>访问被拒绝</title></head><body>您的访问过于频繁，请稍后再试。</body></html>')
    },
  }
}
