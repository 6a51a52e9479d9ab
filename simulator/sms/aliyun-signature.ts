import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export type Signed = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: Buffer }
export type Wrong = { status: number; code: string; message: string }

const DRIFT_MS = 15 * 60_000

/**
 * ACS3-HMAC-SHA256 (help.aliyun.com/document_detail/2712195.html), as the SDKs of version V3 sign: everything that is said
 * stands in the query, the body is empty. Null when the request is from whom it says.
 */
export function checkAliyun(signed: Signed, account: { keyId: string; secret: string }, now: number): Wrong | null {
  const { headers } = signed
  const given = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  )
  if (!given) return { status: 400, code: 'MissingSecurityToken', message: 'The authorization header is missing or malformed.' }
  const [, keyId = '', names = '', signature = ''] = given
  if (keyId !== account.keyId)
    return { status: 404, code: 'InvalidAccessKeyId.NotFound', message: 'Specified access key is not found.' }
  const date = Date.parse(String(headers['x-acs-date'] ?? ''))
  if (!(Math.abs(now - date) <= DRIFT_MS))
    return { status: 400, code: 'InvalidTimeStamp.Expired', message: 'Specified time stamp or date value is expired.' }

  const bodyHash = sha256(signed.body)
  const canonical = [
    signed.method,
    signed.path,
    canonicalQuery(signed.query),
    ...names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    names,
    bodyHash,
  ].join('\n')
  const expected = createHmac('sha256', account.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest()
  const covers = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version']
  const isGood =
    headers['x-acs-content-sha256'] === bodyHash &&
    covers.every((name) => names.split(';').includes(name)) &&
    timingSafeEqual(expected, Buffer.from(signature, 'hex'))
  if (isGood) return null
  return {
    status: 400,
    code: 'SignatureDoesNotMatch',
    message: 'Specified signature is not matched with our calculation.',
  }
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** RFC 3986, sorted by name; encodeURIComponent leaves five characters that the rule does not. */
function canonicalQuery(query: URLSearchParams): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return [...query]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}
