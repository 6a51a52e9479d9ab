import type { Reader } from '../../lib/db.js'
import { chatPlatform } from '../person/person.contract.js'
import { areElsewhere, isThere, platformsOf } from './join-known.js'
import type { JoinSide, PersonJoins } from './person-join.contract.js'

const MOST = 100

/** Who may be one: of one name, one in WeCom and one in DingTalk; and who was joined, the last first. */
export async function listJoins(db: Reader): Promise<PersonJoins> {
  const pairs = await findAlike(db)
  const sides = await viewSides(
    db,
    pairs.flatMap(({ a, b }) => [a, b]),
  )
  const joins = await db.personJoin.findMany({
    where: { undoneAt: null },
    orderBy: { at: 'desc' },
    take: MOST,
    include: { winner: { select: { name: true } }, by: { select: { name: true } } },
  })
  return {
    alike: pairs.flatMap(({ a, b }) => {
      const [one, other] = [sides.get(a), sides.get(b)]
      return one && other ? [{ a: one, b: other }] : []
    }),
    joined: joins.map(({ id, winner, by, at }) => ({ id, name: winner.name, by: by?.name ?? null, at: at.toISOString() })),
  }
}

/** The one that was met first before the other. */
export const findAlike = (db: Reader): Promise<{ a: string; b: string }[]> => db.$queryRaw`
  WITH known AS (
    SELECT p.id, lower(regexp_replace(p.name, '\\s', '', 'g')) AS name, ${platformsOf} AS platforms FROM person p WHERE ${isThere}
  )
  SELECT a.id AS a, b.id AS b FROM known a JOIN known b ON b.name = a.name AND a.id < b.id
  WHERE ${areElsewhere} ORDER BY a.name, 1, 2 LIMIT ${MOST}`

async function viewSides(db: Reader, ids: string[]): Promise<Map<string, JoinSide>> {
  const people = await db.person.findMany({
    where: { id: { in: ids } },
    include: {
      team: { select: { name: true } },
      identities: { where: { kind: 'member' }, select: { platform: true } },
      _count: { select: { customers: true } },
    },
  })
  return new Map(
    people.map(({ id, name, team, identities, _count }) => [
      id,
      {
        personId: id,
        name,
        platforms: chatPlatform.options.filter((platform) => identities.some((one) => one.platform === platform)),
        team: team?.name ?? null,
        customers: _count.customers,
      },
    ]),
  )
}
