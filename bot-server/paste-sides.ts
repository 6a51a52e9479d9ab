import { assertContact } from '../domain/customer/open-chat.js'
import { ensureSpeaker } from '../domain/group/ensure-speaker.js'
import { getGroup } from '../domain/group/get-group.js'
import type { PasteInput } from '../domain/message/message.contract.js'
import type { Actor } from '../domain/person/actor.js'
import type { Work } from '../domain/work.js'
import { Refused } from '../lib/errors.js'
import { decideSpeakers } from '../nlp/paste-speakers.js'

type Paste = Pick<PasteInput, 'contactId' | 'groupId' | 'customerNames'>
/** `contactId` is null of a stranger in a group, until it turns out that they spoke. */
type Side = { contactId: string | null; name: string; externalUserId: string | null }
export type Sides = { people: Side[]; reps: string[] }

/** Who may have said what is pasted: the contact of a chat, or those who sit in a group. Throws when it isn't the actor's. */
export async function findSides(work: Work, actor: Actor, { contactId, groupId }: Paste): Promise<Sides> {
  if (groupId) {
    const { members } = await getGroup(work.tx, actor, { id: groupId })
    const people = members
      .filter((one) => !one.ours)
      .map(({ contactId, name, key }) => ({ contactId, name, externalUserId: key }))
    const isThere = people.some((one) => one.contactId === contactId)
    // Of the company, but not in the group: then what has no name is theirs as in a chat of two.
    if (!isThere) await assertContact(work, actor, contactId)
    return { people, reps: [actor.name, ...members.filter((one) => one.ours).map((one) => one.name)] }
  }
  await assertContact(work, actor, contactId)
  const contact = await work.tx.contact.findUniqueOrThrow({ where: { id: contactId }, select: { name: true } })
  return { people: [{ contactId, name: contact.name, externalUserId: null }], reps: [actor.name] }
}

/** The contact behind a name in what was pasted. In a chat of two it can only be the one. */
export async function findSpeaker(
  work: Work,
  name: string | null,
  { sides, paste }: { sides: Sides; paste: Paste },
): Promise<string> {
  const { contactId, groupId, customerNames = [] } = paste
  const called = name ?? (customerNames.length === 1 ? (customerNames[0] ?? null) : null)
  if (!groupId || called === null) return contactId
  const found = findSide(called, sides)
  if (!found) throw new Refused('not-in-group', `群里没有认出「${called}」，把名字改成群里的叫法再粘贴`, 409)
  if (found.contactId) return found.contactId
  const { platform, organisation } = await work.tx.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { platform: true, organisation: true },
  })
  return ensureSpeaker(work, { groupId, platform, organisation, externalUserId: found.externalUserId ?? '' })
}

/** Who is called so: exactly, or as copied names differ, when that fits one of them only. */
function findSide(called: string, { people }: Sides): Side | null {
  const exact = people.find((one) => one.name === called)
  const alike = people.filter((one) => decideSpeakers([called], { reps: [], contacts: [one.name] }).has(called))
  return exact ?? (alike.length === 1 ? (alike[0] ?? null) : null)
}
