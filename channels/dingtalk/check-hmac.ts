import { createHmac, timingSafeEqual } from 'node:crypto'
import { CallbackRefused } from '../sealed/refused.js'
import { readMs } from './read-ms.js'

const SKEW_MS = 3_600_000
/** SHA-256 in base64. */
const LENGTH = 44

type Signed = { secret: string; timestamp: string | undefined; signature: string | undefined; message: string }

/**
 * Base64 of HMAC-SHA256 over `message`. The timestamp must be of this hour: nothing else in the signature knows the body, so
 * what was overheard would open the door for good. Throws CallbackRefused.
 */
export function checkHmac({ secret, timestamp, signature, message }: Signed, now: Date): void {
  if (!timestamp || !signature || timestamp.length > 32) throw new CallbackRefused('signature', 'missing header')
  if (signature.length !== LENGTH) throw new CallbackRefused('signature', 'mismatch')
  const ours = createHmac('sha256', secret).update(message).digest('base64')
  // latin1: as many bytes as characters, whatever came.
  if (!timingSafeEqual(Buffer.from(ours, 'latin1'), Buffer.from(signature, 'latin1')))
    throw new CallbackRefused('signature', 'mismatch')
  if (Math.abs(now.getTime() - readMs(timestamp)) > SKEW_MS) throw new CallbackRefused('signature', 'timestamp')
}
