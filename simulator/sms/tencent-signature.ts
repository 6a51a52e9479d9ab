import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Signed } from './aliyun-signature.js'

export type Failure = { code: string; message: string }

const DRIFT_MS = 5 * 60_000

/**
 * TC3-HMAC-SHA256 (cloud.tencent.com/document/api/382/52072). The SDK signs the host without its port, and takes the first
 * label of the host for the service («127» on the loopback address): the scope's own word is believed.
 */
export function checkTencent(signed: Signed, account: { keyId: string; secret: string }, now: number): Failure | null {
  const { headers } = signed
  const given =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]{10})\/([^/]+)\/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!given) return { code: 'AuthFailure.InvalidAuthorization', message: 'The Authorization header is malformed.' }
  const [, keyId = '', day = '', service = '', names = '', signature = ''] = given
  if (keyId !== account.keyId) return { code: 'AuthFailure.SecretIdNotFound', message: 'The SecretId is not found.' }
  const seconds = Number(headers['x-tc-timestamp'])
  if (!(Math.abs(now - seconds * 1_000) <= DRIFT_MS))
    return { code: 'AuthFailure.SignatureExpire', message: 'The request has expired.' }

  const value = (name: string) =>
    name === 'host' ? String(headers.host ?? '').replace(/:\d+$/, '') : String(headers[name] ?? '').trim()
  const canonical = [
    signed.method,
    signed.path,
    signed.query.toString(),
    ...names.split(';').map((name) => `${name}:${value(name)}`),
    '',
    names,
    sha256(signed.body),
  ].join('\n')
  const scope = `${day}/${service}/tc3_request`
  const key = [day, service, 'tc3_request'].reduce<string | Buffer>((k, word) => hmac(k, word), `TC3${account.secret}`)
  const expected = hmac(key, `TC3-HMAC-SHA256\n${seconds}\n${scope}\n${sha256(canonical)}`)
  const isGood =
    new Date(seconds * 1_000).toISOString().startsWith(day) &&
    ['content-type', 'host'].every((name) => names.split(';').includes(name)) &&
    timingSafeEqual(expected, Buffer.from(signature, 'hex'))
  return isGood ? null : { code: 'AuthFailure.SignatureFailure', message: 'The provided credentials could not be validated.' }
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, words: string) => createHmac('sha256', key).update(words).digest()
