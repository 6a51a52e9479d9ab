import { forgetMedia } from '../domain/message/forget-media.js'
import type { Db } from '../lib/db.js'

const DAY_MS = 24 * 3_600_000
/** A screen that asks again after this long shows another page by then. */
const SCREEN_WRITES_MS = 3 * DAY_MS
const SESSIONS_MS = DAY_MS
/** Longer than they are counted for. */
const CODES_MS = 2 * DAY_MS
/** As long as the inbox knows its keys: whatever was recalled and has not come by then never comes. */
const RECALLS_MS = 400 * DAY_MS

/** Rows that have done their work, the ones with people's words in them first. Machine time. */
export async function forget(db: Db, now: Date): Promise<{ screenWrites: number; sessions: number; files: number }> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const writes = await db.screenWrite.deleteMany({ where: { at: { lt: before(SCREEN_WRITES_MS) } } })
  const ended = { lt: before(SESSIONS_MS) }
  const sessions = await db.session.deleteMany({ where: { OR: [{ expiresAt: ended }, { revokedAt: ended }] } })
  await db.contactCode.deleteMany({ where: { at: { lt: before(CODES_MS) } } })
  await db.messageRecall.deleteMany({ where: { at: { lt: before(RECALLS_MS) } } })
  return { screenWrites: writes.count, sessions: sessions.count, files: await forgetMedia(db, now) }
}
