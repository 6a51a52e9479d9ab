import { shanghaiDay } from '../../../lib/format/dates.js'
import { nextWorkingMorning } from '../../../lib/working-days.js'
import { defineReminder } from '../reminder-kind.js'

const MORNING_MINUTES = 8 * 60 + 15

/** A change was said and not captured: the rep reads of it on the next working morning, all of one day on one card. */
export default defineReminder({
  name: 'uncaptured-change',
  label: '说过但没捕获的变更',
  levels: [
    {
      due: (startedAt) => nextWorkingMorning(startedAt, MORNING_MINUTES),
      card: 'uncaptured',
      about: ({ personId, dueAt }) => `uncaptured:${personId}:${shanghaiDay(dueAt)}`,
      async to(db, messageId) {
        const message = await db.message.findUnique({ where: { id: messageId }, select: { personId: true } })
        return message ? [message.personId] : []
      },
    },
  ],
})
