import type { Optional, SmsSettings } from '../../lib/sms-mail-config.js'

/**
 * What fills the one template that operators approved for all kinds: 您有{n}项客户待办，最早{time}到期，请打开企业微信查看.
 * No name, amount or link: operators refuse those, and a text message is read by whoever holds the phone.
 */
export type SmsParams = {
  count: number
  /** 14:20 or 11月23日: at most six characters and a plain time, which is all that Tencent and Alibaba Cloud let a gap hold. */
  earliest: string
}

/** What the operator says of a message. Pending may stay so: some phones and networks never report. */
export type SmsReport = { state: 'pending' } | { state: 'delivered'; at: Date } | { state: 'failed'; why: string }

export type Sms = {
  provider: SmsSettings['provider']
  /**
   * Asks for one message; `key` comes back in the provider's own records (at most 256 letters). Neither provider knows a
   * repeat by it, so a ChannelError with `unknownOutcome` must be shown, not tried again.
   */
  send(mobile: string, params: SmsParams, key: string): Promise<{ messageId: string }>
  /**
   * A code that proves a number, by a template of its own (验证码: the one gap holds six digits). Null where none is set up:
   * the neutral template has no place for a code.
   */
  sendCode: ((mobile: string, code: string, key: string) => Promise<{ messageId: string }>) | null
  /** `sentAt` in machine time: providers file by their own clock. Tencent answers for 7 days, Alibaba Cloud for 30. */
  report(messageId: string, mobile: string, sentAt: Date): Promise<SmsReport>
}

/** For pages: on, or off and why. Holds no setting. */
export function smsState(sms: Optional<SmsSettings>): { on: true } | { on: false; why: string } {
  return sms.settings ? { on: true } : { on: false, why: sms.why }
}
