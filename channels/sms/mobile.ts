import { ChannelError } from '../channel-error.js'

/**
 * The eleven digits of a mainland mobile, however it was typed. The approved template is a domestic one: other numbers
 * would need a template of their own.
 */
export function mainlandMobile(typed: string): string {
  const digits = typed.replace(/[\s-]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
  if (/^1[3-9]\d{9}$/.test(digits)) return digits
  throw new ChannelError({ method: 'sms', code: 'mobile', kind: 'give-up', hint: '不是中国大陆的手机号，没有发送' })
}
