import type { Work } from '../work.js'

/** Whose word it is: WeCom's directory, or DingTalk's, which moves nobody whom WeCom's has put somewhere. */
export type PlacedFrom = 'directory' | 'dingtalk'
const overruled: Record<PlacedFrom, string[]> = { directory: ['directory', 'dingtalk'], dingtalk: ['dingtalk'] }
/** No company has more levels; a circle would have no end. */
const MOST_LEVELS = 50

/** `above`: who may be their manager, nearest first. Null and empty: the directory says nothing, and what stands stays. */
export type Placing = { personId: string; name: string; teamId: string | null; above: string[] }
type Standing = { id: string; managerId: string | null; leftAt: Date | null }
export type Placed = { personId: string; teamId: string | null; managerId: string | null }

/**
 * Puts people where the directory has them: only where nobody was put yet, or where the directory put them before. What was
 * set by hand stays, and so does who has left. Nobody is their own manager, over however many others. Returns
 * who moved, and what is new of it.
 */
export async function place(work: Work, placings: Placing[], from: PlacedFrom = 'directory'): Promise<Placed[]> {
  const ids = [...new Set(placings.flatMap(({ personId, above }) => [personId, ...above]))].sort()
  await holdDirectory(work)
  await work.tx.$queryRaw`SELECT 1 FROM person WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
  // Everybody's managers, up to the top; UNION ends a circle.
  const chain = await work.tx.$queryRaw<Standing[]>`
    WITH RECURSIVE up AS (
      SELECT id, manager_id AS "managerId", left_at AS "leftAt" FROM person WHERE id = ANY(${ids}::uuid[])
      UNION SELECT p.id, p.manager_id, p.left_at FROM person p JOIN up ON p.id = up."managerId"
    ) SELECT * FROM up`
  const byId = new Map(chain.map((person) => [person.id, person]))
  const isUnder = (id: string, under: string): boolean => {
    let at: string | null = id
    for (let level = 0; at && level < MOST_LEVELS; level += 1) {
      if (at === under) return true
      at = byId.get(at)?.managerId ?? null
    }
    return at !== null
  }
  const people = await work.tx.person.findMany({
    where: { id: { in: placings.map(({ personId }) => personId) }, leftAt: null },
    include: { identities: { where: { kind: 'member' }, select: { value: true } } },
  })
  const standing = new Map(people.map((person) => [person.id, person]))
  const moves: Move[] = []
  for (const { personId, name, teamId, above } of placings) {
    const person = standing.get(personId)
    if (!person) continue
    // Met a moment ago: the name is still the account's.
    const unnamed = person.identities.some(({ value }) => value.toLowerCase() === person.name.toLowerCase())
    const mayTeam = mayPlace(from, person.teamFrom, person.teamId)
    const mayManager = mayPlace(from, person.managerFrom, person.managerId)
    const managerId = above.find((id) => byId.get(id)?.leftAt === null && !isUnder(id, personId)) ?? null
    const move = {
      id: personId,
      name: unnamed && name !== '' && name !== person.name ? name : null,
      teamId: mayTeam && teamId !== person.teamId ? teamId : null,
      managerId: mayManager && managerId !== person.managerId ? managerId : null,
    }
    if (!move.name && !move.teamId && !move.managerId) continue
    moves.push(move)
    const own = byId.get(personId)
    if (own && move.managerId) own.managerId = move.managerId
  }
  await write(work, moves, from)
  return moves.flatMap(({ id, teamId, managerId }) => (teamId || managerId ? [{ personId: id, teamId, managerId }] : []))
}

const mayPlace = (from: PlacedFrom, placedFrom: string | null, at: string | null): boolean =>
  placedFrom === null ? at === null : overruled[from].includes(placedFrom)

/**
 * One after the other: two departments at once could put two people under each other. Before any person is looked up: whoever
 * joins two persons holds this first.
 */
export const holdDirectory = (work: Pick<Work, 'tx'>): Promise<unknown> =>
  work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('directory'))`

type Move = { id: string; name: string | null; teamId: string | null; managerId: string | null }

/** Raw: one statement for a department of thousands. Null leaves what stands. */
async function write(work: Work, moves: Move[], from: PlacedFrom): Promise<void> {
  if (moves.length === 0) return
  const column = <T>(of: (move: Move) => T) => moves.map(of)
  await work.tx.$executeRaw`
    UPDATE person SET name = coalesce(v.name, person.name),
      team_id = coalesce(v.team_id, person.team_id), manager_id = coalesce(v.manager_id, person.manager_id),
      team_from = CASE WHEN v.team_id IS NULL THEN person.team_from ELSE ${from} END,
      manager_from = CASE WHEN v.manager_id IS NULL THEN person.manager_from ELSE ${from} END
    FROM unnest(${column(({ id }) => id)}::uuid[], ${column(({ name }) => name)}::text[],
      ${column(({ teamId }) => teamId)}::uuid[], ${column(({ managerId }) => managerId)}::uuid[])
      AS v(id, name, team_id, manager_id)
    WHERE person.id = v.id`
}
