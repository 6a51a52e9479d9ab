import type { KeyObject } from 'node:crypto'
import * as z from 'zod'
import { ChannelError } from '../../channel-error.js'
import { archiveRefusal, tooOld } from './errors.js'
import { openRandomKey } from './open-key.js'
import type { FinanceSdk } from './port.js'
import { type ArchiveRecord, readRecord } from './record.js'
import { sidesOf } from './sides.js'

/** What goes into the inbox, as it is. */
export type ArchiveRow = { key: string; lane: string; body: string }

export type ArchivePull = {
  rows: ArchiveRow[]
  /** The cursor for the next pull; stored in the transaction that stores the rows. */
  nextSeq: number
  /** There may be more at once. */
  more: boolean
  /** Records that can't be read, now or later: to be counted and shown. */
  unread: { seq: number; msgid: string; reason: 'key' | 'decrypt' | 'shape' }[]
  /** What stood between the cursor and the oldest record that the platform still has is lost (five days). */
  gap: boolean
}

const item = z.object({
  seq: z.number().int(),
  msgid: z.string(),
  publickey_ver: z.number().int(),
  encrypt_random_key: z.string(),
  encrypt_chat_msg: z.string(),
})
const chatData = z.object({ errcode: z.number().int(), chatdata: z.array(item).default([]) })

type Source = { sdk: FinanceSdk; handle: unknown; keys: ReadonlyMap<number, KeyObject> }
const timeoutSeconds = 15

/**
 * One batch after `seq`. https://developer.work.weixin.qq.com/document/path/91774
 * A record for a key pair that we have no private key of ends the batch before it: an administrator can put that right, and
 * going on would lose what the platform still holds.
 */
export async function pullBatch(source: Source, want: { seq: number; limit: number }): Promise<ArchivePull> {
  let gap = false
  let items = await getChatData(source, want.seq, want.limit)
  if (items === tooOld) {
    gap = true
    items = await getChatData(source, 0, want.limit)
    if (items === tooOld) throw archiveRefusal('GetChatData', tooOld)
  }

  const pull: ArchivePull = { rows: [], nextSeq: want.seq, more: items.length === want.limit, unread: [], gap }
  for (const each of items) {
    const key = source.keys.get(each.publickey_ver)
    if (!key) {
      if (pull.nextSeq === want.seq) throw missingKey(each.publickey_ver)
      return { ...pull, more: true }
    }
    const result = await openItem(source, each, key)
    if (typeof result === 'string') pull.unread.push({ seq: each.seq, msgid: each.msgid, reason: result })
    else pull.rows.push(result)
    pull.nextSeq = each.seq
  }
  return pull
}

async function getChatData({ sdk, handle }: Source, seq: number, limit: number): Promise<z.infer<typeof item>[] | typeof tooOld> {
  const { ret, data } = await sdk.GetChatData(handle, seq, limit, '', '', timeoutSeconds)
  if (ret === tooOld && seq > 0) return tooOld
  if (ret !== 0) throw archiveRefusal('GetChatData', ret)
  const answer = chatData.parse(JSON.parse(data))
  if (answer.errcode !== 0) throw archiveRefusal('GetChatData', answer.errcode)
  return answer.chatdata.sort((a, b) => a.seq - b.seq)
}

async function openItem(
  source: Source,
  each: z.infer<typeof item>,
  key: KeyObject,
): Promise<ArchiveRow | 'key' | 'decrypt' | 'shape'> {
  const randomKey = openRandomKey(key, each.encrypt_random_key)
  if (randomKey === null) return 'key'
  const { ret, data } = await source.sdk.DecryptData(randomKey, each.encrypt_chat_msg)
  if (ret !== 0) return 'decrypt'
  try {
    const record = readRecord(data)
    return { key: `wecom-archive:${record.msgid}`, lane: laneOf(record), body: data }
  } catch {
    return 'shape'
  }
}

/** The same lanes as callbacks about the same chat. */
function laneOf(record: ArchiveRecord): string {
  if (record.roomid !== '') return `wecom:group:${record.roomid}`
  const sides = sidesOf(record)
  if (sides) return `wecom:chat:${sides.member.toLowerCase()}:${sides.external}`
  return `wecom:colleagues:${[record.from, ...record.to]
    .map((id) => id.toLowerCase())
    .sort()
    .join(',')}`
}

function missingKey(version: number): ChannelError {
  const hint = `缺少第 ${version} 版消息加密公钥对应的私钥，请补到 WECOM_ARCHIVE_KEYS`
  return new ChannelError({ method: 'GetChatData', code: 'key-version', kind: 'config', hint })
}
