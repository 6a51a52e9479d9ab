import type { Reader } from '../../lib/db.js'
import { isUuid } from '../../lib/ids.js'
import { KIND } from './quote-clock.js'

/** The lead that a card or a page means: by its own id, or by that of its reminder («<id>#<level>.<round>» from a card). */
export async function leadOf(db: Reader, subjectId: string): Promise<string | null> {
  const [id = ''] = subjectId.split('#')
  if (!isUuid(id)) return null
  const reminder = await db.reminder.findFirst({ where: { id, kind: KIND }, select: { subject: true } })
  if (reminder) return reminder.subject.slice(reminder.subject.indexOf(':') + 1)
  return (await db.opportunity.count({ where: { id } })) > 0 ? id : null
}
