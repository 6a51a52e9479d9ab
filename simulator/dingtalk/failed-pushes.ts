import type { Deps } from '../deps.js'
import type { DingtalkPush } from '../state/dingtalk-pushes.js'
import type { Fact } from '../state/state.js'

const AT_ONCE = 200

/**
 * Events that never arrived over HTTP, once [obtain-the-event-list-of-failed-push-messages]: reading clears. The page says that
 * they stand there minutes after the failure; here at once. Each under the name of its type, as the page's example has it.
 */
export function listFailedPushes(deps: Deps): { fields: Record<string, unknown>; facts: Fact[] } {
  const failed = [...deps.store.state.dingtalkPushes.all.values()].filter(isFailed)
  const shown = failed.slice(0, AT_ONCE)
  const facts: Fact[] = shown.length > 0 ? [{ type: 'dingtalk-failed-read', ids: shown.map(({ id }) => id) }] : []
  return { fields: { has_more: failed.length > AT_ONCE, failed_list: shown.map((push) => describe(deps, push)) }, facts }
}

const isFailed = (push: DingtalkPush) =>
  push.kind === 'event' && push.via === 'http' && push.outcome === 'undelivered' && !push.read

/** In the old form that this page still has: no id of the event, and no name in it either. */
function describe({ settings }: Deps, push: DingtalkPush) {
  const { eventType, data } = push.body as { eventType: string; data: object }
  return { event_time: push.at, call_back_tag: eventType, [eventType]: { corpid: settings.dingtalk?.corpId, ...data } }
}
