import { createHmac, timingSafeEqual } from 'node:crypto'

/** A push may be this far from our clock: what is older may be somebody's copy of it. What came within is known by its key. */
const WINDOW_MS = 5 * 60_000

export type Signed = { timestamp: string | undefined; signature: string | undefined; body: Buffer }

/** The signature of a push: HMAC-SHA256 over 「<seconds>.<body as it was sent>」, hex. */
export const signPush = (secret: string, timestamp: string, body: Buffer | string): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')

/** Null when all is well, else what is wrong, for the one who sets it up. It says nothing of what would have been right. */
export function whatIsWrong(secret: string, { timestamp, signature, body }: Signed, now: Date): string | null {
  if (!timestamp || !/^\d{10}$/.test(timestamp)) return 'x-bulou-timestamp: seconds since 1970 are missing'
  const given = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(signature ?? '')?.[1]
  if (!given) return 'x-bulou-signature: sha256=<hex> is missing'
  const right = Buffer.from(signPush(secret, timestamp, body), 'hex')
  // First the signature: whoever has no secret learns nothing of our clock.
  if (!timingSafeEqual(Buffer.from(given, 'hex'), right))
    return 'x-bulou-signature does not fit: HMAC-SHA256 of "<timestamp>.<body>"'
  const apart = Math.abs(now.getTime() - Number(timestamp) * 1000)
  return apart > WINDOW_MS ? 'x-bulou-timestamp is more than five minutes from our clock' : null
}
