import { Refused } from '../../lib/errors.js'
import { sha256 } from '../../lib/ids.js'
import { pictureType } from '../../lib/picture-type.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { tellWays } from './tell-ways.js'

/** Enough for a poster; the platform would take 10 MB, and it has to leave within the 20 seconds of a welcome. */
export const MOST_PICTURE_BYTES = 2 * 1024 * 1024
/** What WeCom shows (official page 90389). */
const SHOWN = ['image/jpeg', 'image/png']
const LEAST_BYTES = 6

/** 欢迎语配图: whoever comes by this code gets it with the welcome. Setting another one replaces it. */
export async function setPicture(
  work: Work,
  actor: Actor,
  { wayId, data }: { wayId: string; data: Uint8Array<ArrayBuffer> },
): Promise<{ picture: string }> {
  const type = pictureType(data)
  if (!type || !SHOWN.includes(type) || data.byteLength < LEAST_BYTES) throw new Refused('not-a-picture', '请选 JPG 或 PNG 图片')
  if (data.byteLength > MOST_PICTURE_BYTES) throw new Refused('picture-too-large', '图片超过 2 MB，请换小一点的', 413)
  await getWay(work, wayId)
  const hash = sha256(Buffer.from(data))
  const standing = await work.tx.contactWayPicture.findUnique({ where: { wayId }, select: { sha256: true } })
  if (standing?.sha256 === hash) return { picture: hash.slice(0, 16) }
  const set = { type, data, sha256: hash, byId: actor.personId, setAt: work.now, mediaId: null, mediaUntil: null }
  await work.tx.contactWayPicture.upsert({ where: { wayId }, create: { wayId, ...set }, update: set })
  await record(work, {
    actor: actor.personId,
    verb: 'welcome-picture-set',
    subject: `contact-way:${wayId}`,
    content: { type, bytes: data.byteLength, sha256: hash },
  })
  tellWays(work)
  return { picture: hash.slice(0, 16) }
}

/** The welcome goes without a picture again. */
export async function dropPicture(work: Work, actor: Actor, wayId: string): Promise<void> {
  await getWay(work, wayId)
  const { count } = await work.tx.contactWayPicture.deleteMany({ where: { wayId } })
  if (count === 0) return
  await record(work, {
    actor: actor.personId,
    verb: 'welcome-picture-dropped',
    subject: `contact-way:${wayId}`,
    content: {},
  })
  tellWays(work)
}

async function getWay(work: Work, id: string): Promise<void> {
  // Locked: two pictures at once are one after the other.
  const found = await work.tx.$queryRaw<unknown[]>`SELECT 1 FROM contact_way WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  if (found.length === 0) throw new Refused('unknown-way', '没有找到这个渠道活码', 404)
}
