import { crc32, deflateSync } from 'node:zlib'

const SIZE = 200
const BLUE = [28, 100, 212]
const WHITE = [255, 255, 255]

/** A sheet with lines on it, drawn here: what a quote without pictures is shown as in a chat. */
function colourAt(x: number, y: number): number[] {
  if (x < 56 || x >= 144 || y < 40 || y >= 160) return BLUE
  const inLine = [64, 84, 104].some((top) => y >= top && y < top + 8) && x >= 72 && x < 128
  const inTotal = y >= 128 && y < 140 && x >= 96 && x < 128
  return inLine || inTotal ? BLUE : WHITE
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function draw(): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  header.set([8, 2], 8) // eight bits, RGB
  const rows = Array.from({ length: SIZE }, (_, y) => [0, ...Array.from({ length: SIZE }, (_, x) => colourAt(x, y)).flat()])
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const CARD_PICTURE: Buffer = draw()
