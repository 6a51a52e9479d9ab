import { getSignature } from '../../host/dingtalk-api.js'
import { askConfig } from '../../host/dingtalk-bridge.js'

/** As the host introduces itself, but with the client's own answer. */
export async function probeDingtalk(): Promise<void> {
  const url = location.href.split('#')[0] ?? location.href
  await askConfig(await getSignature(url), url)
}
