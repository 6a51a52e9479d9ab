import { checkHmac } from './check-hmac.js'

type Headers = { timestamp: string | undefined; signature: string | undefined }

/**
 * x-ddpaas-signature-timestamp and x-ddpaas-signature of a press over HTTP, keyed with the apiSecret that the route was
 * registered with. Throws CallbackRefused. https://open.dingtalk.com/document/development/event-callback-card
 */
export function checkCardSign(cardSecret: string, { timestamp, signature }: Headers, now: Date): void {
  checkHmac({ secret: cardSecret, timestamp, signature, message: timestamp ?? '' }, now)
}
