import { createHash } from 'node:crypto'
import { ChannelError } from '../../channels/channel-error.js'
import { tooOld } from '../../channels/wecom/archive/errors.js'
import { keepFile, noteMissing } from '../../domain/message/keep-file.js'
import { MOST_BYTES, TOO_LARGE } from '../../domain/message/media-limit.js'
import { TryLater } from '../../lib/errors.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'

/** The bytes go to their own row, not into the receipt that people read. */
type Fetched = { data: Buffer; toJSON(): object } | { missing: string; forEver: boolean }

/** Below the lease of a call: a worker that took longer would be taken for dead, and never finish. */
const PATIENCE_MS = 40_000

/**
 * A file that somebody wants to see, out of the archive part by part (official page 91774): pulls of messages go in between.
 * Reading twice is harmless. What the archive no longer has is told so. Whatever else goes wrong is told at once instead of
 * being tried for days: somebody is waiting, and taps again.
 */
export default defineEffect({
  name: 'fetch-media',
  ifUnknown: 'repeat',
  async run({ db, outlets }, { mediaId }): Promise<Skipped | Done<Fetched>> {
    const media = await db.media.findUnique({ where: { id: mediaId }, omit: { data: true } })
    if (media?.state !== 'asked') return skip('nobody waits for it any more')
    if (!outlets.archive.use) return done({ missing: outlets.archive.why, forEver: false })
    try {
      const parts: Uint8Array[] = []
      const began = performance.now()
      let bytes = 0
      for await (const part of outlets.archive.use.media(outlets.files.open(media.fileId))) {
        bytes += part.length
        if (bytes > MOST_BYTES) return done({ missing: TOO_LARGE, forEver: true })
        if (performance.now() - began > PATIENCE_MS)
          return done({ missing: '文件大、网络慢，一时取不完，请在企业微信的聊天里看', forEver: false })
        parts.push(part)
      }
      const data = Buffer.concat(parts)
      if (!isWhole(data, media.md5)) return done({ missing: '取来的文件不完整，再点一次试试', forEver: false })
      return done({ data, toJSON: () => ({ bytes }) })
    } catch (error) {
      if (error instanceof ChannelError) return done({ missing: error.hint, forEver: isGone(error) })
      if (error instanceof TryLater) return done({ missing: '会话存档这会儿没有回应，再点一次试试', forEver: false })
      throw error
    }
  },
  async keep(work, { mediaId }, fetched) {
    if ('data' in fetched) await keepFile(work, mediaId, fetched.data)
    else await noteMissing(work, mediaId, { reason: fetched.missing, forEver: fetched.forEver })
  },
  failed: (work, { mediaId }, { reason }) => noteMissing(work, mediaId, { reason, forEver: false }),
  stuck: (work, { mediaId }) => noteMissing(work, mediaId, { reason: '会话存档一直连不上，稍后再点一次试试', forEver: false }),
})

/** Older than five days it is never given again; the words for that speak of messages. */
const isGone = (error: ChannelError) => error.kind === 'give-up' || error.code === tooOld

/** Some kinds come without a sum, or with one of their own making: what is no MD5 is not compared. */
const isWhole = (data: Buffer, md5: string | null): boolean =>
  !md5 || !/^[0-9a-f]{32}$/i.test(md5) || createHash('md5').update(data).digest('hex') === md5.toLowerCase()
