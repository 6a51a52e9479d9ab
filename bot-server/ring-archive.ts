import type { Bells } from '../lib/bells.js'
import type { Config } from '../lib/config.js'

type Needs = { bells: Bells; config: { wecom: Pick<NonNullable<Config['wecom']>, 'archive'> | null } }

/** Somebody wants to see what was said. Where there is no archive nobody would ever answer, and rings would pile up. */
export function ringArchive({ bells, config }: Needs): void {
  if (config.wecom?.archive) bells.ring('archive')
}

/**
 * While a chat is open beside its sidebar, the archive is asked this often; the platform allows 4,000 a minute. However many
 * pages are open on however many servers, they ring at the same moments, and a moment's rings are one: 30 a minute in all.
 */
const PULL_MS = 2_000

/** The next moment at which every page rings. */
export const nextPull = (now: Date): Date => new Date(Math.ceil((now.getTime() + 1) / PULL_MS) * PULL_MS)

/** A page stands open beside a chat, from now until the returned function is called. */
export function watchArchive(needs: Needs, machineNow: () => Date): () => void {
  if (!needs.config.wecom?.archive) return () => {}
  const timer = setInterval(() => needs.bells.ringAt('archive', nextPull(machineNow())), PULL_MS)
  return () => clearInterval(timer)
}
