import type { Deps } from '../deps.js'
import type { Faults } from '../faults.js'
import { createGateway, type Gateway } from './gateway.js'
import { createLimits, type Limits } from './limits.js'
import { createPusher, type Pusher } from './pusher.js'
import type { DingtalkSettings } from './settings.js'

/** What of DingTalk goes on by itself: connections, and what is owed to the product. Null without DINGTALK_CLIENT_ID. */
export type Dingtalk = { settings: DingtalkSettings; gateway: Gateway; pusher: Pusher; limits: Limits; close(): Promise<void> }

export function startDingtalk(deps: Deps, faults: Faults): Dingtalk | null {
  const settings = deps.settings.dingtalk
  if (!settings) return null
  const gateway = createGateway(deps, settings, faults)
  const pusher = createPusher(deps, settings, gateway)
  return {
    settings,
    gateway,
    pusher,
    limits: createLimits(),
    async close() {
      // The pusher first: what waits for an ack that won't come any more is no failure of the product's.
      const ended = pusher.close()
      gateway.close()
      await ended
    },
  }
}
