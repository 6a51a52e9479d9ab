import type { IncomingMessage } from 'node:http'
import { Refused } from '../../lib/errors.js'

/** The whole body, or null as soon as it is larger than `limit` bytes: the rest is not read, so the connection must close. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  // Sent as JSON where a file is wanted: somebody before us took it for ours and read it to its end, which comes only once.
  if (request.readableEnded) throw new Refused('not-a-file', '这里要传一个文件', 415)
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return resolve(null)
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        request.removeAllListeners('data')
        request.pause()
        return resolve(null)
      }
      chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    // Whoever hung up is nobody's bug.
    request.on('error', (cause) => reject(Object.assign(new Error('the request was cut off', { cause }), { status: 400 })))
  })
}
