import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { answerPage, pathOf } from './http.js'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** The built desk. A path that is no file is one of its views: index.html. */
export async function answerDesk(folder: string | null, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (!folder) return answerPage(res, '演示桌面还没有构建', '请用 npm run demo 启动，它会先构建再打开。', 404)
  const root = normalize(folder + sep)
  const wanted = join(root, safeDecode(pathOf(req)))
  const file = (wanted.startsWith(root) && (await isFile(wanted)) && wanted) || join(root, 'index.html')
  if (!(await isFile(file))) return answerPage(res, '演示桌面还没有构建', '请用 npm run demo 启动，它会先构建再打开。', 404)
  const lasting = /[\\/]assets[\\/]/.test(file)
  res.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  createReadStream(file)
    .on('error', () => res.destroy())
    .pipe(res)
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '/'
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (s) => s.isFile(),
    () => false,
  )
