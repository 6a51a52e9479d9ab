import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * What must not be read out of a stolen table (phones, mail addresses): AES-256-GCM with a key derived from DATA_KEY, and a
 * keyed hash to find a row by its value. `purpose` keeps one kind of secret from being opened as another.
 */
export type Secrets = {
  seal(text: string): string
  /** Throws when it was sealed with another key or changed since. */
  open(sealed: string): string
  hash(text: string): string
}

const VERSION = 'v1'

export function createSecrets(dataKey: string, purpose: string): Secrets {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', dataKey, 'bulou', `${purpose}:${use}`, 32))
  const [sealing, hashing] = [derive('seal'), derive('hash')]
  return {
    seal(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [VERSION, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
    },
    open(sealed) {
      const [version, ...parts] = sealed.split('.')
      const [iv, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'))
      if (version !== VERSION || !iv || !tag || !body) throw new Error('not sealed by this release')
      const decipher = createDecipheriv('aes-256-gcm', sealing, iv)
      decipher.setAuthTag(tag)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
    hash: (text) => createHmac('sha256', hashing).update(text).digest('base64url'),
  }
}
