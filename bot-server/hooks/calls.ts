import type { Middleware } from 'koa'
import { z } from 'zod'
import { type PhoneCall, phoneCall } from '../../domain/call/phone-call.js'
import type { Bells } from '../../lib/bells.js'
import type { Clock } from '../../lib/clock.js'
import type { Log } from '../../lib/log.js'
import { tidy } from '../../lib/tidy.js'
import type { StoreInbox } from '../callbacks/store-inbox.js'
import { readBody } from '../middleware/read-body.js'
import { whatIsWrong } from './check-signature.js'
import { storeCalls } from './store-calls.js'

export const callsHookPath = '/hooks/calls'
const MOST_BYTES = 512 * 1024
const MOST_CALLS = 500
const MOST_ERRORS = 20

const several = z.object({ calls: z.array(phoneCall).min(1).max(MOST_CALLS) })

type Needs = { secret: string | null; store: StoreInbox; bells: Bells; clock: Clock; log: Log }

/**
 * `POST /hooks/calls`: an organisation's phone system tells of calls, one or `{"calls": […]}`. Verified, read, stored, then
 * answered: 200 means kept. 400 names each field that can't be read and keeps nothing, 401 says what is wrong with the
 * signature, 404 while CALLS_HOOK_SECRET is not set. docs/guides/phone-system.md
 */
export function createCallsHook({ secret, store, bells, clock, log }: Needs): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== callsHookPath) return next()
    if (!secret) return ctx.throw(404)
    if (ctx.method !== 'POST') {
      ctx.set('allow', 'POST')
      return ctx.throw(405)
    }
    const body = await readBody(ctx.req, MOST_BYTES)
    if (body === null) {
      ctx.set('connection', 'close')
      return refuse(413, [`at most ${MOST_BYTES / 1024} KB`])
    }
    const signed = { timestamp: ctx.get('x-bulou-timestamp'), signature: ctx.get('x-bulou-signature'), body }
    const wrong = whatIsWrong(secret, signed, clock.machineNow())
    if (wrong) {
      log.warn({ from: ctx.ip, wrong }, 'push of calls refused')
      return refuse(401, [wrong])
    }
    const read = readPush(body)
    if ('errors' in read) return refuse(400, read.errors)
    const { trace } = ctx.state
    const { fresh, lanes } = await storeCalls(read.calls, { store, trace, source: 'hook' })
    if (lanes.length > 0) bells.ring('inbox', lanes)
    log.info({ trace, calls: read.calls.length, fresh }, 'calls stored')
    ctx.body = { kept: fresh, known: read.calls.length - fresh }

    function refuse(status: number, errors: string[]): void {
      ctx.status = status
      ctx.body = { errors }
    }
  }
}

type Read = { calls: PhoneCall[] } | { errors: string[] }

function readPush(body: Buffer): Read {
  let json: unknown
  try {
    json = tidy(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
  } catch {
    return { errors: ['the body is not JSON in UTF-8'] }
  }
  const isOne = typeof json !== 'object' || json === null || !('calls' in json)
  const result = several.safeParse(isOne ? { calls: [json] } : json)
  if (result.success) return { calls: result.data.calls }
  return {
    errors: result.error.issues.slice(0, MOST_ERRORS).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`),
  }
}
