import { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { isSameRow, type KeptRow, putBack, readAgain, replaceRows } from '../contact/kept-rows.js'
import { findRule, setRule } from '../rule/rule.js'
import type { Work } from '../work.js'
import { holdPersons, type Joined } from './join-persons.js'
import { moveBack } from './moved-columns.js'
import { sayApart } from './say-apart.js'

/**
 * They are two after all. What the joining moved or changed is as it was; what changed again since keeps that, and what came
 * while they were one stays with the survivor. Nobody joins them by themselves again.
 */
export async function undoJoin(work: Work, byId: string, joinId: string): Promise<void> {
  const { tx } = work
  const unknown = new Refused('no-such-join', '没有找到这次合并', 404)
  if (!isUuid(joinId)) throw unknown
  const found = await tx.personJoin.findUnique({ where: { id: joinId } })
  if (!found) throw unknown
  const { winnerId, loserId } = found
  await holdPersons(work, [winnerId, loserId], { joined: true })
  const join = await tx.personJoin.findUniqueOrThrow({ where: { id: joinId }, include: { winner: true } })
  if (join.undoneAt) return
  if (join.winner.mergedIntoId) throw new Refused('undo-later-first', '他后来又合并过一次，先撤销那一次', 409)
  const { rows, kept, mentions } = join.moved as unknown as Joined
  const back = { fromId: winnerId, toId: loserId }
  await moveBack(tx, rows, back)
  for (const { table, before, after } of kept) {
    const now = await readAgain(tx, table, (after ?? before) as NonNullable<typeof after>)
    if (table === 'person' && before && after && now) await putBack(tx, table, asBefore({ before, after, now }))
    else if (before && after && now && isSameRow(now, after)) await putBack(tx, table, before)
    else if (before && !after && !now) await replaceRows(tx, table, [before])
    else if (!before && after && now && isSameRow(now, after)) await remove(work, table, after)
  }
  await tx.person.update({ where: { id: loserId }, data: { mergedIntoId: null } })
  await endForeignSessions(work, [winnerId, loserId])
  await takeBackMentions(work, mentions, back)
  await tx.personJoin.update({ where: { id: joinId }, data: { undoneAt: work.now } })
  await sayApart(work, byId, { a: winnerId, b: loserId })
  await record(work, { actor: byId, verb: 'person-join-undo', subject: `person:${winnerId}`, content: { winnerId, loserId } })
  for (const personId of [winnerId, loserId]) work.touched.add(`person:${personId}`)
}

/** Column by column: whoever was renamed or placed elsewhere since would otherwise keep the roles that the other brought. */
function asBefore({ before, after, now }: { before: KeptRow; after: KeptRow; now: KeptRow }): KeptRow {
  const isAsJoined = (name: string) => isSameRow({ it: now[name] ?? null }, { it: after[name] ?? null })
  return Object.fromEntries(Object.entries(now).map(([name, value]) => [name, isAsJoined(name) ? (before[name] ?? null) : value]))
}

/** Who logged in by the other's account while they were one would go on as somebody else: where one has no account, nobody is in. */
async function endForeignSessions({ tx }: Work, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM session s WHERE s.person_id = ANY(${ids}::uuid[]) AND NOT EXISTS (
      SELECT 1 FROM identity i WHERE i.person_id = s.person_id AND i.kind = 'member' AND i.platform = s.platform)`
}

/** What went over by its key stands under the new one. */
async function remove({ tx }: Work, table: string, row: Record<string, unknown>): Promise<void> {
  const [personId, contactId, channel] = [String(row.person_id), String(row.contact_id), String(row.channel)]
  if (table === 'follow') await tx.follow.deleteMany({ where: { contactId, personId } })
  if (table === 'reach') await tx.reach.deleteMany({ where: { personId, channel } })
}

async function takeBackMentions(work: Work, mentions: Joined['mentions'], { fromId, toId }: { fromId: string; toId: string }) {
  for (const [table, ids] of [
    ['card', mentions.cards],
    ['reminder', mentions.reminders],
  ] as const)
    await work.tx.$executeRaw`
      UPDATE ${Prisma.raw(table)} SET subject = replace(subject, ${fromId}, ${toId}) WHERE id = ANY(${ids}::uuid[])`
  for (const { id, before, after } of mentions.ways)
    await work.tx.contactWay.updateMany({ where: { id, personIds: { equals: after } }, data: { personIds: before } })
  for (const { name, before, after } of mentions.rules)
    if (isSameRow({ value: (await findRule(work.tx, name)) as object }, { value: after as object }))
      await setRule(work, { name, value: before as Prisma.InputJsonValue, by: 'system' })
}
