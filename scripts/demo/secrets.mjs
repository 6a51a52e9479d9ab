// The demo's secrets: random for each data folder, kept there, readable by its owner only.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readIfThere, writeAtomic } from '../host/files.mjs'

export function demoSecrets(home) {
  const file = join(home, 'secrets.json')
  const kept = JSON.parse(readIfThere(file) ?? '{}')
  const missing = Object.entries(makers).filter(([name]) => !(name in kept))
  // A data folder of an older demo gets what has been added since.
  if (!missing.length) return kept
  const made = { ...kept, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) }
  writeAtomic(file, `${JSON.stringify(made, null, 2)}\n`, 0o600)
  return made
}

const makers = {
  sessionSecret: () => word(),
  dataKey: () => word(),
  wecom: () => ({ secret: word(), token: callbackToken(), aesKey: aesKey() }),
  dingtalk: () => ({ secret: word(), token: callbackToken(), aesKey: aesKey(), cardSecret: word() }),
  archive: () => ({ secret: word(), token: callbackToken(), aesKey: aesKey(), keys: { 1: privateKey() } }),
  sms: () => ({ keyId: `LTAI${callbackToken().slice(0, 16)}`, keySecret: word() }),
  mail: () => ({ user: 'bulou', password: word() }),
}

const word = () => randomBytes(32).toString('base64url')
const callbackToken = () => randomBytes(16).toString('hex')

/** An EncodingAESKey: base64 of 32 bytes without its "=", and only letters and digits, as the platform makes them. */
function aesKey() {
  for (;;) {
    const key = randomBytes(32).toString('base64').slice(0, 43)
    if (/^[A-Za-z0-9]{43}$/.test(key)) return key
  }
}

/** The archive seals its keys for a 2048-bit RSA key of the organisation. */
function privateKey() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey
}
