import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { later } from '../outbox.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'

/** A code for one channel: whoever scans it is added by one of these, and says by which channel they came. */
export async function createContactWay(
  work: Work,
  actor: Actor,
  { label, personIds }: { label: string; personIds: string[] },
): Promise<{ id: string }> {
  const people = [...new Set(personIds)]
  const there = await work.tx.person.count({
    where: { id: { in: people }, leftAt: null, identities: { some: { platform: 'wecom', kind: 'member' } } },
  })
  if (there !== people.length) throw new Refused('unknown-person', '有同事已经离职，或者没有企业微信账号，请重新选', 409)
  const id = newId()
  // At most 30 characters, and nothing in it that a person would have to be shown: the label says what it is.
  const state = `bl${id.replaceAll('-', '').slice(-20)}`
  await work.tx.contactWay.create({
    data: { id, state, label, personIds: people, createdById: actor.personId, createdAt: work.now },
  })
  await later(work, { kind: 'add-contact-way', key: `add-contact-way:${id}`, lane: 'contact-ways', payload: { wayId: id } })
  await record(work, {
    actor: actor.personId,
    verb: 'contact-way-created',
    subject: `contact-way:${id}`,
    content: { label, people },
  })
  return { id }
}
