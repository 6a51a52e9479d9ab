import type { Person } from '../world.js'

/** What has become of members since the world began. `at` is business time. */
export type MemberFact =
  | { type: 'member-left'; userid: string; at: number }
  | { type: 'member-joined'; userid: string }
  | { type: 'member-range'; userid: string; in: boolean }
  | { type: 'member-licence'; userid: string; licensed: boolean }
  | { type: 'member-plugin'; userid: string; plugin: boolean }
  /** Into and out of 客户联系「使用范围」, and of the archive's. */
  | { type: 'member-contact'; userid: string; contact?: boolean; archive?: boolean }

export type Members = {
  /** Those who left, and when. */
  left: Map<string, number>
  outOfRange: Set<string>
  licensed: Map<string, boolean>
  plugin: Map<string, boolean>
  contact: Map<string, boolean>
  archive: Map<string, boolean>
}

export const createMembers = (): Members => ({
  left: new Map(),
  outOfRange: new Set(),
  licensed: new Map(),
  plugin: new Map(),
  contact: new Map(),
  archive: new Map(),
})

export function applyMember(members: Members, fact: MemberFact): void {
  switch (fact.type) {
    case 'member-left':
      members.left.set(fact.userid, fact.at)
      break
    case 'member-joined':
      members.left.delete(fact.userid)
      break
    case 'member-range':
      if (fact.in) members.outOfRange.delete(fact.userid)
      else members.outOfRange.add(fact.userid)
      break
    case 'member-licence':
      members.licensed.set(fact.userid, fact.licensed)
      break
    case 'member-plugin':
      members.plugin.set(fact.userid, fact.plugin)
      break
    case 'member-contact':
      if (fact.contact !== undefined) members.contact.set(fact.userid, fact.contact)
      if (fact.archive !== undefined) members.archive.set(fact.userid, fact.archive)
  }
}

/** Is not in WeCom: any more, or at all. */
export const hasLeft = (members: Members, person: Person): boolean => !person.wecom || members.left.has(person.userid)
export const isInRange = (members: Members, person: Person): boolean =>
  !hasLeft(members, person) && !members.outOfRange.has(person.userid)
export const isLicensed = (members: Members, person: Person): boolean => members.licensed.get(person.userid) ?? person.licensed
export const usesPlugin = (members: Members, person: Person): boolean => members.plugin.get(person.userid) ?? person.plugin

/** In 客户联系「使用范围」: may follow customers, and calls of theirs come back. Not the same as the application's range. */
export const hasContacts = (members: Members, person: Person): boolean =>
  !hasLeft(members, person) && (members.contact.get(person.userid) ?? person.contact)
/** Has a seat of 会话内容存档. */
export const isArchived = (members: Members, person: Person): boolean => members.archive.get(person.userid) ?? person.archive
