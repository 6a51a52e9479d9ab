import type { Config } from '../lib/config.js'
import { Refused } from '../lib/errors.js'
import type { WecomConfig } from '../lib/wecom-config.js'

/** For what is about WeCom alone: whoever asks an organisation without it gets these words. */
export function wecomOf({ wecom }: Pick<Config, 'wecom'>): WecomConfig {
  if (!wecom) throw new Refused('no-wecom', '这里没有接企业微信，请在钉钉里打开', 404)
  return wecom
}
