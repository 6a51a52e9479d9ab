import type { Db } from '../../lib/db.js'
import { sha256 } from '../../lib/ids.js'
import { canonical } from './record.js'
import { linkHash } from './seal.js'

export type Verdict = { ok: true; links: number; erased: number } | { ok: false; link: string; why: 'gap' | 'link' | 'content' }

/** Walks the chain from its first link. Erased content is counted, not held against it. */
export async function verifyChain(db: Db, batch = 1_000): Promise<Verdict> {
  let previous = ''
  let at = 0n
  let erased = 0
  for (;;) {
    const entries = await db.auditEntry.findMany({
      where: { link: { gt: at } },
      orderBy: { link: 'asc' },
      take: batch,
      include: { content: true },
    })
    for (const entry of entries) {
      if (entry.link !== at + 1n) return { ok: false, link: String(at + 1n), why: 'gap' }
      if (entry.hash !== linkHash(previous, entry)) return { ok: false, link: String(entry.link), why: 'link' }
      if (!entry.content) erased += 1
      else if (sha256(entry.salt, canonical(entry.content.content)) !== entry.contentHash)
        return { ok: false, link: String(entry.link), why: 'content' }
      previous = entry.hash
      at = entry.link
    }
    if (entries.length < batch) return { ok: true, links: Number(at), erased }
  }
}
