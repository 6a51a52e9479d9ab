import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { assertReadable } from './assert-readable.js'

/** A file of a quote, for whoever sees the quote: a PDF, what came back with a seal. `name` is what it is kept as. */
export async function getFile(
  db: Reader,
  actor: Actor,
  fileId: string,
): Promise<{ type: string; data: Uint8Array; name: string }> {
  const unknown = new Refused('unknown-file', '没有找到这个文件，或者它不归你', 404)
  const file = await db.quoteFile.findUnique({
    where: { id: fileId },
    include: { version: { select: { version: true, quoteId: true, quote: { select: { number: true } } } } },
  })
  if (!file) throw unknown
  await assertReadable(db, actor, file.version.quoteId).catch((error) => {
    throw error instanceof Refused ? unknown : error
  })
  const { quote, version } = file.version
  return {
    type: file.type,
    data: file.data,
    name: `报价${quote.number}-v${version}${SUFFIX[file.kind] ?? ''}.${endingOf(file.type)}`,
  }
}

const SUFFIX: Record<string, string> = { 'accepted-pdf': '-已确认', stamped: '-盖章' }
const endingOf = (type: string) => (type === 'image/jpeg' ? 'jpg' : (type.split('/')[1] ?? 'bin'))
