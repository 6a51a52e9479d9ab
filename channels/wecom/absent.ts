import { ChannelError } from '../channel-error.js'
import type { Wecom } from './client.js'

type Parts = { publicUrl: string; machineNow: () => Date }

/** WeCom in an organisation that has none (DingTalk alone): whatever is asked of it ends with these words. */
export function createAbsentWecom({ publicUrl, machineNow }: Parts): Wecom {
  const refuse = async (method: string): Promise<never> => {
    throw new ChannelError({ method, code: 'no-wecom', kind: 'give-up', hint: '没有接入企业微信' })
  }
  return {
    settings: { corpId: '', agentId: 0, secret: '', apiBase: '', oauthBase: '', publicUrl },
    machineNow,
    call: (_, path) => refuse(path),
    upload: (path) => refuse(path),
    keep: (method) => ({ get: () => refuse(method), drop() {} }),
  }
}
