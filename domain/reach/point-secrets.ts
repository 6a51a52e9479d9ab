import { createSecrets, type Secrets } from '../../lib/secret.js'

/** Seals phones and mail addresses of our people, and the codes that prove them. */
export const pointSecrets = (dataKey: string): Secrets => createSecrets(dataKey, 'contact-point')
