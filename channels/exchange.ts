import { type Dispatcher, request } from 'undici'

/** Codes of a connection that never came to be: nothing was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
])

type Asked = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Buffer
  timeoutMs: number
}

/** The call did not end with an answer. `wasSent`: it may have been accepted all the same. Holds no address. */
export class LineBroken extends Error {
  constructor(
    readonly code: string,
    readonly wasSent: boolean,
  ) {
    super(code)
    this.name = 'LineBroken'
  }
}

/** One exchange over HTTP: what came back, whatever its status. Throws LineBroken when nothing whole did. */
export async function exchange(url: string, { timeoutMs, ...init }: Asked): Promise<{ status: number; text: string }> {
  let response: Dispatcher.ResponseData
  try {
    response = await request(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
  } catch (error) {
    const code = codeOf(error)
    throw new LineBroken(code, !neverSent.has(code))
  }
  try {
    return { status: response.statusCode, text: await response.body.text() }
  } catch (error) {
    throw new LineBroken(codeOf(error), true)
  }
}

/** undici says it on the error, a broken connection sometimes on its cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'network'
  if (error.name === 'TimeoutError') return 'timeout'
  for (const one of [error.cause, error])
    if (one instanceof Error && 'code' in one && typeof one.code === 'string') return one.code
  return 'network'
}
