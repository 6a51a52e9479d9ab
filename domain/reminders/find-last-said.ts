import type { Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { concerning } from './find-waiting.js'

const DAY_MS = 24 * 3_600_000

/** What was said to this person last and still waits for them, of the last 24 hours: newest first. `now` is business time. */
export async function findLastSaid(db: Reader, actor: Actor, now: Date): Promise<{ id: string; saidAt: Date }[]> {
  const since = new Date(now.getTime() - DAY_MS)
  // Raw: who is still concerned is a rule that the lists share, written in SQL.
  return db.$queryRaw<{ id: string; saidAt: Date }[]>`
    SELECT n.reminder_id AS id, max(n.say_at) AS "saidAt" FROM notice n
    WHERE n.person_id = ${actor.personId}::uuid AND n.state = 'said' AND n.say_at > ${since} AND n.say_at <= ${now}
      AND n.reminder_id IN (${concerning(actor, now)})
    GROUP BY n.reminder_id ORDER BY max(n.say_at) DESC, n.reminder_id DESC`
}
