import type { Work } from '../work.js'
import { tellChat } from './tell-chat.js'

/** The file is here. */
export async function keepFile(work: Work, mediaId: string, data: Buffer): Promise<void> {
  // Prisma wants bytes of a buffer of their own.
  await note(work, mediaId, { state: 'here', reason: null, data: new Uint8Array(data), bytes: data.length, fetchedAt: work.now })
}

/** It can't be had: for ever, or until something is put right and somebody asks again. */
export async function noteMissing(work: Work, mediaId: string, missing: { reason: string; forEver: boolean }): Promise<void> {
  await note(work, mediaId, { state: missing.forEver ? 'gone' : 'waiting', reason: missing.reason })
}

type Change = { state: string; reason: string | null; data?: Uint8Array<ArrayBuffer>; bytes?: number; fetchedAt?: Date }

async function note(work: Work, mediaId: string, data: Change): Promise<void> {
  const { count } = await work.tx.media.updateMany({ where: { id: mediaId, state: 'asked' }, data })
  if (count === 0) return
  const media = await work.tx.media.findUniqueOrThrow({
    where: { id: mediaId },
    select: { message: { select: { contactId: true, groupId: true } } },
  })
  tellChat(work, media.message)
}
