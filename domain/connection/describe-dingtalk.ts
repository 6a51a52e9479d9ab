import type { Reader } from '../../lib/db.js'
import type { DingtalkHeard, DingtalkLinks, DingtalkPeople } from './connection.contract.js'

/** So far back is looked for what came in: the table is long, and nobody asks when it was quiet for weeks. */
const LOOKED_AT = 20_000n

/** When something came in last. `aheadMs`: by how much business time is ahead of the machine's. */
export async function findHeard(db: Reader, aheadMs: number): Promise<DingtalkHeard> {
  const { _max } = await db.inbox.aggregate({ _max: { seq: true } })
  const rows = await db.inbox.groupBy({
    by: ['source'],
    where: { seq: { gt: (_max.seq ?? 0n) - LOOKED_AT }, source: { startsWith: 'dingtalk' } },
    _max: { receivedAt: true },
  })
  const at = (source: string) => {
    const received = rows.find((row) => row.source === source)?._max.receivedAt
    return received ? new Date(received.getTime() + aheadMs).toISOString() : null
  }
  return { event: at('dingtalk'), robot: at('dingtalk-robot'), press: at('dingtalk-card') }
}

type Row = { dingtalk: number; wecom: number; both: number }

export async function describePeople(db: Reader): Promise<DingtalkPeople> {
  const [counts] = await db.$queryRaw<Row[]>`
    SELECT count(*) FILTER (WHERE d AND NOT w)::int AS dingtalk, count(*) FILTER (WHERE w AND NOT d)::int AS wecom,
      count(*) FILTER (WHERE d AND w)::int AS both
    FROM (SELECT bool_or(i.platform = 'dingtalk') AS d, bool_or(i.platform = 'wecom') AS w
      FROM identity i JOIN person p ON p.id = i.person_id
      WHERE i.kind = 'member' AND p.left_at IS NULL GROUP BY p.id) AS known`
  const barred = await db.reach.findMany({
    where: { channel: 'dingtalk', barredWhy: { not: null }, person: { leftAt: null } },
    select: { barredWhy: true, person: { select: { id: true, name: true } } },
    orderBy: { person: { name: 'asc' } },
    take: 50,
  })
  return {
    ...(counts ?? { dingtalk: 0, wecom: 0, both: 0 }),
    barred: barred.map(({ person, barredWhy }) => ({ ...person, why: barredWhy ?? '' })),
  }
}

/**
 * Where the pages stand inside DingTalk. `im_open_hybrid_panel` is half a phone, `pc_slide` the panel beside a chat.
 * https://open.dingtalk.com/document/development/group-chat-related-jump-protocol
 */
export function dingtalkLinks(publicUrl: string): DingtalkLinks {
  const home = new URL('/h5/', publicUrl).href
  const page = encodeURIComponent(home)
  return {
    home,
    phone: `dingtalk://dingtalkclient/action/im_open_hybrid_panel?panelHeight=percent60&hybridType=online&pageUrl=${page}`,
    pc: `dingtalk://dingtalkclient/page/link?url=${page}&pc_slide=true`,
  }
}
