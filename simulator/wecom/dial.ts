import type { Deps } from '../deps.js'
import { accept, type Outcome, refuse } from './answer.js'

const SPAN = 30 * 86_400

/**
 * `POST dial/get_dial_record` [D 93662]: calls over 公费电话 that were answered, newest last; durations are minutes. More than
 * 30 days are cut to the last 30, more than 100 a page to 100; an end before its start is 600018.
 */
export function listDials(deps: Deps, body: Record<string, unknown>): Outcome {
  const now = Math.floor(deps.clock.business() / 1000)
  const until = body.end_time === undefined ? now : Number(body.end_time)
  const from = Math.max(body.start_time === undefined ? 0 : Number(body.start_time), until - SPAN)
  const [offset, limit] = [Number(body.offset ?? 0), Math.min(Number(body.limit ?? 100), 100)]
  const given = body.start_time === undefined ? from : Number(body.start_time)
  if (!Number.isFinite(from) || !Number.isFinite(until) || until < given || given > now) return refuse(600018)
  if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(limit) || limit < 1) return refuse(40058)
  const record = deps.store.state.dials
    .map((dial) => ({ ...dial, second: Math.floor(dial.at / 1000) }))
    .filter((dial) => dial.second >= from && dial.second <= until)
    .sort((a, b) => a.second - b.second)
    .slice(offset, offset + limit)
    .map(({ second, type, caller, callees }) => ({
      call_time: second,
      total_duration: callees.reduce((sum, one) => sum + one.minutes, 0),
      call_type: type,
      caller: { userid: caller.userid, duration: caller.minutes },
      callee: callees.map(({ minutes, ...who }) => ({ ...who, duration: minutes })),
    }))
  return accept({ record })
}
