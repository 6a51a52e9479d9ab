import type { DingtalkConfig } from '../lib/dingtalk-config.js'
import type { Log } from '../lib/log.js'
import type { WecomConfig } from '../lib/wecom-config.js'
import { createDingtalk, type Dingtalk, type DingtalkDeps } from './dingtalk/client.js'
import type { TokenShelf } from './shelf.js'
import { createAbsentWecom } from './wecom/absent.js'
import { createWecom, type Wecom } from './wecom/client.js'

type Configured = { wecom: WecomConfig | null; dingtalk: DingtalkConfig | null; server: { publicUrl: string } }
type Needs = { machineNow: () => Date; log: Log; shelf?: TokenShelf; onDingtalkCall?: DingtalkDeps['onCall'] }
export type Platforms = { wecom: Wecom; dingtalk: Dingtalk | null }

/** The clients of what an organisation has. Of WeCom there always is one: where there is none, it says so when it is asked. */
export function openPlatforms({ wecom, dingtalk, server }: Configured, { onDingtalkCall, ...needs }: Needs): Platforms {
  const { publicUrl } = server
  return {
    wecom: wecom
      ? createWecom({ settings: { ...wecom, publicUrl }, ...needs })
      : createAbsentWecom({ publicUrl, machineNow: needs.machineNow }),
    dingtalk:
      dingtalk &&
      createDingtalk({
        settings: { ...dingtalk, publicUrl },
        ...needs,
        ...(onDingtalkCall ? { onCall: onDingtalkCall } : {}),
      }),
  }
}
