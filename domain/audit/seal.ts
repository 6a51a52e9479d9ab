import type { Db, Reader } from '../../lib/db.js'
import { transact } from '../../lib/db.js'
import { sha256 } from '../../lib/ids.js'

const SEALER_LOCK = 72_061_901
const BATCH = 500

type Unsealed = { id: bigint; at: Date; actor: string; verb: string; subject: string; trace: string; contentHash: string }

/** What a link covers. The content itself stays out, so that erasing it leaves the chain whole. */
export const linkHash = (previous: string, e: Unsealed): string =>
  sha256(JSON.stringify([previous, String(e.id), e.at.toISOString(), e.actor, e.verb, e.subject, e.trace, e.contentHash]))

/**
 * Links committed entries to the chain, oldest id first, and returns how many. One sealer at a time (advisory lock, held
 * by the transaction). Ids are not commit order: an entry that commits late is linked later, after higher ids, which the
 * verifier accepts because it follows `link`, not `id`.
 */
export const seal = (db: Db): Promise<number> =>
  transact(db, async (tx) => {
    const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${SEALER_LOCK}) AS mine`
    if (!lock?.mine) return 0
    const head = await findHead(tx)
    const entries = await tx.auditEntry.findMany({ where: { link: null }, orderBy: { id: 'asc' }, take: BATCH })
    let { link, hash } = head
    for (const entry of entries) {
      link += 1n
      hash = linkHash(hash, entry)
      await tx.auditEntry.update({ where: { id: entry.id }, data: { link, hash } })
    }
    return entries.length
  })

async function findHead(db: Reader): Promise<{ link: bigint; hash: string }> {
  const last = await db.auditEntry.findFirst({
    where: { link: { not: null } },
    orderBy: { link: 'desc' },
    select: { link: true, hash: true },
  })
  return { link: last?.link ?? 0n, hash: last?.hash ?? '' }
}
