import { randomUUID } from 'node:crypto'
import type { Fact } from '../state/state.js'

/** What an endpoint decided. `facts` are kept on disk before the caller hears of it. `code` is null when it was taken. */
export type Outcome = {
  status: number
  body: Record<string, unknown>
  code: string | null
  facts?: Fact[]
  /** Taken, and never shown to them: they were over their limit, and the sender was told nothing. */
  dropped?: string[]
}

/** Of the new API: the fields as they are. */
export const give = (body: Record<string, unknown>, facts: Fact[] = []): Outcome => ({ status: 200, body, code: null, facts })

/** Of the new API: a status and `{code, message, requestid}` [error codes of the server API]. */
export const refuse = (code: string, message: string, status = statusOf(code), more: Record<string, unknown> = {}): Outcome => ({
  status,
  code,
  body: { code, message, requestid: requestId(), ...more },
})

/** Of the old API: everything is HTTP 200. */
export const giveOld = (fields: Record<string, unknown>, facts: Fact[] = []): Outcome => ({
  status: 200,
  code: null,
  body: { errcode: 0, errmsg: 'ok', ...fields, request_id: oldId() },
  facts,
})

export const refuseOld = (errcode: number, errmsg: string): Outcome => ({
  status: 200,
  code: String(errcode),
  body: { errcode, errmsg, request_id: oldId() },
})

/** What the gateway before `topapi/*` says: 88, and the reason beside it. */
export const refuseAtGate = (sub: number, words: string): Outcome => ({
  status: 200,
  code: `88.${sub}`,
  body: {
    errcode: 88,
    sub_code: String(sub),
    sub_msg: words,
    errmsg: `ding talk error[subcode=${sub},submsg=${words}]`,
    request_id: oldId(),
  },
})

export function statusOf(code: string): number {
  if (code.startsWith('Forbidden')) return 403
  return /^(system|ServiceUnavailable|unknownError)/i.test(code) ? 500 : 400
}

const requestId = () => randomUUID().toUpperCase()
const oldId = () => randomUUID().replaceAll('-', '').slice(0, 12)
