import type { Reader } from '../../../lib/db.js'
import { lookUpTogether } from '../../../lib/look-up-together.js'
import { contactVisibleTo, isRole } from '../../person/actor.js'
import { defineReminder, standardRoute } from '../reminder-kind.js'

const SHORT = 24

const lookUpTask = lookUpTogether((db, ids) =>
  db.task.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      text: true,
      doneAt: true,
      contact: { select: { id: true, name: true, customer: { select: { name: true } } } },
      group: { select: { name: true, customer: { select: { name: true } } } },
    },
  }),
)

/** 提醒我: a rep's own, at the moment that they chose. Whoever it is handed to has it as theirs. */
export default defineReminder({
  name: 'personal',
  label: '提醒我',
  placeholders: { text: '要做的事', customer: '客户' },
  levels: [
    {
      on: true,
      wait: { from: 'target', days: 0, at: null },
      to: ['holder'],
      route: standardRoute,
      title: '{text}',
      desc: '{customer}',
    },
  ],
  exact: true,
  own: true,
  pageLabel: '去聊天',
  async facts(db, { id, subjectId, personId }) {
    const task = await lookUpTask(db, subjectId)
    if (!task) return null
    if (task.doneAt) return { done: `办完了：${task.text}` }
    const { contact, group } = task
    const about = contact ?? group
    const customer = [about?.customer?.name, about?.name].filter(Boolean).join(' · ')
    const known = contact && (await mayOpen(db, contact.id, personId))
    return {
      words: { text: task.text, customer: customer || '自己记的' },
      // A card's title is short.
      ...(task.text.length > SHORT ? { quote: { title: '要做的事', text: task.text } } : {}),
      fields: customer ? [{ label: '客户', value: customer }] : [],
      page: known ? `/h5/chat/${contact.id}` : `/h5/reminder/${id}`,
    }
  },
  async tick(work, { subjectId }) {
    await work.tx.task.updateMany({ where: { id: subjectId, doneAt: null }, data: { doneAt: work.now } })
  },
  async handed(work, { subjectId, personId }) {
    await work.tx.task.update({ where: { id: subjectId }, data: { personId } })
    return false
  },
  sample: {
    words: { text: '给黄老板回电话，问样品收到没有', customer: '华强五金 · 黄老板' },
    fields: [{ label: '客户', value: '华强五金 · 黄老板' }],
    page: '/h5/',
  },
})

/** A colleague who was handed it may not know the customer: then its own page is as far as it leads. */
async function mayOpen(db: Reader, contactId: string, personId: string): Promise<boolean> {
  const holder = await db.person.findUnique({ where: { id: personId }, select: { roles: true, teamId: true } })
  if (!holder) return false
  const actor = { personId, name: '', roles: holder.roles.filter(isRole), teamId: holder.teamId }
  return (await db.contact.count({ where: { AND: [{ id: contactId }, contactVisibleTo(actor)] } })) > 0
}
