import { constants, createCipheriv, createHash, publicEncrypt, randomBytes } from 'node:crypto'
import type { Deps } from '../deps.js'
import { type ArchiveRecord, hasConsent } from '../state/chats.js'
import { isArchived } from '../state/members.js'
import type { Fact } from '../state/state.js'
import { findPerson } from '../world.js'
import { newSecret } from './crypto.js'

const WINDOW_MS = 5 * 86_400_000
const MOST = 1_000

/** `<number>_<seconds>_external`: the suffix tells a chat with a customer [D 91774]. Also the id of the chat message. */
export function newMsgid(at: number): string {
  return `${randomBytes(8).readBigUInt64BE()}_${Math.floor(at / 1000)}_external`
}

/** Who says it to whom, by userid or external userid. `roomId` is empty between two. */
export type Said = {
  msgid: string
  from: string
  to: string[]
  roomId: string
  at: number
  /** False for the past, which is there when somebody first pulls and rings no bell. */
  news: boolean
  /** Kept without asking for consent: the answer to that question itself. */
  anyway?: boolean
}

/** The archive's record of a text, or nothing where the archive may not hear. */
export function archiveText(deps: Deps, said: Said & { text: string }, seq = nextSeq(deps)): Fact[] {
  return archive(deps, said, { msgtype: 'text', text: { content: said.text } }, seq)
}

/** Taking a message back is a record of its own that names the one taken back. */
export function archiveRevoke(deps: Deps, said: Said & { revoked: string }): Fact[] {
  return archive(deps, said, { action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: said.revoked } })
}

export const nextSeq = (deps: Deps): number => (deps.store.state.chats.archive.at(-1)?.record.seq ?? 0) + 1

/** A record with any body [D 91774]: `body` has `msgtype`, the part of that name, and its own `action` where it isn't «send». */
export function archive(deps: Deps, said: Said, body: Record<string, unknown>, seq = nextSeq(deps)): Fact[] {
  const key = deps.settings.archive && sealingKey(deps)
  if (!key || !isHeard(deps, said)) return []
  const { msgid, from, to, roomId, at } = said
  const { action = 'send', ...rest } = body
  const plain = { msgid, action, from, tolist: to, roomid: roomId, msgtime: at, ...rest }
  const record = { seq, msgid, ...seal(key, JSON.stringify(plain)) }
  return [{ type: 'archived', record, at, news: said.news }]
}

/**
 * Somebody of ours has a seat, and who speaks from outside has agreed. That words of ours are kept as soon as one of those
 * who hear them has agreed is our reading of a group; between two it is the page's.
 */
function isHeard({ world, store }: Deps, { from, to, anyway }: Said): boolean {
  const { chats, members } = store.state
  if (!chats.archiveOn) return false
  const people = [from, ...to].flatMap((id) => findPerson(world, id) ?? [])
  if (!people.some((person) => isArchived(members, person))) return false
  if (anyway) return true
  const outside = [from, ...to].filter((id) => !findPerson(world, id))
  return findPerson(world, from) ? outside.some((id) => hasConsent(chats, id)) : hasConsent(chats, from)
}

/** The newest key, unless the organisation is being played at another version. */
function sealingKey({ settings, store }: Deps) {
  const version = store.state.chats.keyVersion
  const keys = settings.archive?.keys ?? []
  return keys.find((key) => key.publicKeyVersion === version) ?? keys.at(-1)
}

/**
 * A random key, sealed with the customer's RSA key as documented (base64 of PKCS#1 v1.5), and the record under it. The
 * cipher of the record is not published (U5): ours is AES-256-GCM under SHA-256 of the key, and only finance-sdk.mjs,
 * which stands for the native library, knows it.
 */
function seal(key: { publicKeyVersion: number; publicKeyPem: string }, plain: string): Omit<ArchiveRecord, 'seq' | 'msgid'> {
  const random = newSecret(32)
  const sealed = publicEncrypt({ key: key.publicKeyPem, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(random))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(random).digest(), iv)
  const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return {
    publickey_ver: key.publicKeyVersion,
    encrypt_random_key: sealed.toString('base64'),
    encrypt_chat_msg: body.toString('base64'),
  }
}

export type ChatData = { errcode: number; errmsg: string; chatdata: ArchiveRecord[] }

/**
 * GetChatData: from seq + 1 on, at most 1000, of the last five days of business time. Seq 0 begins with the oldest that
 * is still there. A reader whose next record has gone gets 10010 [D 91552] and must begin again; that GetChatData, and
 * not only GetMediaData, says so is our reading.
 */
export function readArchive(deps: Deps, from: number, limit: number): ChatData {
  const { chats } = deps.store.state
  if (!Number.isInteger(from) || from < 0 || !Number.isInteger(limit) || limit < 1 || limit > MOST)
    return { errcode: 10000, errmsg: 'invalid parameter', chatdata: [] }
  if (!chats.archiveOn) return { errcode: 301052, errmsg: 'msgaudit has expired', chatdata: [] }
  const oldest = deps.clock.business() - WINDOW_MS
  // Records are numbered without gaps from 1, so the position is the number.
  const next = chats.archive.slice(from)
  if (from > 0 && next[0] && next[0].at < oldest) return { errcode: 10010, errmsg: 'data is older than 5 days', chatdata: [] }
  const fresh = from > 0 ? next : next.filter((entry) => entry.at >= oldest)
  return { errcode: 0, errmsg: 'ok', chatdata: fresh.slice(0, limit).map((entry) => entry.record) }
}

/** What one call of GetMediaData brings [D 91774]. */
const SLICE = 512 * 1024

/** GetMediaData: a file in slices; an unknown one is a wrong parameter. */
export function readMedia(deps: Deps, fileId: string, from: number) {
  const file = deps.store.state.chats.media.get(fileId)
  if (!file || !Number.isInteger(from) || from < 0 || from > file.length) return { errcode: 10000, errmsg: 'invalid parameter' }
  const end = Math.min(from + SLICE, file.length)
  return { errcode: 0, errmsg: 'ok', data: file.subarray(from, end).toString('base64'), next: end, finished: end === file.length }
}
