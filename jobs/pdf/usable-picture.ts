import PDFDocument from 'pdfkit'

/** Far above what a picture takes; one that never ends is none. */
const PATIENCE_MS = 3_000

/**
 * Whether a paper can show it: PNG and JPEG that are whole. Tried on a paper of its own, because one that fails half-way would
 * leave the real one without an end.
 */
export async function isUsable(picture: Uint8Array): Promise<boolean> {
  if (!isPng(picture) && !isJpeg(picture)) return false
  try {
    const doc = new PDFDocument({ size: [10, 10], margin: 0 })
    let timer: NodeJS.Timeout | undefined
    const ended = new Promise<boolean>((resolve) => {
      doc.on('end', () => resolve(true))
      doc.on('error', () => resolve(false))
      timer = setTimeout(() => resolve(false), PATIENCE_MS)
    })
    doc.on('data', () => {})
    doc.image(Buffer.from(picture), 0, 0, { width: 10 })
    doc.end()
    return await ended.finally(() => clearTimeout(timer))
  } catch {
    return false
  }
}

const isPng = (bytes: Uint8Array) => starts(bytes, [0x89, 0x50, 0x4e, 0x47])
const isJpeg = (bytes: Uint8Array) => starts(bytes, [0xff, 0xd8, 0xff])
const starts = (bytes: Uint8Array, magic: number[]) => magic.every((byte, i) => bytes[i] === byte)
