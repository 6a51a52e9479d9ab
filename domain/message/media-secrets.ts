import { createSecrets, type Secrets } from '../../lib/secret.js'

/** Seals the handles by which the archive gives out files: whoever has one, and the archive's secret, has the file. */
export const mediaSecrets = (dataKey: string): Secrets => createSecrets(dataKey, 'media')
