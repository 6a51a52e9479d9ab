import type { CallbackConfig } from '../../lib/wecom-config.js'
import { prepareSeal, type Seal } from '../sealed/seal.js'

/** One callback configuration (应用 → 接收消息 → API 接收), decoded once at start. */
export type PreparedCallback = Seal & { readonly name: string }

/** Throws when a setting can't be right; says which, not what it is. The platform always pads to 32 bytes (official page 90968). */
export function prepareCallback({ name, token, aesKey, receiveId }: CallbackConfig): PreparedCallback {
  return { name, ...prepareSeal({ where: `WeCom callback ${name}`, token, aesKey, owner: receiveId, wholeBlocks: 32 }) }
}
