import { later } from '../outbox.js'
import type { Work } from '../work.js'
import { keepLines } from './keep-lines.js'
import { findUnseen, type List } from './known-lines.js'
import type { ListedLine } from './listed-line.js'
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
  const history = await isHistory(work, page)
  const look = { run: page.run, at: new Date(page.startedAt), whole: page.whole, history, source: 'dingtalk' as const }
  await keepLines(work, list, lines, look)
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
