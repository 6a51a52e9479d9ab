import type { TemplateCard } from './messages.js'

/** What message pushes said in internal groups. `at` is business time. */
export type GroupFact = {
  type: 'group-message'
  id: string
  group: string
  content: GroupContent
  /** Userids that are called by name; `@all` for everybody. */
  mentioned: string[]
  at: number
  machineAt: number
}
export type GroupContent = { kind: 'text' | 'markdown'; text: string } | { kind: 'card'; card: TemplateCard }
export type GroupMessage = Omit<GroupFact, 'type'>

export function applyGroup(groups: GroupMessage[], fact: GroupFact): void {
  const { type: _, ...message } = fact
  groups.push(message)
}
