import { shanghaiDay } from '../../../lib/format/dates.js'
import { defineReminder, morning, standardRoute } from '../reminder-kind.js'

/** A change was said and not captured: the rep reads of it on the next working morning, all of one day on one card. */
export default defineReminder({
  name: 'uncaptured-change',
  label: '说过但没捕获的变更',
  pageLabel: '去看看',
  placeholders: { customer: '客户', words: '客户的原话' },
  levels: [{ on: true, wait: morning, to: ['holder'], route: standardRoute, title: '{customer}好像改了需求', desc: '{words}' }],
  shared: { card: 'uncaptured', subject: ({ personId, dueAt }) => `uncaptured:${personId}:${shanghaiDay(dueAt)}` },
  async facts(db, { subjectId }) {
    const message = await db.message.findUnique({
      where: { id: subjectId },
      select: {
        text: true,
        revokedAt: true,
        contact: { select: { id: true, name: true, customer: { select: { name: true } } } },
      },
    })
    if (!message || message.revokedAt) return null
    const { contact } = message
    return {
      words: { customer: contact.customer?.name ?? contact.name, words: message.text },
      fields: [{ label: contact.customer?.name ?? contact.name, value: message.text }],
      page: `/h5/chat/${contact.id}`,
    }
  },
  sample: {
    words: { customer: '华强五金', words: '账期能不能改成月结45天' },
    fields: [{ label: '华强五金', value: '账期能不能改成月结45天' }],
    page: '/h5/',
  },
})
