import type { Deps } from './deps.js'
import type { News } from './device/news.js'
import { findGroupWords } from './state/customer-groups.js'
import { archive, archiveRevoke, archiveText, newMsgid, type Said } from './wecom/archive.js'
import type { ArchiveNotice } from './wecom/archive-notice.js'
import { findPerson } from './world.js'

export type Saying = { rep: string; externalUserId: string; from: 'customer' | 'rep'; text: string; news?: News }

/** Between two: who says it and who hears it. */
export const between = ({ rep, externalUserId, from }: Omit<Saying, 'text' | 'news'>) =>
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
  const archived = archiveSaying(deps, { ...between(saying), msgid: id, at, news: true }, saying)
  await deps.store.record({ type: 'chat', id, ...saying, at }, ...archived)
  if (archived.length > 0) notice.ring()
  return id
}

type GroupSaying = { chatId: string; from: string; text: string; news?: News }

/** A card is a record of its own kind, `link` [D 91774]. */
function archiveSaying(deps: Deps, said: Said, { text, news }: { text: string; news?: News }) {
  if (!news) return archiveText(deps, { ...said, text })
  const link = { title: news.title, description: news.desc, link_url: news.link, image_url: news.imgUrl }
  return archive(deps, said, { msgtype: 'link', link })
}

/** A member of a group with customers writes in it; `from` is a userid or an external userid. */
export async function sayInGroup(deps: Deps, notice: ArchiveNotice, said: GroupSaying) {
  const at = deps.clock.business()
  const id = newMsgid(at)
  const archived = archiveSaying(deps, { ...amongGroup(deps, said.chatId, said.from), msgid: id, at, news: true }, said)
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
