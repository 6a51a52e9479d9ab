/** What has become of the organisation's members on DingTalk. By their userid there, in lower case. */
export type MemberFact =
  | { type: 'ding-left'; userid: string }
  | { type: 'ding-joined'; userid: string }
  /** Out of what the application may see of the directory, and back. */
  | { type: 'ding-range'; userid: string; in: boolean }

export type Members = { left: Set<string>; outOfRange: Set<string> }

export const createMembers = (): Members => ({ left: new Set(), outOfRange: new Set() })

export function applyMember(members: Members, fact: MemberFact): void {
  const userid = fact.userid.toLowerCase()
  switch (fact.type) {
    case 'ding-left':
      members.left.add(userid)
      break
    case 'ding-joined':
      members.left.delete(userid)
      break
    case 'ding-range':
      if (fact.in) members.outOfRange.delete(userid)
      else members.outOfRange.add(userid)
  }
}
