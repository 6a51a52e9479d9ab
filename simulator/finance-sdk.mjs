/**
 * Stands for WeCom's native Finance SDK (会话内容存档) outside production: the same functions, here over HTTP to the
 * stand-in. Plain JavaScript, so that a bare node can load it. Return codes are the SDK's own [D 91552]: 0 well, 10000
 * wrong parameter, 10001 no connection, 10002 unreadable answer, 10008 not to be decrypted, 10010 older than five days.
 */
import { createDecipheriv, createHash } from 'node:crypto'

const OK = 0
const PARAMETER = 10000
const NETWORK = 10001
const PARSE = 10002
const DECRYPT = 10008
/** Errors of the archive itself that the native SDK hands on as its own codes. */
const OWN = [10000, 10010]

const base = () => process.env.STANDIN_URL || process.env.WECOM_API_BASE || ''

export function NewSdk() {
  return { corpId: '', secret: '' }
}

/** Keeps the credentials; whether they are good shows at the first GetChatData. */
export function Init(sdk, corpId, secret) {
  if (!sdk || !corpId || !secret || !base()) return PARAMETER
  sdk.corpId = corpId
  sdk.secret = secret
  return OK
}

/** `proxy` and `passwd` are part of the SDK's shape and mean nothing here. `timeoutSeconds` 0 or less is the SDK's 10 s. */
export async function GetChatData(sdk, seq, limit, _proxy, _passwd, timeoutSeconds) {
  if (!sdk?.corpId) return { ret: PARAMETER, data: '' }
  const body = JSON.stringify({ corpid: sdk.corpId, secret: sdk.secret, seq, limit })
  const timeout = (timeoutSeconds > 0 ? timeoutSeconds : 10) * 1000
  let text
  try {
    const res = await fetch(`${base()}/__finance/chatdata`, { method: 'POST', body, signal: AbortSignal.timeout(timeout) })
    if (res.status !== 200) return { ret: NETWORK, data: '' }
    text = await res.text()
  } catch {
    return { ret: NETWORK, data: '' }
  }
  try {
    const { errcode } = JSON.parse(text)
    return { ret: OWN.includes(errcode) ? errcode : OK, data: text }
  } catch {
    return { ret: PARSE, data: '' }
  }
}

/** `randomKey` is what the customer's RSA key opened; the cipher under it is the stand-in's own. */
export function DecryptData(randomKey, encryptedMessage) {
  try {
    const bytes = Buffer.from(encryptedMessage, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', createHash('sha256').update(randomKey).digest(), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    return { ret: OK, data: Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8') }
  } catch {
    return { ret: DECRYPT, data: '' }
  }
}

export function DestroySdk(sdk) {
  if (sdk) sdk.secret = ''
}
