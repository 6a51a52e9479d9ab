/** People outside the organisation and which member follows whom [D 92114]. `at` is business time unless it says so. */
export type Contact = {
  externalUserId: string
  name: string
  avatar: string
  /** 1: a WeChat user; 2: another organisation's WeCom user, who alone has a position and an organisation of their own. */
  type: 1 | 2
  gender: 0 | 1 | 2
  unionid: string | null
  position: string
  corpName: string
  corpFullName: string
}

/** What a member noted of a contact. `tags` are ids of the organisation's tags, `ownTags` names of the member's own. */
export type Notes = {
  remark: string
  description: string
  company: string
  mobiles: string[]
  tags: string[]
  ownTags: string[]
}

export type Follow = Notes & {
  userid: string
  externalUserId: string
  at: number
  addWay: number
  operUserid: string
  state: string
  /** Added by the contact, not yet confirmed by the member. */
  half: boolean
  /** A contact who removed the member can still be read of; one whom the member removed can not (84061). */
  ended: { by: 'rep' | 'customer'; at: number } | null
}

export type WelcomeCode = { userid: string; externalUserId: string; machineAt: number; used: boolean }

export type ContactFact =
  | { type: 'contact'; contact: Contact }
  | { type: 'follow'; follow: Follow }
  | { type: 'follow-notes'; userid: string; externalUserId: string; notes: Partial<Notes> }
  | { type: 'follow-end'; userid: string; externalUserId: string; by: 'rep' | 'customer'; at: number }
  | { type: 'welcome-code'; code: string; userid: string; externalUserId: string; machineAt: number }
  | { type: 'welcome-sent'; code: string }
  | { type: 'contact-api'; on: boolean }

export type Contacts = {
  people: Map<string, Contact>
  /** By `<userid>|<external userid>`. */
  follows: Map<string, Follow>
  welcomes: Map<string, WelcomeCode>
  /** The application is among 客户联系「可调用接口的应用」. */
  callable: boolean
}

export const createContacts = (): Contacts => ({ people: new Map(), follows: new Map(), welcomes: new Map(), callable: true })

const keyOf = (userid: string, externalUserId: string) => `${userid}|${externalUserId}`

export function applyContact(contacts: Contacts, fact: ContactFact): void {
  switch (fact.type) {
    case 'contact':
      contacts.people.set(fact.contact.externalUserId, fact.contact)
      break
    case 'follow':
      contacts.follows.set(keyOf(fact.follow.userid, fact.follow.externalUserId), { ...fact.follow })
      break
    case 'follow-notes': {
      const follow = findFollow(contacts, fact.userid, fact.externalUserId)
      if (follow) Object.assign(follow, fact.notes)
      break
    }
    case 'follow-end': {
      const follow = findFollow(contacts, fact.userid, fact.externalUserId)
      if (follow) follow.ended = { by: fact.by, at: fact.at }
      break
    }
    case 'welcome-code': {
      const { userid, externalUserId, machineAt } = fact
      contacts.welcomes.set(fact.code, { userid, externalUserId, machineAt, used: false })
      break
    }
    case 'welcome-sent': {
      const code = contacts.welcomes.get(fact.code)
      if (code) code.used = true
      break
    }
    case 'contact-api':
      contacts.callable = fact.on
  }
}

export const findFollow = (contacts: Contacts, userid: string, externalUserId: string): Follow | undefined =>
  contacts.follows.get(keyOf(userid, externalUserId))

/** What the platform still answers for: neither half nor removed by the member. */
export const isWhole = (follow: Follow): boolean => !follow.half && follow.ended?.by !== 'rep'
