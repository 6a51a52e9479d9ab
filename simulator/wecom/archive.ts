import { constants, createCipheriv, createHash, publicEncrypt, randomBytes } from 'node:crypto'
import type { Deps } from '../deps.js'
import { type ArchiveRecord, hasConsent } from '../state/chats.js'
import type { Fact } from '../state/state.js'
import { newSecret } from './crypto.js'

const WINDOW_MS = 5 * 86_400_000
const MOST = 1_000

/** `<number>_<seconds>_external`: the suffix tells a chat with a customer [D 91774]. Also the id of the chat message. */
export function newMsgid(at: number): string {
  return `${randomBytes(8).readBigUInt64BE()}_${Math.floor(at / 1000)}_external`
}

type Said = {
  msgid: string
  rep: string
  externalUserId: string
  from: 'customer' | 'rep'
  at: number
  /** False for the past, which is there when somebody first pulls and rings no bell. */
  news: boolean
}

/** The archive's record of a text, or nothing where the archive may not hear. */
export function archiveText(deps: Deps, said: Said & { text: string }, seq = nextSeq(deps)): Fact[] {
  return archive(deps, said, seq, { action: 'send', msgtype: 'text', text: { content: said.text } })
}

/** Taking a message back is a record of its own that names the one taken back. */
export function archiveRevoke(deps: Deps, said: Said & { revoked: string }): Fact[] {
  return archive(deps, said, nextSeq(deps), { action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: said.revoked } })
}

export const nextSeq = (deps: Deps): number => (deps.store.state.chats.archive.at(-1)?.record.seq ?? 0) + 1

function archive(deps: Deps, said: Said, seq: number, body: Record<string, unknown>): Fact[] {
  const { settings, store } = deps
  const keeps = settings.archive && store.state.chats.archiveOn && hasConsent(store.state.chats, said.externalUserId)
  if (!settings.archive || !keeps) return []
  const { action, ...rest } = body
  const [from, to] = said.from === 'rep' ? [said.rep, said.externalUserId] : [said.externalUserId, said.rep]
  const plain = { msgid: said.msgid, action, from, tolist: [to], roomid: '', msgtime: said.at, ...rest }
  const record = { seq, msgid: said.msgid, ...seal(settings.archive, JSON.stringify(plain)) }
  return [{ type: 'archived', record, at: said.at, news: said.news }]
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
