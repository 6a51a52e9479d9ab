import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { hasRefused } from '../message/find-consent.js'
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
    // An old page, or a card from before a merge: what stands there is beside the contact that they proved to be.
    where: { id: await standingFor(db, contactId), ...contactVisibleTo(actor) },
    include: { identities: { where: { kind: 'external' }, select: { platform: true, value: true } } },
  })
  if (!contact) throw new Refused('unknown-contact', '没有找到这位联系人，或者他不归你跟进', 404)
  const { personId } = actor
  // Only WeCom has an archive: of whom it doesn't know nothing comes by itself.
  const inWecom = contact.identities.find((one) => one.platform === 'wecom')
  const hears = inWecom ? ask.hears : 'paste-only'
  const refused = hears === 'archive' && (await hasRefused(db, { contactId: contact.id, personId }))
  return composeStory(db, actor, {
    ...ask,
    hears: refused ? 'no-consent' : hears,
    contact: { id: contact.id, name: contact.name, externalUserId: inWecom?.value ?? null },
    customerId: contact.customerId,
    messages: await findLastSaid(db, { contactId: contact.id, ...messageVisibleTo(actor) }),
  })
}

async function standingFor(db: Reader, contactId: string): Promise<string> {
  for (let id = contactId; ; ) {
    const row = await db.contact.findUnique({ where: { id }, select: { mergedIntoId: true } })
    if (!row?.mergedIntoId) return id
    id = row.mergedIntoId
  }
}
