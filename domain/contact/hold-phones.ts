import type { Work } from '../work.js'

/**
 * Held until the work commits: who looks for whoever else has a number does so one after the other, so that two who learn the
 * same number at once don't both find nobody.
 */
export async function holdPhones(work: Pick<Work, 'tx'>, hashes: string[]): Promise<void> {
  for (const hash of [...new Set(hashes)].sort())
    await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`phone:${hash}`}, 0))`
}
