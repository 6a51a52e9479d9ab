import type { Reader } from '../../lib/db.js'
import { isUuid } from '../../lib/ids.js'
import { KIND } from './clock.js'

/** The first contact that a card of its reminder is about, as long as it still waits; null: the press came too late. */
export async function firstContactOf(db: Reader, subjectId: string): Promise<string | null> {
  const [id = ''] = subjectId.split('#')
  if (!isUuid(id)) return null
  const reminder = await db.reminder.findFirst({ where: { id, kind: KIND, state: 'open' }, select: { subject: true } })
  return reminder ? reminder.subject.slice(reminder.subject.indexOf(':') + 1) : null
}
