import { type Access, type AccessFact, applyAccess, createAccess } from './access.js'
import { applyCallback, type CallbackFact, type Callbacks } from './callbacks.js'
import { applyChat, type ChatFact, type Chats, createChats } from './chats.js'
import { applyContactWay, type ContactWayFact, type ContactWays } from './contact-ways.js'
import { applyContact, type ContactFact, type Contacts, createContacts } from './contacts.js'
import { applyCustomerGroup, type CustomerGroupFact, type CustomerGroups } from './customer-groups.js'
import { applyDepartment, createDepartments, type DepartmentFact, type Departments } from './departments.js'
import { applyDevice, createDevices, type DeviceFact, type Devices } from './devices.js'
import { applyDial, type Dial, type DialFact } from './dials.js'
import { applyDingtalk, createDingtalk, type DingtalkFact, type DingtalkState, isDingtalk } from './dingtalk/dingtalk.js'
import { applyPush, createPushes, type DingtalkPushes, type PushFact } from './dingtalk-pushes.js'
import { applyGroup, type GroupFact, type GroupMessage } from './groups.js'
import { applyMail, type Mail, type MailFact } from './mails.js'
import type { Media, MediaFact } from './media.js'
import { applyMember, createMembers, type MemberFact, type Members } from './members.js'
import { applyMessage, createMessages, type MessageFact, type Messages } from './messages.js'
import { applySms, createSms, type SmsFact, type SmsState } from './sms.js'
import { applyTag, createTags, type TagFact, type Tags } from './tags.js'
import { applyWorkbench, createWorkbench, type Workbench, type WorkbenchFact } from './workbench.js'

/** An API call that was answered, as the journal keeps it. Secrets and tokens are left out. */
export type Call = {
  at: number
  path: string
  body: unknown
  errcode: number
  /** The refusal in words, where an operator or a mail server has no numbers. */
  code?: string
  accepted: boolean
  deduplicated: boolean
  /** Of DingTalk: method and path with its gaps, as its documents write it. */
  api?: string
  /** Members whom an accepted message never reached: they were over their limit, and the sender was told nothing. */
  dropped?: string[]
}

export type Fact =
  | { type: 'began'; at: number }
  | { type: 'offset'; offsetMs: number }
  | ({ type: 'call' } & Call)
  | AccessFact
  | MessageFact
  | ChatFact
  | CallbackFact
  | DeviceFact
  | MemberFact
  | GroupFact
  | WorkbenchFact
  | SmsFact
  | MailFact
  | ContactFact
  | TagFact
  | ContactWayFact
  | CustomerGroupFact
  | DialFact
  | MediaFact
  | DepartmentFact
  | PushFact
  | DingtalkFact

export type State = {
  /** Business time of the very first start, null before it. */
  began: number | null
  offsetMs: number
  calls: ({ seq: number } & Call)[]
  access: Access
  messages: Messages
  chats: Chats
  callbacks: Callbacks
  devices: Devices
  members: Members
  groups: GroupMessage[]
  workbench: Workbench
  sms: SmsState
  mails: Mail[]
  contacts: Contacts
  tags: Tags
  contactWays: ContactWays
  customerGroups: CustomerGroups
  dials: Dial[]
  media: Map<string, Media>
  departments: Departments
  dingtalkPushes: DingtalkPushes
  dingtalk: DingtalkState
}

export const createState = (): State => ({
  began: null,
  offsetMs: 0,
  calls: [],
  access: createAccess(),
  messages: createMessages(),
  chats: createChats(),
  callbacks: new Map(),
  devices: createDevices(),
  members: createMembers(),
  groups: [],
  workbench: createWorkbench(),
  sms: createSms(),
  mails: [],
  contacts: createContacts(),
  tags: createTags(),
  contactWays: new Map(),
  customerGroups: new Map(),
  dials: [],
  media: new Map(),
  departments: createDepartments(),
  dingtalkPushes: createPushes(),
  dingtalk: createDingtalk(),
})

/** The only way the stand-in's state changes; replaying the journal through it rebuilds the state. */
export function apply(state: State, seq: number, fact: Fact): void {
  if (isDingtalk(fact)) {
    applyDingtalk(state.dingtalk, fact)
    return
  }
  switch (fact.type) {
    case 'began':
      state.began = fact.at
      break
    case 'offset':
      state.offsetMs = fact.offsetMs
      break
    case 'call': {
      const { type: _, ...call } = fact
      state.calls.push({ seq, ...call })
      break
    }
    case 'token':
    case 'tokens-revoked':
    case 'ticket':
    case 'login-code':
    case 'login-code-used':
    case 'user-ticket':
    case 'user-ticket-used':
      applyAccess(state.access, fact)
      break
    case 'message':
    case 'card-click':
    case 'card-change':
    case 'recall':
    case 'member-text':
      applyMessage(state.messages, fact)
      break
    case 'chat':
    case 'chat-revoked':
    case 'archived':
    case 'archive-set':
    case 'archive-media':
      applyChat(state.chats, fact)
      break
    case 'callback':
      if (fact.event === 'msgaudit_notify') state.chats.unannounced = false
      applyCallback(state.callbacks, fact)
      break
    case 'callback-attempt':
      applyCallback(state.callbacks, fact)
      break
    case 'opened':
    case 'clipboard':
      applyDevice(state.devices, fact)
      break
    case 'member-left':
    case 'member-joined':
    case 'member-range':
    case 'member-licence':
    case 'member-plugin':
    case 'member-contact':
      applyMember(state.members, fact)
      break
    case 'group-message':
      applyGroup(state.groups, fact)
      break
    case 'workbench-template':
    case 'workbench-data':
      applyWorkbench(state.workbench, fact)
      break
    case 'sms':
    case 'sms-receipt':
    case 'sms-line':
    case 'sms-approval':
      applySms(state.sms, fact)
      break
    case 'mail':
      applyMail(state.mails, fact)
      break
    case 'contact':
    case 'follow':
    case 'follow-notes':
    case 'follow-end':
    case 'welcome-code':
    case 'welcome-sent':
    case 'contact-api':
      applyContact(state.contacts, fact)
      break
    case 'tag-group':
    case 'tag':
    case 'tag-deleted':
      applyTag(state.tags, fact)
      break
    case 'contact-way':
    case 'contact-way-deleted':
      applyContactWay(state.contactWays, fact)
      break
    case 'customer-group':
    case 'customer-group-members':
    case 'customer-group-set':
    case 'customer-group-dismissed':
    case 'group-chat':
    case 'group-chat-revoked':
      applyCustomerGroup(state.customerGroups, fact)
      break
    case 'dial':
      applyDial(state.dials, fact)
      break
    case 'media':
      state.media.set(fact.media.id, fact.media)
      break
    case 'department-name':
    case 'member-department':
      applyDepartment(state.departments, fact)
      break
    case 'dingtalk-push':
    case 'dingtalk-push-attempt':
    case 'dingtalk-failed-read':
    case 'dingtalk-mode':
      applyPush(state.dingtalkPushes, fact)
  }
}
