import { randomBytes } from 'node:crypto'
import { sha256 } from '../../lib/ids.js'
import { createSecrets, type Secrets } from '../../lib/secret.js'

/** What opens a quote without a login: 128 bits, so that nobody guesses one. 22 letters. */
export const newToken = (): string => randomBytes(16).toString('base64url')

export const isToken = (text: string): boolean => /^[\w-]{22}$/.test(text)

/** What a link is found by: whoever reads our tables opens no quote with it. */
export const hashToken = (token: string): string => sha256(token)

/** Tokens are kept encrypted, so that a rep can copy a link again. */
export const quoteSecrets = (dataKey: string): Secrets => createSecrets(dataKey, 'quote-link')
