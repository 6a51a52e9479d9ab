import { holdPeople } from '../contact/hold-people.js'
import { later } from '../outbox.js'
import { ensureContact } from '../person/identify.js'
import type { Work } from '../work.js'
import { keepLine } from './keep-line.js'
import { findLines, findUnseen, type List, noteLines } from './known-lines.js'
import { followersOf, hashOf, type ListedLine } from './listed-line.js'
import { isHistory, type ListedPage, noteRead, readListed } from './look.js'

/** The platform and our own database get a breath between two pages. */
const APART_MS = 500
/** A guard against a list that never ends. */
const MOST = 500_000

type Read = { organisation: string; lines: ListedLine[]; more: boolean }

/**
 * One page of the list. Lines that say what they said are passed over; whoever is new is a first contact, but at the first look,
 * when all of it is history. The page behind it is asked for by its receipt; at the end whoever was not met is asked about.
 */
export async function keepListed(work: Work, page: ListedPage, { organisation, lines, more }: Read): Promise<void> {
  const list: List = { platform: 'dingtalk', organisation }
  const told = lines.map((line) => ({ line, value: line.value, hash: hashOf(line), followers: followersOf(line) }))
  const known = await findLines(
    work,
    list,
    told.map(({ value }) => value),
  )
  const changed = told
    .filter(({ value, hash }) => page.whole || known.get(value)?.gone !== false || known.get(value)?.hash !== hash)
    // In one order, so that two looks with the same people don't wait for each other.
    .sort((a, b) => (a.value < b.value ? -1 : 1))
  if (changed.length > 0) {
    const history = await isHistory(work, page)
    const contactIds: string[] = []
    for (const { value } of changed)
      contactIds.push(await ensureContact(work, { ...list, kind: 'external', value }, { fetch: false }))
    await holdPeople(work, contactIds, { phones: changed.flatMap(({ line }) => line.phone?.hash ?? []) })
    for (const [i, { line, value }] of changed.entries())
      await keepLine(work, contactIds[i] as string, {
        ...{ list, line, before: known.get(value)?.followers ?? [] },
        at: new Date(page.startedAt),
        history,
      })
  }
  await noteLines(work, list, { run: page.run, lines: told.map(({ value, hash, followers }) => ({ value, hash, followers })) })
  const offset = page.offset + lines.length
  if (more && lines.length > 0 && offset < MOST) return readListed(work, { ...page, offset }, APART_MS)
  await askAboutUnseen(work, list, page)
  await noteRead(work, page)
}

/** A list that is read page by page may pass over somebody while another one goes: each is asked about before they are gone. */
async function askAboutUnseen(work: Work, list: List, { run }: ListedPage): Promise<void> {
  for (const [n, value] of (await findUnseen(work, list, run)).entries())
    await later(work, {
      kind: 'fetch-dingtalk-contact',
      key: `fetch-dingtalk-contact:${run}:${value}`,
      lane: `dingtalk-contact:${value}`,
      payload: { value, run },
      notBefore: new Date(work.now.getTime() + n * APART_MS),
    })
}
