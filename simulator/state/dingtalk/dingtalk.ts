import { type Access, type AccessFact, applyAccess, createAccess } from './access.js'
import { applyCard, type CardFact, type Cards, createCards } from './cards.js'
import { applyContact, type ContactFact, type Contacts, createContacts } from './contacts.js'
import { applyMember, createMembers, type MemberFact, type Members } from './members.js'
import { applyNotice, type NoticeFact, type Notices } from './notices.js'
import { applyRobot, createRobot, type Robot, type RobotFact } from './robot.js'
import { applyTodo, createTodos, type TodoFact, type Todos } from './todos.js'
import { applyUsage, createUsage, type Usage, type UsageFact } from './usage.js'

export type DingtalkFact = AccessFact | UsageFact | MemberFact | RobotFact | CardFact | NoticeFact | TodoFact | ContactFact

export type DingtalkState = {
  access: Access
  usage: Usage
  members: Members
  robot: Robot
  cards: Cards
  notices: Notices
  todos: Todos
  contacts: Contacts
}

export const createDingtalk = (): DingtalkState => ({
  access: createAccess(),
  usage: createUsage(),
  members: createMembers(),
  robot: createRobot(),
  cards: createCards(),
  notices: new Map(),
  todos: createTodos(),
  contacts: createContacts(),
})

export function applyDingtalk(state: DingtalkState, fact: DingtalkFact): void {
  switch (fact.type) {
    case 'ding-token':
    case 'ding-tokens-revoked':
    case 'ding-ticket':
    case 'ding-code':
    case 'ding-code-used':
    case 'ding-scope':
      applyAccess(state.access, fact)
      break
    case 'ding-spent':
    case 'ding-quota':
      applyUsage(state.usage, fact)
      break
    case 'ding-left':
    case 'ding-joined':
    case 'ding-range':
      applyMember(state.members, fact)
      break
    case 'ding-said':
    case 'ding-recalled':
    case 'ding-read':
    case 'ding-heard':
    case 'ding-cool-app':
      applyRobot(state.robot, fact)
      break
    case 'ding-card':
    case 'ding-card-delivered':
    case 'ding-card-changed':
    case 'ding-card-pressed':
    case 'ding-card-route':
      applyCard(state.cards, fact)
      break
    case 'ding-notice':
    case 'ding-notice-recalled':
    case 'ding-notice-read':
      applyNotice(state.notices, fact)
      break
    case 'ding-todo':
    case 'ding-todo-deleted':
    case 'ding-ding':
    case 'ding-ding-recalled':
      applyTodo(state.todos, fact)
      break
    case 'ding-contact':
    case 'ding-contact-deleted':
    case 'ding-customer':
    case 'ding-customer-deleted':
      applyContact(state.contacts, fact)
  }
}

/** Every one of them is named so, and nothing else is. */
export const isDingtalk = (fact: { type: string }): fact is DingtalkFact => fact.type.startsWith('ding-')
