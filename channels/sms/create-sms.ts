import type { SmsSettings } from '../../lib/sms-mail-config.js'
import { createAliyunSms } from './aliyun.js'
import type { Sms } from './sms.js'
import { createTencentSms } from './tencent.js'

const defaultTimeoutMs = 10_000

/** The provider's own library is loaded at the first message. */
export function createSms(settings: SmsSettings, deps: { timeoutMs?: number } = {}): Sms {
  const timeoutMs = deps.timeoutMs ?? defaultTimeoutMs
  return settings.provider === 'aliyun' ? createAliyunSms(settings, timeoutMs) : createTencentSms(settings, timeoutMs)
}
