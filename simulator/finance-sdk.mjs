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
  const { ret, text } = await ask(sdk, 'chatdata', { seq, limit }, timeoutSeconds)
  return { ret, data: text }
}

/**
 * One slice of a file, at most 512 KB. `indexbuf` is empty for the first and then what the slice before gave as
 * `outindexbuf`; `isFinish` is 1 with the last.
 */
export async function GetMediaData(sdk, indexbuf, sdkfileid, _proxy, _passwd, timeoutSeconds) {
  const from = indexbuf ? Number(indexbuf) : 0
  const { ret, text } = await ask(sdk, 'mediadata', { fileid: sdkfileid, from }, timeoutSeconds)
  if (ret !== OK) return { ret, data: Buffer.alloc(0), outindexbuf: '', isFinish: 0 }
  const { data = '', next = 0, finished = false } = JSON.parse(text)
  return { ret, data: Buffer.from(data, 'base64'), outindexbuf: String(next), isFinish: finished ? 1 : 0 }
}

async function ask(sdk, what, about, timeoutSeconds) {
  if (!sdk?.corpId) return { ret: PARAMETER, text: '' }
  const body = JSON.stringify({ corpid: sdk.corpId, secret: sdk.secret, ...about })
  const timeout = (timeoutSeconds > 0 ? timeoutSeconds : 10) * 1000
  let text
  try {
    const res = await fetch(`${base()}/__finance/${what}`, { method: 'POST', body, signal: AbortSignal.timeout(timeout) })
    if (res.status !== 200) return { ret: NETWORK, text: '' }
    text = await res.text()
  } catch {
    return { ret: NETWORK, text: '' }
  }
  try {
    const { errcode } = JSON.parse(text)
    return { ret: OWN.includes(errcode) ? errcode : OK, text }
  } catch {
    return { ret: PARSE, text: '' }
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
