import { lockContact } from '../contact/lock-contact.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { isRefused } from './before.js'
import { KIND, subjectOf } from './clock.js'
import { findKnown } from './find-known.js'

/**
 * More is known of a contact than when the clock began: their company, number or group. Where that says whose they are, the
 * clock stops and joining is proposed. What somebody said no to is not proposed again.
 */
export async function proposeCustomer(work: Work, contact: string): Promise<void> {
  const contactId = await lockContact(work, contact)
  const row = await work.tx.firstContact.findFirst({ where: { contactId, state: 'open' } })
  if (!row || isRefused(row.before)) return
  const known = await findKnown(work.tx, contactId)
  // A company that was made of this very contact, by a capture, is no known customer.
  if (!known || known.why === 'contact') return
  await work.tx.firstContact.update({
    where: { id: row.id },
    data: { state: 'known', proposedCustomerId: known.customerId, proposedWhy: known.why },
  })
  await settleReminder(work, { kind: KIND, subject: subjectOf(row.id), by: 'known' })
  work.touched.add(`chat:${contactId}`)
  work.touched.add(`person:${row.personId}`)
}
