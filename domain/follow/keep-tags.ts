import { insertRows } from '../../lib/insert-rows.js'
import type { Work } from '../work.js'

/**
 * The company's tags as they are now, for whoever wants to put one on; what stands on our rows gets their names, and loses those that there are no more. A
 * member's own and those of a rule group are not on this list. Raw, because only the rows whose tags changed are touched.
 */
export async function keepTags(work: Work, tags: { id: string; name: string; group: string }[]): Promise<void> {
  await work.tx.corpTag.deleteMany()
  await insertRows(work.tx, 'corp_tag', {
    id: { type: 'text', of: tags.map((tag) => tag.id) },
    name: { type: 'text', of: tags.map((tag) => tag.name) },
    group_name: { type: 'text', of: tags.map((tag) => tag.group) },
    place: { type: 'int', of: tags.map((_, place) => place) },
  })
  await work.tx.$executeRaw`
    WITH corp AS (SELECT * FROM unnest(${tags.map((tag) => tag.id)}::text[], ${tags.map((tag) => tag.name)}::text[]) AS c(id, name)),
    fresh AS (
      SELECT f.contact_id, f.person_id, f.tags, coalesce(jsonb_agg(
        CASE WHEN c.id IS NULL THEN t.tag ELSE jsonb_set(t.tag, '{name}', to_jsonb(c.name)) END ORDER BY t.n
      ) FILTER (WHERE c.id IS NOT NULL OR (t.tag->>'type')::int <> 1), '[]'::jsonb) AS told
      FROM follow f, jsonb_array_elements(f.tags) WITH ORDINALITY AS t(tag, n)
      LEFT JOIN corp c ON c.id = t.tag->>'id'
      WHERE f.tags <> '[]'::jsonb GROUP BY f.contact_id, f.person_id, f.tags
    )
    UPDATE follow SET tags = fresh.told FROM fresh
    WHERE follow.contact_id = fresh.contact_id AND follow.person_id = fresh.person_id AND follow.tags <> fresh.told`
}
