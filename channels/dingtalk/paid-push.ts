import type { InboxBody } from './bodies.js'

/** Who works here, and in which department: those are pushed for nothing. */
const FREE = /"eventType":"(?:user_|org_|label_)/

/**
 * Comes out of the month's pushes; events of the directory do not.
 * https://open.dingtalk.com/document/development/dingtalk-application-development-platform-billing-model
 */
export const isPaidPush = ({ source, body }: Pick<InboxBody, 'source' | 'body'>): boolean =>
  source !== 'dingtalk' || !FREE.test(body)
