import type { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { lockContact } from '../contact/lock-contact.js'
import { noteTouch } from '../touch/note-touch.js'
import type { Work } from '../work.js'
import type { Finding, MessageSource } from './message.contract.js'
import { tellChat } from './tell-chat.js'
import { stopWatching, watchUncaptured } from './watch-uncaptured.js'

export type HeardMessage = {
  source: MessageSource
  /** The platform's id, or what makes pasted words the same words. */
  sourceKey: string
  contactId: string
  personId: string
  speaker: 'customer' | 'rep'
  text: string
  saidAt: Date
  finding: Finding | null
  /** Said in a customer group: to everybody there, so that it proves nothing between the two. */
  groupId?: string
}

/** Keeps one message, once. Null when it was known already. Hearing each other proves that the two know each other. */
export async function hearMessage(work: Work, said: HeardMessage): Promise<string | null> {
  const id = newId()
  // By now it may be known that they are somebody else's contact.
  const heard = { ...said, contactId: await lockContact(work, said.contactId) }
  const { finding, ...fields } = heard
  const revokedAt = await findRecall(work, heard)
  const { count } = await work.tx.message.createMany({
    data: { id, ...fields, revokedAt, ...(finding ? { finding: finding as Prisma.InputJsonObject } : {}) },
    skipDuplicates: true,
  })
  if (count === 0) return null
  if (heard.source === 'archive') {
    if (!heard.groupId) {
      await confirmFollow(work, heard.contactId, heard.personId)
      await touch(work, heard)
    }
    if (!revokedAt) await watchUncaptured(work, { id, ...heard })
  }
  tellChat(work, heard)
  return id
}

/** Words are a touch of their own only where none between the two is known from before: a look at one index, for most. */
async function touch(work: Work, { contactId, personId, sourceKey, saidAt: at }: HeardMessage): Promise<void> {
  const known = await work.tx.touch.findFirst({ where: { contactId, personId, at: { lte: at } }, select: { id: true } })
  if (!known) await noteTouch(work, { key: `chat:${sourceKey}`, contactId, personId, source: 'chat', at })
}

/**
 * A message taken back is marked. What was captured from it stays: evidence is a copy. The message may be parked, or in a
 * record that is heard later: then that it was taken back is kept until it comes. Both are rows of one lane (a chat, a
 * group), so that neither can miss the other.
 */
export async function revokeMessage(work: Work, sourceKey: string): Promise<void> {
  const select = { id: true, contactId: true, groupId: true }
  const message = await work.tx.message.findUnique({ where: { sourceKey }, select })
  if (!message) {
    await work.tx.messageRecall.createMany({ data: { sourceKey, at: work.now }, skipDuplicates: true })
    return
  }
  await work.tx.message.updateMany({ where: { id: message.id, revokedAt: null }, data: { revokedAt: work.now } })
  await stopWatching(work, message.id, 'revoked')
  tellChat(work, message)
}

/** Only the archive tells of recalls. */
async function findRecall(work: Work, { source, sourceKey }: HeardMessage): Promise<Date | null> {
  if (source !== 'archive') return null
  return (await work.tx.messageRecall.findUnique({ where: { sourceKey } }))?.at ?? null
}

/** The platform, or a message between the two, says that they know each other. */
export async function confirmFollow(work: Work, contactId: string, personId: string): Promise<void> {
  await work.tx.follow.upsert({
    where: { contactId_personId: { contactId, personId } },
    create: { contactId, personId, since: work.now, confirmedAt: work.now },
    update: { confirmedAt: work.now },
  })
}
