import type { Speaker, StandinState } from './state.js'

/** The stand-in's control API on this same host. Refusals carry words for people. */
async function call(path: string, body?: object): Promise<Response> {
  const init: RequestInit = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { headers: { accept: 'application/json' } }
  const response = await fetch(`/__standin/${path}`, init)
  if (!response.ok) throw new Error(await wordsOf(response))
  return response
}

async function wordsOf(response: Response) {
  try {
    const { error } = (await response.json()) as { error?: string | { words?: string } }
    const words = typeof error === 'string' ? error : error?.words
    if (words) return words
  } catch {
    // Not JSON: a proxy's or a crashed server's page. The status says enough.
  }
  return `替身没有答应（${response.status}）`
}

export const fetchState = async () => (await (await call('state')).json()) as StandinState

export const say = (input: { rep: string; externalUserId: string; from: Speaker; text: string }) => call('chat', input)
export const revoke = (id: string) => call('revoke', { id })
export const tellBot = (userid: string, text: string) => call('bot', { userid, text })
export const press = (userid: string, taskId: string, key: string) => call('press', { userid, taskId, key })
export const enterApp = (userid: string) => call('enter', { userid })
export const openChat = (userid: string, externalUserId: string) =>
  call('open', { userid, entry: 'single_chat_tools', externalUserId })
export const setClipboard = (userid: string, text: string) => call('clipboard', { userid, text })
export const advanceClock = (advanceMs: number) => call('clock', { advanceMs })
export const setArchive = (on: boolean) => call('archive', { on })
