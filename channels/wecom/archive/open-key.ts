import { constants, type KeyObject, privateDecrypt } from 'node:crypto'

/**
 * The random key of one record: base64 of RSA with PKCS#1 v1.5 padding, for the key pair whose version the record names.
 * https://developer.work.weixin.qq.com/document/path/91774
 *
 * Node has refused that padding for private keys since 20.11.1 (CVE-2023-46809: how long and how it fails tells an attacker
 * about the content). So the bare RSA is Node's and the padding is taken off here, looking at every byte whatever it is.
 * Who can't make us open chosen texts can't use it anyway: these come from the platform, and nobody is told how it went.
 * Null when it does not fit the key.
 */
export function openRandomKey(key: KeyObject, sealed: string): string | null {
  let block: Buffer
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(sealed, 'base64'))
  } catch {
    return null
  }
  const from = contentStart(block)
  return from === 0 ? null : block.toString('utf8', from)
}

/** Block = 00 02 ‖ at least eight bytes that are not 0 ‖ 00 ‖ content. 0 when it is not of this shape. */
function contentStart(block: Buffer): number {
  let wrong = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2)
  let separator = 0
  for (let i = 2; i < block.length; i++) {
    const isZero = Number(block[i] === 0)
    const isFirst = isZero & Number(separator === 0)
    separator += isFirst * i
  }
  wrong |= Number(separator < 10)
  return wrong === 0 ? separator + 1 : 0
}
