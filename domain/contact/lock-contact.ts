import { Refused } from '../../lib/errors.js'
import type { Work } from '../work.js'

/**
 * The contact that this one is by now, held until the work commits: what arrives for one contact is heard one after the
 * other, and nobody merges it meanwhile, so that nothing is written to a contact that is another one by then. Plain inserts
 * that only refer to the contact don't wait.
 */
export async function lockContact(work: Pick<Work, 'tx'>, contactId: string): Promise<string> {
  for (let id = contactId; ; ) {
    // Raw: a row that was waited for is read again as it was committed.
    const [row] = await work.tx.$queryRaw<{ merged_into_id: string | null }[]>`
      SELECT merged_into_id FROM contact WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    if (!row) throw new Refused('unknown-contact', '没有找到这位联系人', 404)
    if (row.merged_into_id === null) return id
    id = row.merged_into_id
  }
}

/** Several at once, always in the same order, or two works would wait for each other. Each as it stands by now. */
export async function lockContacts(work: Pick<Work, 'tx'>, contactIds: string[]): Promise<string[]> {
  await work.tx.$queryRaw`SELECT 1 FROM contact WHERE id = ANY(${contactIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
  const now: string[] = []
  for (const id of contactIds) now.push(await lockContact(work, id))
  return now
}
