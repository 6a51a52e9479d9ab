import { number } from './read-text.js'

/** A file that a record names. `fileId` opens it while the platform still has it: a secret. */
export type ArchiveMedia = { kind: MediaKind; fileId: string; name: string | null; bytes: number | null; md5: string | null }
export type MediaKind = 'image' | 'voice' | 'video' | 'file' | 'emotion'

type Body = Record<string, unknown>

/** A record of a chat may hold records: how deep and how many files are worth knowing. */
const most = { depth: 3, files: 20 }

const kinds: Record<string, MediaKind> = {
  image: 'image',
  voice: 'voice',
  video: 'video',
  file: 'file',
  emotion: 'emotion',
  // The sound of a call that is archived, and what was shown in it.
  meeting_voice_call: 'voice',
  voip_doc_share: 'file',
}

/**
 * The files of a record, those inside a mixed message, a record of a chat or a note too.
 * https://developer.work.weixin.qq.com/document/path/91774
 */
export function readMedia(msgtype: string, body: Body, depth = 0): ArchiveMedia[] {
  const own = kinds[msgtype]
  if (own) return [...fileOf(own, body), ...shared(body)].slice(0, most.files)
  if (depth >= most.depth) return []
  const items = msgtype === 'note' ? body.items : msgtype === 'mixed' || msgtype === 'chatrecord' ? body.item : []
  return bodiesOf(items)
    .flatMap((item) => {
      const type =
        text(item.type)
          ?.replace(/^ChatRecord/, '')
          .toLowerCase() || 'chatrecord'
      return readMedia(type, bodyOf(parse(item.content)), depth + 1)
    })
    .slice(0, most.files)
}

function fileOf(kind: MediaKind, body: Body): ArchiveMedia[] {
  const fileId = text(body.sdkfileid)
  if (!fileId) return []
  const ending = text(body.fileext)
  const name = text(body.filename) ?? (ending && kind === 'file' ? `文件.${ending}` : null)
  // An emotion writes its size as imagesize, a voice as voice_size.
  const bytes = number(body.filesize) ?? number(body.voice_size) ?? number(body.imagesize)
  return [{ kind, fileId, name, bytes, md5: text(body.md5sum) }]
}

/** Of a call: `demofiledata` are the files that were shown, `sharescreendata` says only when a screen was shared. */
const shared = (body: Body): ArchiveMedia[] => bodiesOf(body.demofiledata).flatMap((one) => fileOf('file', one))

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
const bodyOf = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {})
const bodiesOf = (value: unknown): Body[] => (Array.isArray(value) ? value.map(bodyOf) : [])

function parse(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : json
  } catch {
    return null
  }
}
