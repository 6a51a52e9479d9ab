import { fieldOf, type Json } from './fields.js'

const USED_UP = '20001'

/**
 * Once the month's pushes are used up, a message or frame comes without content: errCode 20001 and why. Null: it is another.
 * https://open.dingtalk.com/document/development/develop-stream-mode-push-server
 */
export function quotaEndOf(told: Json): string | null {
  return fieldOf(told, 'errCode') === USED_UP ? fieldOf(told, 'errMsg') || USED_UP : null
}
