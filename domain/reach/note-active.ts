import type { Reader } from '../../lib/db.js'
import type { ChatPlatform } from '../person/person.contract.js'

const AGAIN_MS = 5 * 60_000

/** Somebody was there: entered the app, opened a page, pressed, wrote. One look a person, platform and five minutes. */
export async function noteActive(db: Reader, personId: string, now: Date, platform: ChatPlatform = 'wecom'): Promise<void> {
  await db.$executeRaw`
    INSERT INTO reach (person_id, channel, active_at) VALUES (${personId}::uuid, ${platform}, ${now})
    ON CONFLICT (person_id, channel) DO UPDATE SET active_at = excluded.active_at, barred_why = NULL
    WHERE reach.active_at IS NULL OR reach.active_at < ${new Date(now.getTime() - AGAIN_MS)}`
  // The first sign of life after a new contact was heard of: whether their rep could have known is asked weeks later.
  await db.$executeRaw`
    UPDATE first_contact SET rep_active_at = ${now}
    WHERE person_id = ${personId}::uuid AND state = 'open' AND rep_active_at IS NULL AND heard_at <= ${now}`
}

/** The same for a process that meets the same people all day: it asks the database once in five minutes. */
export function createActivity(): (db: Reader, personId: string, now: Date, platform: ChatPlatform) => Promise<void> {
  const noted = new Map<string, number>()
  return async (db, personId, now, platform) => {
    const key = `${platform}:${personId}`
    const last = noted.get(key)
    if (last !== undefined && now.getTime() - last < AGAIN_MS) return
    noted.set(key, now.getTime())
    await noteActive(db, personId, now, platform)
  }
}
