import { GiveUp } from '../../lib/errors.js'
import { maskPhone, normalPhone } from '../../lib/format/phone.js'
import type { Secrets } from '../../lib/secret.js'
import { sealPhone } from '../contact/contact-phones.js'
import type { Work } from '../work.js'
import { findPeopleByNumber, numberKey } from './find-people.js'
import { keepCall } from './keep-call.js'
import { outcomeOf, type PhoneCall } from './phone-call.js'

/** Seals of customers' phones, and of our own people's. */
export type PhoneKeys = { phones: Secrets; points: Secrets }

/** What a parked row says; the page of the extensions looks for it. */
export const NOBODY = 'nobody-at'

/**
 * A call that a phone system told of. Who of the two is ours says the list of extensions, or a mobile that its owner
 * proved. Nobody: the row is parked, with the number, until somebody says whose it is. Among ours alone: no customer's call.
 */
export async function hearPhoneCall(
  work: Work,
  keys: PhoneKeys,
  told: PhoneCall & { source: 'hook' | 'csv' },
): Promise<string | null> {
  const people = await findPeopleByNumber(work.tx, keys.points, [told.caller, told.callee])
  const caller = people.get(numberKey(told.caller))
  const callee = people.get(numberKey(told.callee))
  if (caller && callee) return null
  // Whoever is ours says more than what the system calls 呼入.
  const direction = callee ? 'in' : caller ? 'out' : (told.direction ?? 'out')
  const [ours, theirs] = direction === 'in' ? [told.callee, told.caller] : [told.caller, told.callee]
  const personId = people.get(numberKey(ours))
  if (!personId) throw new GiveUp(`${NOBODY} ${numberKey(ours)}: 这个分机或号码还没有对应到同事`)
  const sealed = sealPhone(keys.phones, theirs)
  const phone = sealed && { ...sealed, shown: maskPhone(normalPhone(theirs) ?? theirs) }
  return keepCall(work, {
    source: told.source,
    sourceKey: `phone:${told.id}`,
    personId,
    contactId: null,
    phone,
    direction,
    startedAt: told.startedAt,
    seconds: told.seconds,
    outcome: outcomeOf(told),
    recordingUrl: told.recordingUrl,
    // A withheld or internal number finds nobody: what it was is worth a line.
    note: phone ? null : `对方号码：${normalPhone(theirs) ?? theirs}`,
  })
}
