import { Failed } from '../../failed.js'

/** Not by request.ts, which sends whoever isn't logged in to the login: here that is an answer. */
export async function whoAmI(): Promise<string | null> {
  const response = await fetch('/api/me', { credentials: 'same-origin', headers: { accept: 'application/json' } }).catch(
    () => null,
  )
  if (!response) throw new Failed('offline', '连不上不漏')
  if (response.status === 401) return null
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok || typeof body !== 'object' || body === null || !('name' in body))
    throw new Failed('broken', `不漏答得不对（${response.status}）`)
  return String(body.name)
}
