import { Failed } from '../../failed.js'

/** What the server takes. */
const MOST_BYTES = 2 * 1024 * 1024
const AS_IT_IS = ['image/jpeg', 'image/png']
/** As large as a phone shows it, in pixels. */
const LONGEST = 1_600
const QUALITY = 0.85

/** A picture as it is where it is small enough; else smaller, as JPEG: what a phone's camera makes has 5 MB and more. */
export async function shrinkPicture(file: File): Promise<Blob> {
  if (AS_IT_IS.includes(file.type) && file.size <= MOST_BYTES) return file
  const image = await createImageBitmap(file).catch(() => {
    throw new Failed('broken', '这个文件打不开，换一张 JPG 或 PNG')
  })
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  const pen = canvas.getContext('2d')
  if (pen) {
    // JPEG knows nothing of transparency.
    pen.fillStyle = 'white'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  }
  image.close()
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!made) throw new Failed('broken', '这张图片缩不小，换一张 2 MB 以内的')
  return made
}
