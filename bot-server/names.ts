import { type CustomerNames, listNames } from '../domain/customer/list-names.js'
import type { Actor } from '../domain/person/actor.js'
import { listColleagues } from '../domain/person/list-colleagues.js'
import type { Reader } from '../lib/db.js'
import { sha256 } from '../lib/ids.js'
import { type Catalogue, createCatalogue, type Entry } from '../nlp/catalogue.js'

/** Tries that are kept; people who see the same customers share one. */
const MOST_KEPT = 40
const kept = new Map<string, Catalogue>()

/** Whom this actor may speak of, as rows and as a catalogue that finds them in a sentence. */
export async function namesFor(
  db: Reader,
  actor: Actor,
): Promise<{ all: CustomerNames[]; customers: Catalogue; people: Catalogue }> {
  const all = await listNames(db, actor)
  return { all, customers: catalogueOf(all), people: catalogueOf(await listColleagues(db)) }
}

/**
 * Building costs more than reading, so what was built is kept under the very names it was built of: a customer who is
 * added or renamed, or a person who sees others than before, is another catalogue. There is nothing to forget in time.
 */
function catalogueOf(entries: Entry[]): Catalogue {
  const key = sha256(JSON.stringify(entries.map(({ id, name, nicknames }) => [id, name, nicknames])))
  const known = kept.get(key) ?? createCatalogue(entries)
  // Used last stands last; the first is the one to go.
  kept.delete(key)
  kept.set(key, known)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest) kept.delete(oldest)
  return known
}
