import type { IncomingMessage, ServerResponse } from 'node:http'

/** Bytes of a request body; rejects when there are more than `limit`. */
export async function readBody(req: IncomingMessage, limit = 2_000_000): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new RangeError(`body over ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function answerJson(res: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  const bytes = Buffer.from(JSON.stringify(body))
  res.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', 'content-length': bytes.length, ...headers })
  res.end(bytes)
}

export function answerPage(res: ServerResponse, title: string, words: string, status = 200): void {
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body style="font:16px/1.6 system-ui;margin:20vh auto;max-width:22em;text-align:center;color:#576b95"><h1 style="font-size:20px">${title}</h1><p>${words}</p></body></html>`
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  res.end(html)
}

export const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?', 1)[0] ?? '/'

export const queryOf = (req: IncomingMessage): URLSearchParams => new URL(req.url ?? '/', 'http://x').searchParams
