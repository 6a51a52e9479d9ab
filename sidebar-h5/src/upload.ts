import * as z from 'zod/mini'
import { Failed } from './failed.js'
import { goToLogin } from './login.js'
import { refusedWith } from './request.js'

/** A large file over a slow line, and the time to read it. */
const TIMEOUT_MS = 120_000

/** Sends a file as it is; the answer is read with its contract. */
export async function upload<T extends z.ZodMiniType>(shape: T, path: string, file: Blob): Promise<z.output<T>> {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'TimeoutError'
      ? new Failed('slow', '文件传得太慢，换个网络再试')
      : new Failed('offline', '文件没有传上去，看看网络再试')
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.status === 401) throw new Failed('login', goToLogin() ? '正在登录…' : '登录没有成功，再试一次；还不行就找管理员')
  if (!response.ok) throw refusedWith(response.status, body)
  const parsed = z.safeParse(shape, body)
  if (parsed.success) return parsed.data
  throw new Failed('broken', '页面和服务的版本对不上，刷新一下就好')
}
