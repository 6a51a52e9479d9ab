import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { laneOf, laterAll } from '../outbox.js'
import type { Work } from '../work.js'
import { type KnownAs, normal } from './identify.js'

/** Profiles of many are asked for one after the other: what people wait for goes first. */
const APART_MS = 500

/**
 * As `ensurePerson`, for all members of a company that connects: a few statements however many they are. Ids in the order of
 * `values`, each person once.
 */
export async function ensurePersons(work: Work, as: Omit<KnownAs, 'value'>, values: string[]): Promise<string[]> {
  const wanted = new Map(values.map((value) => [normal({ ...as, value }).value, value]))
  const known = await findAll(work, as, [...wanted.keys()])
  const made = [...wanted]
    .flatMap(([value, name]) => (known.has(value) ? [] : [{ id: newId(), value, name }]))
    // In one order, so that two processes wait for each other and do not lock each other out.
    .sort((a, b) => (a.value < b.value ? -1 : 1))
  if (made.length > 0) {
    const column = <T>(of: (one: (typeof made)[number]) => T) => made.map(of)
    // Raw, like insertRows: one parameter a column, however many they are.
    await work.tx.$executeRaw`INSERT INTO person (id, name, roles)
      SELECT id, name, ARRAY['rep'] FROM unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.name)}::text[]) AS v(id, name)`
    await insertRows(work.tx, 'identity', {
      id: { type: 'uuid', of: column(() => newId()) },
      platform: { type: 'text', of: column(() => as.platform) },
      organisation: { type: 'text', of: column(() => as.organisation) },
      kind: { type: 'text', of: column(() => as.kind) },
      value: { type: 'text', of: column((one) => one.value) },
      person_id: { type: 'uuid', of: column((one) => one.id) },
    })
  }
  const all = made.length > 0 ? await findAll(work, as, [...wanted.keys()]) : known
  // Somebody else met the same member in this moment; theirs stays.
  const lost = made.filter(({ id, value }) => all.get(value) !== id)
  if (lost.length > 0) await work.tx.person.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } })
  await laterAll(
    work,
    made
      .filter((one) => all.get(one.value) === one.id)
      .map(({ id }, n) => ({
        kind: 'fetch-member',
        key: `fetch-member:${id}`,
        lane: laneOf(id),
        payload: { personId: id },
        notBefore: new Date(work.now.getTime() + n * APART_MS),
      })),
  )
  return [...wanted.keys()].flatMap((value) => all.get(value) ?? [])
}

async function findAll(work: Work, as: Omit<KnownAs, 'value'>, values: string[]): Promise<Map<string, string>> {
  const rows = await work.tx.$queryRaw<{ value: string; person_id: string | null }[]>`
    SELECT value, person_id FROM identity WHERE platform = ${as.platform} AND organisation = ${as.organisation}
      AND kind = ${as.kind} AND value = ANY(${values}::text[])`
  return new Map(rows.flatMap(({ value, person_id }) => (person_id ? [[value, person_id]] : [])))
}
