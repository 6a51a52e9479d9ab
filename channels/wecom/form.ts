import { hash } from 'node:crypto'

export type FormFile = { name: string; type: string; data: Uint8Array }

/**
 * One file as the platform wants it (official page 90389): in `media`, with `filename` and `filelength`, which a FormData
 * doesn't write. What parts it is made from its bytes, so that it isn't among them.
 */
export function writeForm({ name, type, data }: FormFile): { headers: Record<string, string>; body: Buffer } {
  const boundary = `----bulou${hash('sha256', data, 'hex').slice(0, 40)}`
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${name}"; filelength=${data.byteLength}`,
    `Content-Type: ${type}`,
    '',
    '',
  ].join('\r\n')
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
