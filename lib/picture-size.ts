export type PictureSize = { width: number; height: number }

/** Of a PNG or JPEG, out of its first bytes; null: neither, or broken. What it says is not what a decoder would make of it. */
export function pictureSize(data: Uint8Array): PictureSize | null {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const found = bytes.toString('latin1', 1, 4) === 'PNG' ? sizeOfPng(bytes) : sizeOfJpeg(bytes)
  return found && found.width > 0 && found.height > 0 ? found : null
}

/** PNG specification, 11.2.1: https://www.w3.org/TR/png-3/#11IHDR */
const sizeOfPng = (bytes: Buffer) =>
  bytes.length >= 24 && bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : null

/** The first frame header, ITU T.81, B.2.2: https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
function sizeOfJpeg(bytes: Buffer): PictureSize | null {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    // A marker may be preceded by any number of fill bytes.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
