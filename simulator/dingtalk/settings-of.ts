import type { Deps } from '../deps.js'
import type { DingtalkSettings } from './settings.js'

/** Nothing of DingTalk is reached without them. */
export function settingsOf({ settings }: Deps): DingtalkSettings {
  if (!settings.dingtalk) throw new Error('there is no DingTalk here')
  return settings.dingtalk
}
