import { createHash } from 'node:crypto'
import { amongGroup, between, isOurs } from './chat.js'
import type { Deps } from './deps.js'
import type { Contact, Follow } from './state/contacts.js'
import type { GroupMember } from './state/customer-groups.js'
import type { Fact } from './state/state.js'
import { archiveText, newMsgid } from './wecom/archive.js'
import type { Customer, World } from './world.js'

const MINUTE = 60_000
const DAY = 86_400_000

/** Ids that are the same on every start: a product that was fed by an older journal must not meet strangers. */
const steady = (prefix: string, name: string) => `${prefix}${createHash('sha256').update(name).digest('base64url').slice(0, 20)}`
export const tagId = (group: string, name: string) => steady('et', `${group}/${name}`)
const tagGroupId = (group: string) => steady('etg', group)

/**
 * Puts the world on the stage: on every start the people, tags and groups that the journal doesn't know yet, and on the
 * very first one what they had said to each other, counted back from then; the archive has it too.
 */
export async function beginWorld(deps: Deps): Promise<void> {
  const { store, world, clock } = deps
  const first = store.state.began === null
  const began = store.state.began ?? clock.business()
  const people: Fact[] = [...(first ? [{ type: 'began', at: began } as const] : []), ...newcomers(deps, began)]
  if (people.length > 0) await store.record(...people)
  if (!first) return

  const ofChats = world.customers.flatMap((c) =>
    c.chat.map((line) => ({
      at: began - line.minutesAgo * MINUTE,
      fact: { type: 'chat', rep: c.rep, externalUserId: c.externalUserId, from: line.from, text: line.text } as const,
      heard: between({ rep: c.rep, externalUserId: c.externalUserId, from: line.from }),
    })),
  )
  const ofGroups = world.customerGroups.flatMap(({ chatId, chat }) =>
    chat.map(({ from, text, minutesAgo }) => ({
      at: began - minutesAgo * MINUTE,
      fact: { type: 'group-chat', chatId, from, text } as const,
      heard: amongGroup(deps, chatId, from),
    })),
  )
  const past: Fact[] = []
  let seq = 1
  for (const { at, fact, heard } of [...ofChats, ...ofGroups].sort((a, b) => a.at - b.at)) {
    const id = newMsgid(at)
    past.push({ ...fact, id, at })
    const archived = archiveText(deps, { ...heard, text: fact.text, msgid: id, at, news: false }, seq)
    past.push(...archived)
    seq += archived.length
  }
  if (past.length > 0) await store.record(...past)
}

function newcomers(deps: Deps, began: number): Fact[] {
  const { world, store } = deps
  const { contacts, tags, customerGroups } = store.state
  const facts: Fact[] = []
  for (const { group, names } of world.tags) {
    const [id, at] = [tagGroupId(group), began - 90 * DAY]
    if (tags.groups.has(id)) continue
    facts.push({ type: 'tag-group', group: { id, name: group, order: 0, at, deleted: false } })
    for (const name of names) {
      facts.push({ type: 'tag', tag: { id: tagId(group, name), groupId: id, name, order: 0, at, deleted: false } })
    }
  }
  for (const customer of world.customers) {
    if (contacts.people.has(customer.externalUserId)) continue
    facts.push({ type: 'contact', contact: contactOf(customer) })
    facts.push({ type: 'follow', follow: followOf(world, customer, began) })
  }
  for (const group of world.customerGroups) {
    if (customerGroups.has(group.chatId)) continue
    const at = began - group.daysAgo * DAY
    for (const guest of group.guests) facts.push({ type: 'contact', contact: contactOf(guest) })
    const keys = [...new Set([group.owner, ...group.members, ...group.guests.map((guest) => guest.externalUserId)])]
    const members = keys.map((key): GroupMember => memberOf(key, isOurs(deps, key), at, key === group.owner ? null : group.owner))
    const { chatId, name, owner } = group
    facts.push({ type: 'customer-group', group: { chatId, name, owner, notice: '', at, members, version: steady('', chatId) } })
  }
  return facts
}

const memberOf = (key: string, ours: boolean, at: number, invitor: string | null): GroupMember => ({
  key,
  ours,
  at,
  scene: 1,
  invitor,
  nickname: '',
})

type Named = { externalUserId: string; name: string; avatar?: string | undefined; company?: string }
const contactOf = (person: Named & Partial<Pick<Customer, 'type' | 'unionid'>>): Contact => ({
  externalUserId: person.externalUserId,
  name: person.name,
  avatar: person.avatar ?? '',
  type: person.type ?? 1,
  gender: 0,
  unionid: person.unionid ?? null,
  position: '',
  corpName: person.type === 2 ? (person.company ?? '') : '',
  corpFullName: person.type === 2 ? (person.company ?? '') : '',
})

function followOf(world: World, customer: Customer, began: number): Follow {
  const { externalUserId, name, company, rep, mobiles, state, addWay, daysAgo } = customer
  const tags = world.tags.flatMap(({ group, names }) =>
    names.filter((n) => customer.tags.includes(n)).map((n) => tagId(group, n)),
  )
  return {
    userid: rep,
    externalUserId,
    at: began - daysAgo * DAY,
    addWay,
    operUserid: rep,
    state,
    half: false,
    ended: null,
    remark: name,
    description: '',
    company: customer.type === 1 ? company : '',
    mobiles,
    tags,
    ownTags: [],
  }
}
