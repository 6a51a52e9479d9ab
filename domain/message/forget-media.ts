import type { Db } from '../../lib/db.js'
import { findRule } from '../rule/rule.js'
import { settings } from '../rule/settings.js'

const DAY_MS = 24 * 3_600_000
/** Of one look: rows with megabytes in them are not written by the thousand in one statement. */
const MOST = 200

/** How many days a fetched file is kept. */
export async function findMediaDays(db: Db): Promise<number> {
  const { schema, standing } = settings.mediaDays
  const set = schema.safeParse(await findRule(db, 'mediaDays'))
  return set.success ? set.data : standing
}

/**
 * Files that were fetched so long ago are emptied, and say so; the message stays. What a capture was made from is evidence: its
 * files are kept with it. The platform gives them for five days only, so they can't be fetched again. Returns how many.
 */
export async function forgetMedia(db: Db, now: Date): Promise<number> {
  const days = await findMediaDays(db)
  // Raw, because evidence names its messages in a document: one look through it, and none while nothing is that old.
  return db.$executeRaw`
    UPDATE media SET data = NULL, state = 'gone', reason = ${`超过 ${days} 天，按保留期限清除了`}
    WHERE id IN (
      SELECT id FROM media WHERE data IS NOT NULL AND fetched_at < ${new Date(now.getTime() - days * DAY_MS)}
        AND message_id::text NOT IN (
          SELECT said ->> 'messageId' FROM evidence, jsonb_array_elements(evidence.messages) AS said WHERE said ->> 'messageId' IS NOT NULL)
      ORDER BY fetched_at LIMIT ${MOST})`
}
