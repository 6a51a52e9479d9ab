import { type Effects, later } from '../outbox.js'
import type { Work } from '../work.js'
import { askGroup, ensureGroup } from './open-group.js'

const APART_MS = 1_000
/** A guard against a list that never ends. */
const MOST_PAGES = 500

type Page = { organisation: string; chatIds: string[]; next: string | null }

/** Groups that nobody told us of are asked for one by one; the next page after them. */
export async function spreadGroups(work: Work, { run, page }: Effects['list-groups'], { organisation, chatIds, next }: Page) {
  const known = await work.tx.group.findMany({
    where: { platform: 'wecom', organisation, chatId: { in: chatIds } },
    select: { chatId: true },
  })
  const have = new Set(known.map((one) => one.chatId))
  const news = chatIds.filter((chatId) => !have.has(chatId))
  for (const [n, chatId] of news.entries()) {
    const { id } = await ensureGroup(work, { platform: 'wecom', organisation, chatId }, { fetch: false })
    await askGroup(work, id, { why: run, afterMs: n * APART_MS })
  }
  if (!next || page >= MOST_PAGES) return
  await later(work, {
    kind: 'list-groups',
    key: `list-groups:${run}:${page + 1}`,
    lane: 'groups',
    payload: { run, cursor: next, page: page + 1 },
    notBefore: new Date(work.now.getTime() + news.length * APART_MS),
  })
}
