import { ChannelError } from '../../channels/channel-error.js'
import type { Wecom } from '../../channels/wecom/client.js'
import { MEDIA_LIFE_MS, uploadPicture } from '../../channels/wecom/media.js'
import { sendWelcome } from '../../channels/wecom/welcome.js'
import { findWelcomePicture, keepMedia, readPicture, type WelcomePicture } from '../../domain/contact-way/welcome-picture.js'
import { findWelcome } from '../../domain/follow/welcome.js'
import type { Db } from '../../lib/db.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { findStanding } from '../find-standing.js'

/** The code is spent, too old, or the two are talking already (official page 90313): there is nothing left to greet. */
const TOO_LATE: unknown[] = [41050, 41051]
/** The platform doesn't know the picture any more. */
const NO_MEDIA = 40007

/** What the words need of the 20 seconds stays theirs. */
const FOR_WORDS_MS = 8_000
const MOST_UPLOAD_MS = 6_000
const LEAST_UPLOAD_MS = 500

type Kept = { picture: WelcomePicture; media: { id: string; lifeMs: number } | null }
type Greeted = { sent: boolean; why?: string; kept?: Kept }

/**
 * Greets who has just been added, in the administrator's words and with the picture of the code that they scanned (official
 * page 92137). The code holds for one message, so a second try after a lost answer can't greet twice. A picture that can't be
 * had in time is left out: the words never wait for it.
 */
export default defineEffect({
  name: 'send-welcome',
  ifUnknown: 'repeat',
  async run({ db, now, wecom }, payload): Promise<Skipped | Done<Greeted>> {
    const text = await findWelcome(db)
    const contactId = await findStanding(db, payload.contactId)
    const picture = await findWelcomePicture(db, { contactId, personId: payload.personId, now })
    if (!text && !picture) return skip('no welcome is set')
    const left = payload.until ? Date.parse(payload.until) - now.getTime() : 2 * FOR_WORDS_MS
    const had = picture && (await upload({ db, wecom }, picture, { left, alone: !text }))
    const greeted = await greet(wecom, payload.code, { text, mediaId: had?.id ?? null })
    const fresh = had?.fresh && greeted.picture ? { picture: had.picture, media: { id: had.id, lifeMs: MEDIA_LIFE_MS } } : null
    const lost = had && !greeted.picture ? { picture: had.picture, media: null } : null
    const kept = fresh ?? lost
    // The picture's handle stays with the picture, not in the row.
    const said = { sent: greeted.sent, ...(greeted.why ? { why: greeted.why } : {}) }
    return done({ ...said, ...(kept ? { kept } : {}), toJSON: () => ({ ...said, picture: greeted.picture && had !== null }) })
  },
  async keep(work, _payload, { kept }) {
    if (kept) await keepMedia(work, kept.picture, kept.media)
  },
})

type Had = { id: string; fresh: boolean; picture: WelcomePicture }

/** Null: it goes without. Where there is nothing but the picture, what went wrong is thrown and tried again. */
async function upload(
  { db, wecom }: { db: Db; wecom: Wecom },
  picture: WelcomePicture,
  { left, alone }: { left: number; alone: boolean },
): Promise<Had | null> {
  if (picture.mediaId) return { id: picture.mediaId, fresh: false, picture }
  const timeoutMs = Math.min(MOST_UPLOAD_MS, left - FOR_WORDS_MS)
  if (timeoutMs < LEAST_UPLOAD_MS && !alone) return null
  const bytes = await readPicture(db, picture.wayId)
  if (!bytes) return null
  try {
    const id = await uploadPicture(wecom, bytes, Math.max(timeoutMs, LEAST_UPLOAD_MS))
    return { id, fresh: true, picture: { ...picture, sha256: bytes.sha256 } }
  } catch (error) {
    if (alone || !(error instanceof ChannelError)) throw error
    return null
  }
}

type What = { text: string | null; mediaId: string | null }

/** `picture`: it went along, or nothing went. */
async function greet(wecom: Wecom, code: string, what: What): Promise<{ sent: boolean; picture: boolean; why?: string }> {
  try {
    await sendWelcome(wecom, code, what)
    return { sent: true, picture: true }
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error
    if (error.code === NO_MEDIA && what.mediaId) {
      if (!what.text) return { sent: false, picture: false, why: error.hint }
      return { ...(await greet(wecom, code, { ...what, mediaId: null })), picture: false }
    }
    if (!TOO_LATE.includes(error.code)) throw error
    return { sent: false, picture: true, why: error.hint }
  }
}
