import type { CopyState, Reader } from '../../lib/db.js'
import { findChats } from '../person/find-chats.js'
import { isChat, type OwnChannel, ownChannel } from './reach.contract.js'

/** Older ones say nothing of today. */
const LOOK_BACK_MS = 30 * 24 * 3_600_000

export type Last = { state: CopyState; reason: string | null; at: Date }

/** What is known of one person on one channel. */
export type Known = {
  channel: OwnChannel
  /** The last one that the channel took or refused, in thirty days. */
  last: Last | null
  /** How many it took since a sign of life, and when the first of them. */
  silent: { count: number; since: Date | null }
  activeAt: Date | null
  confirmedAt: Date | null
  saysOn: boolean | null
  barredWhy: string | null
  /** A proved number or address; an account on that platform. */
  hasPoint: boolean
}

type LastRow = { person_id: string; platform: string; state: CopyState; reason: string | null; state_at: Date }
type SilentRow = { person_id: string; platform: string; count: number; since: Date | null }

/** By person, then channel. Five statements however many people. */
export async function findKnown(db: Reader, personIds: string[], now: Date): Promise<Map<string, Record<OwnChannel, Known>>> {
  const from = new Date(now.getTime() - LOOK_BACK_MS)
  const [lasts, silents, reaches, points, chats] = await Promise.all([
    db.$queryRaw<LastRow[]>`
      SELECT DISTINCT ON (person_id, platform) person_id, platform, state::text, reason, state_at FROM card_copy
      WHERE person_id = ANY(${personIds}::uuid[]) AND state IN ('submitted', 'delivered', 'failed', 'unknown') AND state_at > ${from}
      ORDER BY person_id, platform, state_at DESC, id DESC`,
    db.$queryRaw<SilentRow[]>`
      SELECT c.person_id, c.platform, count(*)::int AS count, min(c.state_at) AS since FROM card_copy c
        LEFT JOIN reach r ON r.person_id = c.person_id AND r.channel = c.platform
      WHERE c.person_id = ANY(${personIds}::uuid[]) AND c.platform IN ('wecom', 'dingtalk') AND c.state = 'submitted'
        AND c.state_at > ${from} AND c.state_at > coalesce(greatest(r.active_at, r.confirmed_at), '-infinity')
      GROUP BY c.person_id, c.platform`,
    db.reach.findMany({ where: { personId: { in: personIds } } }),
    db.contactPoint.findMany({
      where: { personId: { in: personIds }, provedAt: { not: null } },
      select: { personId: true, channel: true },
    }),
    findChats(db, personIds),
  ])
  const knownOf = (personId: string, channel: OwnChannel): Known => {
    const last = lasts.find((row) => row.person_id === personId && row.platform === channel)
    const silent = silents.find((row) => row.person_id === personId && row.platform === channel)
    const reach = reaches.find((row) => row.personId === personId && row.channel === channel)
    return {
      channel,
      last: last ? { state: last.state, reason: last.reason, at: last.state_at } : null,
      silent: { count: silent?.count ?? 0, since: silent?.since ?? null },
      activeAt: reach?.activeAt ?? null,
      confirmedAt: reach?.confirmedAt ?? null,
      saysOn: reach?.saysOn ?? null,
      barredWhy: reach?.barredWhy ?? null,
      hasPoint: isChat(channel)
        ? (chats.get(personId) ?? []).includes(channel)
        : points.some((point) => point.personId === personId && point.channel === channel),
    }
  }
  return new Map(
    personIds.map((id) => {
      const all = ownChannel.options.map((channel) => [channel, knownOf(id, channel)] as const)
      return [id, Object.fromEntries(all) as Record<OwnChannel, Known>]
    }),
  )
}
