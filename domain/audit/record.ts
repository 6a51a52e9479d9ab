import { randomBytes } from 'node:crypto'
import type { Prisma } from '../../lib/db.js'
import { sha256 } from '../../lib/ids.js'
import type { Work } from '../work.js'

export type Entry = {
  /** Person id, 'system', or 'customer': who answered on the page of a quote. */
  actor: string
  verb: string
  /** 「change:<id>」 */
  subject: string
  content: Record<string, unknown>
}

/**
 * Appends to the audit in the transaction of what it tells about. Linking is the sealer's work: a chain inside business
 * transactions would make them wait for each other.
 */
export async function record(work: Work, entry: Entry): Promise<void> {
  const salt = randomBytes(16).toString('hex')
  await work.tx.auditEntry.create({
    data: {
      at: work.now,
      actor: entry.actor,
      verb: entry.verb,
      subject: entry.subject,
      trace: work.trace,
      salt,
      contentHash: sha256(salt, canonical(entry.content)),
      content: { create: { content: entry.content as Prisma.InputJsonObject } },
    },
  })
}

/** The same bytes whatever order the database returns keys in (jsonb does not keep it). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
