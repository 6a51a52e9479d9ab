import { assertContact } from '../domain/customer/open-chat.js'
import { getGroup } from '../domain/group/get-group.js'
import type { PasteInput } from '../domain/message/message.contract.js'
import type { Actor } from '../domain/person/actor.js'
import type { Work } from '../domain/work.js'
import { Refused } from '../lib/errors.js'
import { decideSpeakers } from '../nlp/paste-speakers.js'

type Paste = Pick<PasteInput, 'contactId' | 'groupId' | 'customerNames'>
export type Sides = { people: { contactId: string; name: string }[]; reps: string[] }

/** Who may have said what is pasted: the contact of a chat, or those who sit in a group. Throws when it isn't the actor's. */
export async function findSides(work: Work, actor: Actor, { contactId, groupId }: Paste): Promise<Sides> {
  if (groupId) {
    const { members } = await getGroup(work.tx, actor, { id: groupId })
    const people = members.flatMap((one) => (one.contactId && !one.ours ? [{ contactId: one.contactId, name: one.name }] : []))
    const isThere = people.some((one) => one.contactId === contactId)
    // Of the company, but not in the group: then what has no name is theirs as in a chat of two.
    if (!isThere) await assertContact(work, actor, contactId)
    return { people, reps: [actor.name, ...members.filter((one) => one.ours).map((one) => one.name)] }
  }
  await assertContact(work, actor, contactId)
  const contact = await work.tx.contact.findUniqueOrThrow({ where: { id: contactId }, select: { name: true } })
  return { people: [{ contactId, name: contact.name }], reps: [actor.name] }
}

/** The contact behind a name in what was pasted. In a chat of two it can only be the one. */
export function whoSaid(name: string | null, { people }: Sides, paste: Paste): string {
  if (!paste.groupId) return paste.contactId
  const called = name ?? (paste.customerNames?.length === 1 ? (paste.customerNames[0] ?? null) : null)
  if (called === null) return paste.contactId
  const exact = people.find((one) => one.name === called)
  const alike = people.filter((one) => decideSpeakers([called], { reps: [], contacts: [one.name] }).has(called))
  const [only] = alike.length === 1 ? alike : []
  const found = exact ?? only
  if (!found) throw new Refused('not-in-group', `群里没有认出「${called}」，把名字改成群里的叫法再粘贴`, 409)
  return found.contactId
}
