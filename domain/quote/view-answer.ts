import type { Prisma } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import type { AnswerKind, AnswerView } from './quote.contract.js'

export const answerWith = {
  version: { select: { version: true } },
  files: { select: { id: true, kind: true, type: true, sha256: true }, orderBy: { at: 'asc' } },
} satisfies Prisma.QuoteAnswerInclude

type Row = Prisma.QuoteAnswerGetPayload<{ include: typeof answerWith; omit: { signature: true } }> & { signed: boolean }

/** `phones` opens the number that the customer left; without it there is none to be read. */
export const viewAnswer = (row: Row, phones: Secrets | null): AnswerView => ({
  id: row.id,
  kind: row.kind as AnswerKind,
  version: row.version.version,
  at: row.at.toISOString(),
  name: row.name,
  phone: row.phone && phones ? phones.open(row.phone) : null,
  words: row.words,
  signed: row.signed,
  ...{ device: row.device, ip: row.ip, wantsStamp: row.wantsStamp, changeId: row.changeId },
  stampedAt: row.stampedAt?.toISOString() ?? null,
  reply: row.reply,
  repliedAt: row.repliedAt?.toISOString() ?? null,
  files: row.files,
})
