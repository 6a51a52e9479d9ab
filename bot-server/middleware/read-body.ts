import type { IncomingMessage } from 'node:http'

/** The whole body, or null as soon as it is larger than `limit` bytes: the rest is not read, so the connection must close. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
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
