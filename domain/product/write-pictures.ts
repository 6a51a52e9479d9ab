import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { type PictureSize, pictureSize } from '../../lib/picture-size.js'
import { pictureType } from '../../lib/picture-type.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdProduct } from './lock-catalogue.js'
import { MOST_PICTURES } from './product.contract.js'

/** A page makes it smaller before it leaves the phone; this is what a quote's page can bear. */
export const MOST_PICTURE_BYTES = 2 * 1024 * 1024
export const MOST_SMALL_BYTES = 40 * 1024
const LONGEST_SMALL = 400
const LONGEST = 8_000
/** What every browser and the PDF can draw. */
const DRAWN = ['image/png', 'image/jpeg']

type Bytes = Uint8Array<ArrayBuffer>

/** The last one of the product's pictures from now on. `small`: the same picture, about 160 pixels wide. */
export async function addPicture(
  work: Work,
  actor: Actor,
  { productId, data, small }: { productId: string; data: Bytes; small: Bytes },
): Promise<{ id: string }> {
  await holdProduct(work, actor, { id: productId })
  if (data.byteLength > MOST_PICTURE_BYTES || small.byteLength > MOST_SMALL_BYTES)
    throw new Refused('picture-too-large', '图片太大，请换小一点的', 413)
  const type = typeOf(data)
  typeOf(small)
  const size = shownSize(sizeOf(data, LONGEST), sizeOf(small, LONGEST_SMALL))
  const shown = await work.tx.productPicture.findMany({ where: { productId, droppedAt: null }, select: { position: true } })
  if (shown.length >= MOST_PICTURES) throw new Refused('too-many-pictures', `一个产品最多 ${MOST_PICTURES} 张图，先去掉一张`)
  const id = newId()
  const position = Math.max(0, ...shown.map((one) => one.position + 1))
  await work.tx.productPicture.create({ data: { id, productId, position, type, ...size, data, small } })
  await record(work, {
    actor: actor.personId,
    verb: 'product-picture-added',
    subject: `product:${productId}`,
    content: { pictureId: id, type, bytes: data.byteLength },
  })
  return { id }
}

/** These stay, in this order; the product's others are not shown any more, except in quotes that were sent with them. */
export async function setPictures(
  work: Work,
  actor: Actor,
  { productId, pictureIds }: { productId: string; pictureIds: string[] },
): Promise<void> {
  await holdProduct(work, actor, { id: productId })
  const shown = await work.tx.productPicture.findMany({ where: { productId, droppedAt: null }, select: { id: true } })
  const there = new Set(shown.map(({ id }) => id))
  if (new Set(pictureIds).size < pictureIds.length || pictureIds.some((id) => !there.has(id)))
    throw new Refused('changed-meanwhile', '图片刚刚有变动，请刷新后再排', 409)
  for (const [position, id] of pictureIds.entries()) await work.tx.productPicture.update({ where: { id }, data: { position } })
  const dropped = { productId, droppedAt: null, id: { notIn: pictureIds } }
  await work.tx.productPicture.updateMany({ where: dropped, data: { droppedAt: work.now } })
  await record(work, {
    actor: actor.personId,
    verb: 'product-pictures-set',
    subject: `product:${productId}`,
    content: { pictureIds },
  })
}

/**
 * How large it is shown. A phone keeps pictures lying and says in their head that they are to be turned: whoever drew the small one
 * has turned it, as every browser does.
 */
function shownSize(size: PictureSize, small: PictureSize): PictureSize {
  const isLike = ({ width, height }: PictureSize) =>
    // Half a pixel is rounding.
    Math.abs(small.width * height - small.height * width) <= Math.max(width, height)
  const turned = { width: size.height, height: size.width }
  if (isLike(size)) return size
  if (isLike(turned)) return turned
  throw new Refused('not-a-picture', '缩略图和图片不是同一张，请重新选')
}

function typeOf(data: Uint8Array): string {
  const type = pictureType(data)
  if (!type || !DRAWN.includes(type)) throw new Refused('not-a-picture', '请选 JPG 或 PNG 图片')
  return type
}

function sizeOf(data: Uint8Array, longest: number): PictureSize {
  const size = pictureSize(data)
  if (!size || Math.max(size.width, size.height) > longest) throw new Refused('not-a-picture', '这张图片打不开或太大，请换一张')
  return size
}
