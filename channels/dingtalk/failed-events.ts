import * as z from 'zod'
import type { Dingtalk } from './client.js'

const answer = z.object({
  has_more: z.boolean().default(false),
  failed_list: z.array(z.looseObject({ event_time: z.coerce.number().default(0), call_back_tag: z.string().min(1) })).nullish(),
})
const fields = z.record(z.string(), z.unknown()).catch({})

/** As it would have come by HTTP in the older of its two ages: bodyOfEvent reads it. Without an id of its own. */
export type FailedEvent = { EventType: string; TimeStamp: number; CorpId: string } & Record<string, unknown>

/**
 * Events over HTTP that met nobody three times, at most 200 a call. Reading takes them off the platform's list: what is lost
 * between its answer and our rows is lost for good. They stand there some minutes after the last try. The interface is not on
 * the list of free ones: ask after an outage, not by the minute.
 * https://open.dingtalk.com/document/development/obtain-the-event-list-of-failed-push-messages
 */
export async function takeFailedEvents(dingtalk: Dingtalk): Promise<{ events: FailedEvent[]; more: boolean }> {
  const reply = await dingtalk.oapi('call_back/get_call_back_failed_result', { method: 'GET' })
  const { has_more, failed_list } = answer.parse(reply)
  const events = (failed_list ?? []).map((failed) => {
    const { corpid, ...data } = fields.parse(failed[failed.call_back_tag])
    const CorpId = typeof corpid === 'string' ? corpid : dingtalk.settings.corpId
    return { ...data, EventType: failed.call_back_tag, TimeStamp: failed.event_time, CorpId }
  })
  return { events, more: has_more }
}
