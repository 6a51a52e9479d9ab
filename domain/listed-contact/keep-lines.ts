import { holdPeople } from '../contact/hold-people.js'
import type { TouchSource } from '../first-contact/first-contact.contract.js'
import { ensureContact } from '../person/identify.js'
import type { Work } from '../work.js'
import { keepLine } from './keep-line.js'
import { findLines, holdList, type List, noteLines } from './known-lines.js'
import { followersOf, hashOf, type ListedLine } from './listed-line.js'

type Look = {
  run: string
  /** When this look began: nobody says since when a line stands there, unless it says so itself. */
  at: Date
  /** Lines that say what they said are gone through as well. */
  whole: boolean
  history: boolean
  source: TouchSource
}

/** Lines of a list, as they are now. Returns the contacts of those that say something new. */
export async function keepLines(work: Work, list: List, lines: ListedLine[], look: Look): Promise<string[]> {
  await holdList(work, list)
  const told = lines.map((line) => ({ line, value: line.value, hash: hashOf(line), followers: followersOf(line) }))
  const values = told.map(({ value }) => value)
  const known = await findLines(work, list, values)
  const changed = told
    .filter(({ value, hash }) => look.whole || known.get(value)?.gone !== false || known.get(value)?.hash !== hash)
    // In one order, so that two looks with the same people don't wait for each other.
    .sort((a, b) => (a.value < b.value ? -1 : 1))
  const contactIds: string[] = []
  for (const { value } of changed)
    contactIds.push(await ensureContact(work, { ...list, kind: 'external', value }, { fetch: false }))
  await holdPeople(work, contactIds, { phones: changed.flatMap(({ line }) => line.phone?.hash ?? []) })
  const kept: string[] = []
  for (const [i, { line, value }] of changed.entries())
    kept.push(
      await keepLine(work, contactIds[i] as string, {
        list,
        line,
        before: known.get(value)?.followers ?? [],
        ...look,
        at: line.at ?? look.at,
      }),
    )
  await noteLines(work, list, { run: look.run, lines: told.map(({ value, hash, followers }) => ({ value, hash, followers })) })
  return kept
}
