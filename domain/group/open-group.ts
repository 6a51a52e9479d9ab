import { newId } from '../../lib/ids.js'
import { later } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { groupVisibleTo } from './group-visible-to.js'

export type KnownGroup = { platform: string; organisation: string; chatId: string }
type Standing = { id: string; customerId: string | null; ownerId: string | null }

const HOUR_MS = 3_600_000

/** The group behind a platform's id; one that nobody has met yet is a group at once, its name and members follow. */
export async function ensureGroup(
  work: Work,
  known: KnownGroup,
  { fetch, name = '客户群' }: { fetch: boolean; name?: string } = { fetch: true },
): Promise<Standing> {
  const find = () =>
    work.tx.group.findUnique({
      where: { platform_organisation_chatId: known },
      select: { id: true, customerId: true, ownerId: true },
    })
  const found = await find()
  if (found) return found
  const id = newId()
  const { count } = await work.tx.group.createMany({
    data: [{ id, ...known, name, createdAt: work.now }],
    skipDuplicates: true,
  })
  if (count > 0 && fetch) await askGroup(work, id, { why: 'new' })
  return (await find()) as Standing
}

/** As with a contact: what has not been called yet will see what this one would. */
export async function askGroup(
  work: Work,
  groupId: string,
  { why, afterMs = 0 }: { why: string; afterMs?: number },
): Promise<void> {
  const lane = `group:${groupId}`
  const waiting = { lane, kind: 'fetch-group', state: 'open' as const, calledAt: null, notBefore: { lte: work.now } }
  if ((await work.tx.outbox.count({ where: waiting })) > 0) return
  const notBefore = new Date(work.now.getTime() + afterMs)
  await later(work, { kind: 'fetch-group', key: `fetch-group:${groupId}:${why}`, lane, payload: { groupId }, notBefore })
}

/**
 * The group that a rep has open. The id comes from the client and proves nothing: it opens what the platform says that the rep
 * sits in. Where it says nothing of them yet it is asked, at most once an hour.
 */
export async function openGroup(work: Work, actor: Actor, known: KnownGroup): Promise<{ id: string; visible: boolean }> {
  const { id } = await ensureGroup(work, known)
  const visible = (await work.tx.group.count({ where: { AND: [{ id }, groupVisibleTo(actor)] } })) > 0
  if (!visible) await askGroup(work, id, { why: `${actor.personId}:${Math.floor(work.now.getTime() / HOUR_MS)}` })
  return { id, visible }
}
