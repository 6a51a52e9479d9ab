import { prepareSeal, type Seal } from '../sealed/seal.js'

/** Of the event subscription: token and aesKey as the console shows them. */
export type CallbackSettings = { token: string; aesKey: string; clientId: string; corpId: string }

/**
 * Messages for us name the client id as their owner, those of a subscription that was once made through the API the corp id
 * (https://open.dingtalk.com/document/development/configure-stream-push): one seal each, the usual one first.
 */
export type PreparedCallback = readonly [Seal, ...Seal[]]

/** Throws when a setting can't be right; says which, not what it is. Some of the platform's own samples pad to 16 bytes only. */
export function prepareCallback({ token, aesKey, clientId, corpId }: CallbackSettings): PreparedCallback {
  const sealOf = (owner: string) => prepareSeal({ where: 'DingTalk callback', token, aesKey, owner, wholeBlocks: 16 })
  return [sealOf(clientId), sealOf(corpId)]
}
