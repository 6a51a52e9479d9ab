import type { NewsCard } from './chats.js'

/** Groups of our members with people outside [D 92122], and what is said in them. `at` is business time. */
export type GroupMember = {
  /** A userid of ours or an external userid. */
  key: string
  ours: boolean
  at: number
  /** 1 invited, 2 by a link of a member's, 3 by the group's code. */
  scene: 1 | 2 | 3
  /** Told only of our own members. */
  invitor: string | null
  nickname: string
}
export type GroupWords = {
  id: string
  from: string
  text: string
  at: number
  revoked: boolean
  call?: { seconds: number }
  news?: NewsCard
}

export type CustomerGroup = {
  chatId: string
  name: string
  owner: string
  notice: string
  at: number
  members: GroupMember[]
  /** Changes with every change of the members. */
  version: string
  dismissedAt: number | null
  messages: GroupWords[]
}

export type CustomerGroupFact =
  | { type: 'customer-group'; group: Omit<CustomerGroup, 'dismissedAt' | 'messages'> }
  | { type: 'customer-group-members'; chatId: string; joined: GroupMember[]; left: string[]; version: string }
  | { type: 'customer-group-set'; chatId: string; name?: string; owner?: string; notice?: string }
  | { type: 'customer-group-dismissed'; chatId: string; at: number }
  | ({ type: 'group-chat'; chatId: string } & Omit<GroupWords, 'revoked'>)
  | { type: 'group-chat-revoked'; id: string }

export type CustomerGroups = Map<string, CustomerGroup>

export function applyCustomerGroup(groups: CustomerGroups, fact: CustomerGroupFact): void {
  if (fact.type === 'customer-group') {
    groups.set(fact.group.chatId, { ...fact.group, dismissedAt: null, messages: [] })
    return
  }
  if (fact.type === 'group-chat-revoked') {
    const found = findGroupWords(groups, fact.id)
    if (found) found.message.revoked = true
    return
  }
  const group = groups.get(fact.chatId)
  if (!group) return
  switch (fact.type) {
    case 'customer-group-members': {
      const gone = new Set([...fact.left, ...fact.joined.map((one) => one.key)])
      group.members = [...group.members.filter((one) => !gone.has(one.key)), ...fact.joined]
      group.version = fact.version
      break
    }
    case 'customer-group-set':
      Object.assign(group, {
        name: fact.name ?? group.name,
        owner: fact.owner ?? group.owner,
        notice: fact.notice ?? group.notice,
      })
      break
    case 'customer-group-dismissed':
      group.dismissedAt = fact.at
      break
    case 'group-chat': {
      const { type: _, chatId: __, ...said } = fact
      group.messages.push({ ...said, revoked: false })
    }
  }
}

export function findGroupWords(groups: CustomerGroups, id: string): { group: CustomerGroup; message: GroupWords } | undefined {
  for (const group of groups.values()) {
    const message = group.messages.find((one) => one.id === id)
    if (message) return { group, message }
  }
  return undefined
}
