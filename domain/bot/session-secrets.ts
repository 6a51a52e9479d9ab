import { createSecrets, type Secrets } from '../../lib/secret.js'

/** What answers in one conversation until then (machine time), without an address. */
export type OpenSession = { session: string; until: Date }

/** Seals it on its way through the outbox: whoever has it may speak as the robot there. */
export const sessionSecrets = (dataKey: string): Secrets => createSecrets(dataKey, 'session')

export const sealSession = (sessions: Secrets, { session, until }: OpenSession): string =>
  sessions.seal(JSON.stringify([session, until.getTime()]))

export function openSession(sessions: Secrets, sealed: string): OpenSession {
  const [session, until] = JSON.parse(sessions.open(sealed)) as [string, number]
  return { session, until: new Date(until) }
}
