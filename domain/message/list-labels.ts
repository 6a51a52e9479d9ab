import type { Reader } from '../../lib/db.js'

const MOST = 10_000

/** Labelled data, oldest first, one question and its answer each: what `npm run nlp:train -- --with-feedback` reads. */
export async function listLabels(db: Reader) {
  const labels = await db.messageLabel.findMany({ orderBy: [{ at: 'asc' }, { messageId: 'asc' }], take: MOST })
  return labels.map((label) => ({ id: label.messageId, ...(label.question as object), change: label.change }))
}
