import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { type Actor, contactVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import { isSameRow, type KeptRow, type KeptTable, putBack, readAgain, replaceRows } from './kept-rows.js'
import { lockContacts } from './lock-contact.js'
import { type Moved, touchBoth } from './merge.js'
import { movedTables, moveSome } from './move-rows.js'

/**
 * They are two after all. Everything that the merge moved or changed is as it was; what changed again since keeps that, and
 * what came to the one while they were one stays there. The two are never joined again without a person's word.
 */
export async function undoMerge(work: Work, actor: Actor, mergeId: string): Promise<{ contactId: string; otherId: string }> {
  const unknown = new Refused('no-such-merge', '没有找到这次合并，或者它不归你', 404)
  if (!isUuid(mergeId)) throw unknown
  const found = await work.tx.contactMerge.findFirst({ where: { id: mergeId, winner: contactVisibleTo(actor) } })
  if (!found) throw unknown
  await lockContacts(work, [found.winnerId, found.loserId])
  const merge = await work.tx.contactMerge.findUniqueOrThrow({ where: { id: mergeId }, include: { winner: true } })
  const ids = { contactId: merge.winnerId, otherId: merge.loserId }
  if (merge.undoneAt) return ids
  if (merge.winner.mergedIntoId) throw new Refused('undo-later-first', '他后来又合并过一次，先撤销那一次', 409)
  const moved = merge.moved as unknown as Moved
  const way = { fromId: merge.winnerId, toId: merge.loserId }
  for (const table of movedTables) await moveSome(work.tx, table, { ...way, ids: moved.rows[table] ?? [] })
  await work.tx.follow.updateMany({
    where: { contactId: merge.winnerId, personId: { in: moved.follows } },
    data: { contactId: merge.loserId },
  })
  await restore(work, moved.kept)
  await work.tx.contactMerge.update({ where: { id: mergeId }, data: { undoneAt: work.now } })
  const content = { winnerId: merge.winnerId, loserId: merge.loserId }
  await record(work, { actor: actor.personId, verb: 'contact-merge-undo', subject: `contact:${merge.winnerId}`, content })
  await touchBoth(work, [merge.winnerId, merge.loserId])
  return ids
}

async function restore(work: Work, kept: Moved['kept']): Promise<void> {
  const firsts: KeptRow[] = []
  for (const { table, before, after } of kept) {
    const row = before ?? after
    if (!row) continue
    const now = await readAgain(work.tx, table, row)
    if (before && after && now) {
      const was = asBefore({ before, after, now })
      if (table === 'first_contact') firsts.push(was)
      else await putBack(work.tx, table, was)
      wake(work, table, was)
    } else if (before && !after && !now) await replaceRows(work.tx, table, [before])
    else if (!before && after && now) await removeNew(work, table, { after, now })
  }
  await replaceRows(work.tx, 'first_contact', firsts)
}

/** What still says what the merge wrote says again what it said before; the rest was changed since and stays. */
function asBefore({ before, after, now }: { before: KeptRow; after: KeptRow; now: KeptRow }): KeptRow {
  const isUntouched = (name: string) => isSameRow({ value: now[name] ?? null }, { value: after[name] ?? null })
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => [name, name in before && isUntouched(name) ? (before[name] ?? null) : value]),
  )
}

/** What the merge itself began, and nothing came of. */
async function removeNew(work: Work, table: KeptTable, { after, now }: { after: KeptRow; now: KeptRow }): Promise<void> {
  if (table !== 'reminder' || !isSameRow(after, now)) return
  await work.tx.reminder.deleteMany({ where: { id: String(now.id), notices: { none: {} }, acts: { none: {} } } })
}

function wake(work: Work, table: KeptTable, row: KeptRow): void {
  if (table !== 'reminder' || row.state !== 'open') return
  work.touched.add(`person:${row.person_id}`)
  if (typeof row.due_at === 'string') work.wake.push(new Date(row.due_at))
}
