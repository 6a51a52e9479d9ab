import type { Deps } from './deps.js'
import { findGroupWords } from './state/customer-groups.js'
import { archiveRevoke, archiveText, newMsgid } from './wecom/archive.js'
import type { ArchiveNotice } from './wecom/archive-notice.js'
import { findPerson } from './world.js'

export type Saying = { rep: string; externalUserId: string; from: 'customer' | 'rep'; text: string }

/** Between two: who says it and who hears it. */
export const between = ({ rep, externalUserId, from }: Omit<Saying, 'text'>) =>
  from === 'rep' ? { from: rep, to: [externalUserId], roomId: '' } : { from: externalUserId, to: [rep], roomId: '' }

/** In a group: everybody else hears it. */
export function amongGroup(deps: Deps, chatId: string, from: string) {
  const members = deps.store.state.customerGroups.get(chatId)?.members ?? []
  return { from, to: members.map((one) => one.key).filter((key) => key !== from), roomId: chatId }
}

/** Somebody writes in a chat with a customer. The archive hears it when it may; the product never sees it otherwise. */
export async function sayInChat(deps: Deps, notice: ArchiveNotice, saying: Saying): Promise<string> {
  const at = deps.clock.business()
  const id = newMsgid(at)
  const archived = archiveText(deps, { ...between(saying), text: saying.text, msgid: id, at, news: true })
  await deps.store.record({ type: 'chat', id, ...saying, at }, ...archived)
  if (archived.length > 0) notice.ring()
  return id
}

/** A member of a group with customers writes in it; `from` is a userid or an external userid. */
export async function sayInGroup(deps: Deps, notice: ArchiveNotice, said: { chatId: string; from: string; text: string }) {
  const at = deps.clock.business()
  const id = newMsgid(at)
  const archived = archiveText(deps, { ...amongGroup(deps, said.chatId, said.from), text: said.text, msgid: id, at, news: true })
  await deps.store.record({ type: 'group-chat', id, ...said, at }, ...archived)
  if (archived.length > 0) notice.ring()
  return id
}

/** False when there is no such message or it is already taken back. */
export async function revokeInChat(deps: Deps, notice: ArchiveNotice, id: string): Promise<boolean> {
  const { chats, customerGroups } = deps.store.state
  const at = deps.clock.business()
  const said = { msgid: newMsgid(at), at, news: true, revoked: id }
  const found = chats.byId.get(id)
  const inGroup = found ? undefined : findGroupWords(customerGroups, id)
  const message = found?.message ?? inGroup?.message
  if (!message || message.revoked) return false
  const archived = found
    ? archiveRevoke(deps, { ...between({ ...found.chat, from: found.message.from }), ...said })
    : archiveRevoke(deps, { ...amongGroup(deps, inGroup?.group.chatId ?? '', message.from), ...said })
  await deps.store.record({ type: found ? 'chat-revoked' : 'group-chat-revoked', id }, ...archived)
  if (archived.length > 0) notice.ring()
  return true
}

/** True for userids of ours, false for people outside. */
export const isOurs = (deps: Deps, id: string): boolean => findPerson(deps.world, id) !== undefined
