import { createHash } from 'node:crypto'
import type { Deps } from '../deps.js'
import { SECONDS, secondsLeft } from '../state/dingtalk/access.js'
import { newSecret } from '../wecom/crypto.js'
import { give, giveOld, type Outcome } from './answer.js'

/** However often it is renewed, a ticket ends after a day. */
const LONGEST_MS = 24 * 3_600_000

/** The ticket that is good comes again, renewed [obtain-jsapi_ticket]. */
function issue(deps: Deps, answer: (value: string) => Outcome): Outcome {
  const at = deps.clock.machine()
  const known = deps.store.state.dingtalk.access.tickets.findLast((ticket) => isGood(ticket, at))
  const value = known?.value ?? newSecret(48)
  return { ...answer(value), facts: [{ type: 'ding-ticket', value, at, first: known?.first ?? at }] }
}

/** `POST /v1.0/oauth2/jsapiTickets`. */
export const newTicket = (deps: Deps): Outcome => issue(deps, (jsapiTicket) => give({ jsapiTicket, expireIn: SECONDS }))
/** `GET /get_jsapi_ticket`. */
export const legacyTicket = (deps: Deps): Outcome => issue(deps, (ticket) => giveOld({ ticket, expires_in: SECONDS }))

export type PageSignature = { timeStamp: string | number; nonceStr: string; signature: string; url: string }

/**
 * True when a ticket that is good made the signature of `dd.config`. Today's page says SHA-256, older ones and many who live by
 * them SHA-1: both are taken (D1). The url is without its fragment and with its query decoded.
 */
export function isPageSigned(deps: Deps, { timeStamp, nonceStr, signature, url }: PageSignature): boolean {
  const at = deps.clock.machine()
  const page = readable(url)
  return deps.store.state.dingtalk.access.tickets
    .filter((ticket) => isGood(ticket, at))
    .some(({ value }) => {
      const plain = `jsapi_ticket=${value}&noncestr=${nonceStr}&timestamp=${timeStamp}&url=${page}`
      return ['sha256', 'sha1'].some((way) => createHash(way).update(plain).digest('hex') === signature)
    })
}

const isGood = (ticket: { at: number; first: number }, now: number): boolean =>
  secondsLeft(ticket.at, now) > 0 && now - ticket.first < LONGEST_MS

function readable(url: string): string {
  const [page = '', ...rest] = (url.split('#', 1)[0] ?? '').split('?')
  return rest.length > 0 ? `${page}?${decodeURIComponent(rest.join('?').replaceAll('+', ' '))}` : page
}
