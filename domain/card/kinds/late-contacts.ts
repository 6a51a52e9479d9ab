import type { Reader } from '../../../lib/db.js'
import { deadlineOf } from '../../first-contact/clock.js'
import { findPolicy } from '../../reminders/policy.js'
import type { Card } from '../card.js'
import { findOpen, linesOf } from './new-contacts.js'

/** 「<rep>@<manager>#<day>」: to those above, the new contacts of one rep that are over their 24 hours. */
export async function drawLateContacts(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const [rep = ''] = subject.split('@')
  const person = await db.person.findUnique({ where: { id: rep }, select: { name: true } })
  const { calm } = await findPolicy(db)
  const late = (await findOpen(db, rep, now)).filter((row) => deadlineOf(row.at, calm) <= now)
  if (!person || late.length === 0) return null
  return {
    source: '不漏 · 新客户',
    title: `${person.name}有 ${late.length} 位新客户超过 24 小时没建商机`,
    desc: '问一句，或者帮他接过来',
    fields: linesOf(late, now),
    buttons: [],
    page: '/h5/new-contacts',
  }
}
