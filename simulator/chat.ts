import type { Deps } from './deps.js'
import type { Fact } from './state/state.js'
import { archiveRevoke, archiveText, newMsgid } from './wecom/archive.js'
import type { ArchiveNotice } from './wecom/archive-notice.js'

export type Saying = { rep: string; externalUserId: string; from: 'customer' | 'rep'; text: string }

/** Somebody writes in a chat with a customer. The archive hears it when it may; the product never sees it otherwise. */
export async function sayInChat(deps: Deps, notice: ArchiveNotice, saying: Saying): Promise<string> {
  const at = deps.clock.business()
  const id = newMsgid(at)
  const archived = archiveText(deps, { ...saying, msgid: id, at, news: true })
  await deps.store.record({ type: 'chat', id, ...saying, at }, ...archived)
  if (archived.length > 0) notice.ring()
  return id
}

/** False when there is no such message or it is already taken back. */
export async function revokeInChat(deps: Deps, notice: ArchiveNotice, id: string): Promise<boolean> {
  const found = deps.store.state.chats.byId.get(id)
  if (!found || found.message.revoked) return false
  const at = deps.clock.business()
  const { rep, externalUserId } = found.chat
  const said = { msgid: newMsgid(at), rep, externalUserId, from: found.message.from, at, news: true }
  const archived = archiveRevoke(deps, { ...said, revoked: id })
  await deps.store.record({ type: 'chat-revoked', id }, ...archived)
  if (archived.length > 0) notice.ring()
  return true
}

/** On the very first start the world's chats get their past, counted back from now; the archive has it too. */
export async function beginWorld(deps: Deps): Promise<void> {
  if (deps.store.state.began !== null) return
  const began = deps.clock.business()
  const said = deps.world.customers
    .flatMap((c) =>
      c.chat.map((line) => ({ ...line, rep: c.rep, externalUserId: c.externalUserId, at: began - line.minutesAgo * 60_000 })),
    )
    .sort((a, b) => a.at - b.at)
  const facts: Fact[] = [{ type: 'began', at: began }]
  let seq = 1
  for (const { rep, externalUserId, from, text, at } of said) {
    const id = newMsgid(at)
    facts.push({ type: 'chat', id, rep, externalUserId, from, text, at })
    const archived = archiveText(deps, { msgid: id, rep, externalUserId, from, text, at, news: false }, seq)
    facts.push(...archived)
    seq += archived.length
  }
  await deps.store.record(...facts)
}
