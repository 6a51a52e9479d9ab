import * as z from 'zod/mini'
import { config } from 'zod/mini'
import { hearBusinessNow } from './clock.js'
import { Failed } from './failed.js'
import { goToLogin } from './login.js'

/**
 * Zod would otherwise try `new Function` for speed, which our CSP refuses (and reports). Not called as `z.config`: whatever
 * `z.…` makes and nobody uses is left out of the build (vite.config.ts).
 */
config({ jitless: true })

const TIMEOUT_MS = 12_000

const refusal = z.object({ error: z.object({ code: z.string(), words: z.string() }) })

type Options = { method?: 'GET' | 'POST'; body?: unknown; signal?: AbortSignal }

/** Asks the server, and reads the answer with its contract: what doesn't fit is a clear error here, not an odd one later. */
export async function request<T extends z.ZodMiniType>(shape: T, path: string, options: Options = {}): Promise<z.output<T>> {
  const response = await send(path, options)
  hearBusinessNow(response.headers.get('x-business-now'))
  const body: unknown = await response.json().catch(() => null)
  if (response.status === 401) {
    throw new Failed('login', goToLogin() ? '正在登录…' : '登录没有成功，再试一次；还不行就找管理员')
  }
  if (!response.ok) throw refusedWith(response.status, body)
  const parsed = z.safeParse(shape, body)
  if (parsed.success) return parsed.data
  console.error(`The answer of ${path} does not fit its contract`, parsed.error.issues)
  throw new Failed('broken', '页面和服务的版本对不上，刷新一下就好')
}

async function send(path: string, { method = 'GET', body, signal }: Options): Promise<Response> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS)
  const stop = () => timeout.abort()
  signal?.addEventListener('abort', stop)
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: timeout.signal,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    if (timeout.signal.aborted) throw new Failed('slow', '服务半天没回应，再试一次')
    throw new Failed('offline', navigator.onLine ? '连不上服务，稍等再试一次' : '网络断了，连上后再试一次')
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** The server's own words win: it knows what was asked. */
export function refusedWith(status: number, body: unknown): Failed {
  const told = z.safeParse(refusal, body)
  const code = told.success ? told.data.error.code : null
  const words = told.success ? told.data.error.words : null
  if (status === 404) return new Failed('missing', words ?? '没有找到，可能已经不在了', code)
  if (status === 403) return new Failed('refused', words ?? '这里不归你看，需要的话找管理员', code)
  if (status === 413) return new Failed('refused', words ?? '内容太长了，分几次来', code)
  if (status === 429) return new Failed('slow', words ?? '点得太快了，歇一下再试', code)
  if (status < 500) return new Failed('refused', words ?? '这一步没有成功，再试一次', code)
  return new Failed('broken', words ?? '服务出了点问题，我们已经知道了，稍后再试', code)
}
