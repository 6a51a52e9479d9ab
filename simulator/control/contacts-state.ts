import type { Deps } from '../deps.js'
import type { Contacts, Follow } from '../state/contacts.js'
import type { CustomerGroup } from '../state/customer-groups.js'
import { findPerson } from '../world.js'

/** The desk shows the newest. */
const NEWEST = 300
const iso = (at: number) => new Date(at).toISOString()

/** One member's customer, as the member's client lists them. */
export function describeFollow(contacts: Contacts, follow: Follow) {
  const { externalUserId, userid, half, ended, state, remark, company, mobiles, tags } = follow
  const contact = contacts.people.get(externalUserId)
  return {
    externalUserId,
    name: contact?.name ?? '',
    company: company || contact?.corpName || '',
    ...(contact?.avatar ? { avatar: contact.avatar } : {}),
    rep: userid,
    joinedAt: iso(follow.at),
    half,
    ended: ended?.by ?? null,
    state,
    remark,
    mobiles,
    tags,
  }
}

export function describeGroup({ store, world }: Deps, group: CustomerGroup) {
  const { contacts } = store.state
  return {
    chatId: group.chatId,
    name: group.name,
    owner: group.owner,
    dismissed: group.dismissedAt !== null,
    members: group.members.map(({ key, ours, at }) => ({
      key,
      ours,
      name: (ours ? findPerson(world, key)?.name : contacts.people.get(key)?.name) ?? '',
      at: iso(at),
    })),
    messages: group.messages.slice(-NEWEST).map((message) => ({ ...message, at: iso(message.at) })),
  }
}
