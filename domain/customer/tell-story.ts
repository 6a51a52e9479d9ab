import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, contactVisibleTo, messageVisibleTo } from '../person/actor.js'
import { composeStory, findLastSaid, type StoryAsk } from './compose-story.js'
import type { ChatStory } from './customer.contract.js'

/** Everything the sidebar shows beside one chat, scoped by who looks. */
export async function tellStory(
  db: Reader,
  actor: Actor,
  { contactId, ...ask }: StoryAsk & { contactId: string },
): Promise<ChatStory> {
  const contact = await db.contact.findFirst({
    where: { id: contactId, ...contactVisibleTo(actor) },
    include: { identities: { where: { kind: 'external' }, select: { value: true } } },
  })
  if (!contact) throw new Refused('unknown-contact', '没有找到这位联系人，或者他不归你跟进', 404)
  return composeStory(db, actor, {
    ...ask,
    contact: { id: contact.id, name: contact.name, externalUserId: contact.identities[0]?.value ?? null },
    customerId: contact.customerId,
    messages: await findLastSaid(db, { contactId, ...messageVisibleTo(actor) }),
  })
}
