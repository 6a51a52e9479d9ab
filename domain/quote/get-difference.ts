import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { assertReadable } from './assert-readable.js'
import { diffVersions, diffWords } from './diff-versions.js'
import type { Difference, QuoteContent } from './quote.contract.js'

type Ask = { quoteId: string; from: number; to: number }

/** What version `to` says otherwise than version `from`. */
export async function getDifference(
  db: Reader,
  actor: Actor,
  { quoteId, from, to }: Ask,
): Promise<{ lines: Difference[]; words: string }> {
  await assertReadable(db, actor, quoteId)
  const versions = await db.quoteVersion.findMany({
    where: { quoteId, version: { in: [from, to] } },
    select: { version: true, content: true },
  })
  const [before, after] = [from, to].map((version) => versions.find((one) => one.version === version)?.content)
  if (!before || !after) throw new Refused('unknown-version', '没有找到这两版报价', 404)
  const lines = diffVersions(before as unknown as QuoteContent, after as unknown as QuoteContent)
  return { lines, words: diffWords(lines) }
}
