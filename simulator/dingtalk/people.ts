import type { State } from '../state/state.js'
import { findDingtalk, ownerOfUnionid, type Person, type World } from '../world.js'

export type Account = NonNullable<Person['dingtalk']>
/** Somebody of the organisation on DingTalk. */
export type Member = Person & { dingtalk: Account }

type Place = { world: World; store: { state: State } }

const isMember = ({ store }: Place, person: Person | undefined): person is Member =>
  person?.dingtalk != null && !store.state.dingtalk.members.left.has(person.dingtalk.userid.toLowerCase())

/** Undefined: never there, or gone. */
export function findMember(place: Place, userid: string): Member | undefined {
  const person = findDingtalk(place.world, userid)
  return isMember(place, person) ? person : undefined
}

export function memberByUnionid(place: Place, unionid: string): Member | undefined {
  const person = ownerOfUnionid(place.world, unionid)
  return isMember(place, person) ? person : undefined
}

export const members = (place: Place): Member[] =>
  place.world.people.filter((person): person is Member => isMember(place, person))

export const seesMember = ({ store }: Place, member: Member): boolean =>
  !store.state.dingtalk.members.outOfRange.has(member.dingtalk.userid.toLowerCase())

export const groupById = ({ world }: Place, id: string) => world.dingtalkGroups.find((group) => group.id === id)
