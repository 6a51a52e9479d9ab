import { Failed } from '../../failed.js'

/** A picture and its small version, as the server takes them: PNG or JPEG, because the PDF draws no others. */
export type PicturePair = { whole: Blob; small: Blob }

const MOST_BYTES = 2 * 1024 * 1024
const MOST_SMALL_BYTES = 40 * 1024
/** In pixels: as large as a customer's phone shows it, and as large as a list does on a sharp screen. */
const LONGEST = 1_600
const LONGEST_SMALL = 240
const QUALITIES = [0.86, 0.72, 0.55]

/** Whatever a phone's camera or album gives, made small before it leaves the phone. */
export async function makePair(file: File): Promise<PicturePair> {
  // What the camera turned is drawn upright.
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Failed('broken', '这个文件打不开，换一张 JPG 或 PNG')
  })
  try {
    // Large PNGs are photos that somebody saved so: as JPEG they are a tenth.
    const asPng = file.type === 'image/png' && file.size <= MOST_BYTES / 4
    return {
      whole: await draw(image, { longest: LONGEST, most: MOST_BYTES, asPng }),
      small: await draw(image, { longest: LONGEST_SMALL, most: MOST_SMALL_BYTES, asPng: false }),
    }
  } finally {
    image.close()
  }
}

async function draw(
  image: ImageBitmap,
  { longest, most, asPng }: { longest: number; most: number; asPng: boolean },
): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Failed('broken', '这台设备处理不了图片，换一台再试')
  if (!asPng) {
    // JPEG knows nothing of transparency.
    pen.fillStyle = 'white'
    pen.fillRect(0, 0, canvas.width, canvas.height)
  }
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  const tries: [string, number?][] = [
    ...(asPng ? [['image/png'] as [string]] : []),
    ...QUALITIES.map((q) => ['image/jpeg', q] as [string, number]),
  ]
  for (const [type, quality] of tries) {
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
    if (made && made.size <= most) return made
  }
  throw new Failed('broken', '这张图片缩不小，换一张再试')
}
