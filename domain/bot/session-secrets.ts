import { createSecrets, type Secrets } from '../../lib/secret.js'

/** What answers in one conversation until then (machine time), without an address. */
export type OpenSession = { session: string; until: Date }

/** Seals it: whoever has it may speak as the robot there. */
const sessionSecrets = (dataKey: string): Secrets => createSecrets(dataKey, 'session')

export const sealSession = (dataKey: string, { session, until }: OpenSession): string =>
  sessionSecrets(dataKey).seal(JSON.stringify([session, until.getTime()]))

export function openSession(dataKey: string, sealed: string): OpenSession {
  const [session, until] = JSON.parse(sessionSecrets(dataKey).open(sealed)) as [string, number]
  return { session, until: new Date(until) }
}
