import type { StandinState } from './state.js'

/** What the stand-in's refusals mean to the person at the desk; its own words are for those who read its log. */
const refusals: Record<number, string> = {
  400: '内容不对',
  403: '请从演示台自己的地址打开这个页面',
  404: '已经不在了',
  409: '已经处理过了',
  503: '演示服务这会儿忙不过来',
}

/** The stand-in's control API on this same host. */
async function call(path: string, body?: object): Promise<Response> {
  const init: RequestInit = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { headers: { accept: 'application/json' } }
  const response = await fetch(`/__standin/${path}`, init).catch(() => {
    throw new Error('连不上演示服务')
  })
  if (!response.ok) throw new Error(refusals[response.status] ?? `演示服务出错（${response.status}）`)
  return response
}

export const fetchState = async () => (await (await call('state')).json()) as StandinState

type Side = 'customer' | 'rep'
export const say = (input: { rep: string; externalUserId: string; from: Side; text: string }) => call('chat', input)
export const sayInGroup = (input: { chatId: string; from: string; text: string }) => call('groups/say', input)
export const ring = (input: { rep: string; externalUserId: string; from: Side; seconds: number }) => call('call', input)
export type NewCustomer = { name: string; rep?: string; way?: string; state?: string; half: boolean }
/** Who came, and to whom. */
export async function addCustomer(input: NewCustomer) {
  const { added } = (await (await call('contacts/add', input)).json()) as { added: { rep: string; externalUserId: string }[] }
  return added[0]
}
export const confirmCustomer = (rep: string, externalUserId: string) => call('contacts/confirm', { rep, externalUserId })
export const revoke = (id: string) => call('revoke', { id })
export const tellBot = (userid: string, text: string) => call('bot', { userid, text })
export const press = (userid: string, taskId: string, key: string) => call('press', { userid, taskId, key })
export const enterApp = (userid: string) => call('enter', { userid })
export const openChat = (userid: string, externalUserId: string) =>
  call('open', { userid, entry: 'single_chat_tools', externalUserId })
export const openGroup = (userid: string, chatId: string) => call('open', { userid, entry: 'group_chat_tools', chatId })
export const setClipboard = (userid: string, text: string) => call('clipboard', { userid, text })
export const advanceClock = (advanceMs: number) => call('clock', { advanceMs })
export const moveClockTo = (to: string) => call('clock', { to })
export const setArchive = (on: boolean) => call('archive', { on })

/** In DingTalk: a member's card, words and to-dos. The press waits for what the product answers. */
export async function pressDing(userid: string, outTrackId: string, action: string) {
  return (await (await call('dingtalk/press', { userid, outTrackId, action })).json()) as { answered: boolean }
}
export const sayDing = (input: { userid: string; text: string; group?: string; at?: boolean }) => call('dingtalk/say', input)
export const readDing = (userid: string) => call('dingtalk/read', { userid })
export const tickDing = (userid: string, id: string, done: boolean) => call('dingtalk/tick', { userid, id, done })
export const readDingNotice = (userid: string, taskId: number) => call('dingtalk/read-notice', { userid, taskId })
