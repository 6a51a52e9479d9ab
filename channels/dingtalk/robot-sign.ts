import { checkHmac } from './check-hmac.js'

type Headers = { timestamp: string | undefined; sign: string | undefined }

/**
 * The headers of a message to the robot over HTTP: `sign` is keyed with the app's secret, over its own timestamp (ms) and
 * that secret. Throws CallbackRefused. https://open.dingtalk.com/document/development/receive-message
 */
export function checkRobotSign(clientSecret: string, { timestamp, sign }: Headers, now: Date): void {
  checkHmac({ secret: clientSecret, timestamp, signature: sign, message: `${timestamp}\n${clientSecret}` }, now)
}
