import * as z from 'zod'
import { refusalOf } from './errors.js'
import type { Fetch } from './fetch.js'

const answer = z.object({ access_token: z.string().min(1).max(512), expires_in: z.number().positive() })

/** Fetched anew this long before it ends: a call that is under way must not outlive its token. */
const marginMs = 5 * 60_000
/** The platform bans an address that goes on trying a wrong secret: a refusal holds for a while. */
const holdMs = 60_000

export type TokenSource = {
  /** A token that is good for some minutes. */
  get(): Promise<string>
  /** The platform said no to `token`: forget it. Saying so of a token that was already replaced does nothing. */
  drop(token: string): void
}

/**
 * One token per secret, fetched by one call however many wait. https://developer.work.weixin.qq.com/document/path/91039
 * Each process has its own; the platform gives the same token again while it is good.
 */
export function createTokenSource(deps: { fetch: Fetch; corpId: string; secret: string; machineNow: () => Date }): TokenSource {
  let current: { token: string; until: number } | null = null
  let refusal: { error: unknown; until: number } | null = null
  let pending: Promise<string> | null = null

  async function fetchToken(): Promise<string> {
    const query = { corpid: deps.corpId, corpsecret: deps.secret }
    const reply = await deps.fetch('GET', 'gettoken', { query })
    if (reply.errcode !== 0) {
      const error = refusalOf('gettoken', reply.errcode)
      if (error.kind === 'config') refusal = { error, until: deps.machineNow().getTime() + holdMs }
      throw error
    }
    const { access_token: token, expires_in: seconds } = answer.parse(reply)
    const lifeMs = seconds * 1000
    current = { token, until: deps.machineNow().getTime() + lifeMs - Math.min(marginMs, lifeMs / 2) }
    return token
  }

  return {
    async get() {
      const now = deps.machineNow().getTime()
      if (current && now < current.until) return current.token
      if (refusal && now < refusal.until) throw refusal.error
      pending ??= fetchToken().finally(() => {
        pending = null
      })
      return pending
    },
    drop(token) {
      if (current?.token === token) current = null
    },
  }
}
