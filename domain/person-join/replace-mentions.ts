import type { Prisma } from '../../lib/db.js'
import { setRule } from '../rule/rule.js'
import type { Work } from '../work.js'

type Way = { fromId: string; toId: string }

/** Where a person's id stands inside of something: subjects, settings, lists. */
export type Mentions = {
  cards: string[]
  reminders: string[]
  ways: { id: string; before: string[]; after: string[] }[]
  rules: { name: string; before: unknown; after: unknown }[]
}

/** Whatever mentions the one in writing mentions the other: cards for them, settings, what is on its way to them. */
export async function replaceMentions(work: Work, { fromId, toId }: Way): Promise<Mentions> {
  const { tx } = work
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  const cards = await tx.$queryRaw<{ id: string }[]>`
    UPDATE card t SET subject = replace(t.subject, ${fromId}, ${toId}) WHERE position(${fromId} IN t.subject) > 0
      AND NOT EXISTS (SELECT 1 FROM card o WHERE o.kind = t.kind AND o.subject = replace(t.subject, ${fromId}, ${toId})) RETURNING t.id`
  const reminders = await tx.$queryRaw<{ id: string }[]>`
    UPDATE reminder t SET subject = replace(t.subject, ${fromId}, ${toId}) WHERE position(${fromId} IN t.subject) > 0
      AND NOT EXISTS (SELECT 1 FROM reminder o WHERE o.kind = t.kind AND o.state = 'open' AND t.state = 'open'
        AND o.subject = replace(t.subject, ${fromId}, ${toId})) RETURNING t.id`
  const ways: Mentions['ways'] = []
  for (const { id, personIds } of await tx.contactWay.findMany({ where: { personIds: { has: fromId } } })) {
    const after = [...new Set(personIds.map((one) => (one === fromId ? toId : one)))]
    await tx.contactWay.update({ where: { id }, data: { personIds: after } })
    ways.push({ id, before: personIds, after })
  }
  await tx.$executeRaw`
    UPDATE outbox SET payload = replace(payload::text, ${fromId}, ${toId})::jsonb
    WHERE state = 'open' AND position(${fromId} IN payload::text) > 0`
  return { cards: ids(cards), reminders: ids(reminders), ways, rules: await replaceInRules(work, { fromId, toId }) }
}

async function replaceInRules(work: Work, way: Way): Promise<Mentions['rules']> {
  const rules = await work.tx.$queryRaw<{ name: string; value: Prisma.JsonValue }[]>`
    SELECT name, value FROM (SELECT DISTINCT ON (name) name, value FROM rule ORDER BY name, version DESC) AS newest
    WHERE position(${way.fromId} IN value::text) > 0`
  const changed: Mentions['rules'] = []
  for (const { name, value } of rules) {
    const after = replaceIn(value, way)
    await setRule(work, { name, value: after as Prisma.InputJsonValue, by: 'system' })
    changed.push({ name, before: value, after })
  }
  return changed
}

/** The id as a value or as a key; of a list that names both, one is left. */
function replaceIn(json: unknown, way: Way): unknown {
  if (json === way.fromId) return way.toId
  if (Array.isArray(json)) {
    const all = json.map((one) => replaceIn(one, way))
    return all.filter((one, i) => typeof one !== 'string' || all.indexOf(one) === i)
  }
  if (json === null || typeof json !== 'object') return json
  const entries = Object.entries(json).map(([key, one]) => [key === way.fromId ? way.toId : key, replaceIn(one, way)] as const)
  // The survivor's own entry stands.
  return Object.fromEntries([...entries, ...Object.entries(json).filter(([key]) => key === way.toId)])
}
