import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { composeStory, findLastSaid, type StoryAsk } from '../customer/compose-story.js'
import type { ChatStory } from '../customer/customer.contract.js'
import type { Actor } from '../person/actor.js'
import { getGroup } from './get-group.js'

/** Several speak there: a little more than beside a chat of two. */
const LAST_SAID = 6

/** What the sidebar shows beside a customer group: the words with who of them spoke, and the requirements of their company. */
export async function tellGroupStory(
  db: Reader,
  actor: Actor,
  { groupId, ...ask }: StoryAsk & { groupId: string },
): Promise<ChatStory> {
  const { id, name, customer } = await getGroup(db, actor, { id: groupId })
  const messages = await findLastSaid(db, { groupId: id }, LAST_SAID)
  const spoke = messages.findLast((message) => message.speaker === 'customer')
  const contact = spoke
    ? { contactId: spoke.contactId, name: spoke.contact.name }
    : await anybody(db, { groupId, customerId: customer?.id ?? null })
  if (!contact) throw new Refused('nobody', '群里还没有认得出的客户，等名单到了再打开', 409)
  return composeStory(db, actor, {
    ...ask,
    contact: { id: contact.contactId, name: contact.name, externalUserId: null },
    customerId: customer?.id ?? null,
    messages,
    group: { id, name },
  })
}

/** Nobody has spoken yet: somebody who sits there, else somebody of the company. */
async function anybody(db: Reader, { groupId, customerId }: { groupId: string; customerId: string | null }) {
  const sits = { memberships: { some: { groupId, leftAt: null } } }
  const contacts = await db.contact.findMany({
    where: { mergedIntoId: null, OR: [sits, ...(customerId ? [{ customerId }] : [])] },
    select: { id: true, name: true, memberships: { where: { groupId, leftAt: null }, select: { id: true } } },
    orderBy: { id: 'asc' },
    take: 50,
  })
  const contact = contacts.find((one) => one.memberships.length > 0) ?? contacts[0]
  return contact ? { contactId: contact.id, name: contact.name } : null
}
