import { after, defineReminder, HOUR } from '../reminder-kind.js'

/** Somebody was asked about a change and has not answered: again after 4 hours, after 8 their manager hears of it. */
export default defineReminder({
  name: 'requirement-change-confirm',
  label: '需求变更待答复',
  levels: [
    {
      due: after(4 * HOUR),
      card: 'waiting',
      async to(db, askId) {
        const ask = await db.ask.findUnique({
          where: { id: askId },
          select: { card: { select: { copies: { select: { personId: true } } } } },
        })
        return ask?.card.copies.map((copy) => copy.personId) ?? []
      },
    },
    {
      due: after(8 * HOUR),
      card: 'waiting',
      async to(db, askId) {
        const ask = await db.ask.findUnique({
          where: { id: askId },
          select: { person: { select: { id: true, managerId: true } } },
        })
        return [ask?.person.managerId ?? ask?.person.id].filter((id) => id !== undefined)
      },
    },
  ],
})
