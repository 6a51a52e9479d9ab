import {
  closeWindow,
  getClipboardData,
  getContext,
  getCurExternalChat,
  getCurExternalContact,
  register,
  sendChatMessage,
  setClipboardData,
} from '@wecom/jssdk'
import { getJssdk } from '../api.js'
import { Failed } from '../failed.js'
import { canRecord } from './can-record.js'
import { copyText } from './copy-text.js'
import type { Entry, Host } from './host.js'
import { orNull, inTime as waitFor } from './in-time.js'

/** Some clients ask the person before they send. */
const PATIENCE_WITH_PEOPLE_MS = 60_000

/** https://developer.work.weixin.qq.com/document/path/94313: the value of getContext.entry. */
const ENTRIES: Record<string, Entry> = {
  single_chat_tools: 'contact',
  contact_profile: 'contact',
  single_kf_tools: 'contact',
  chat_attachment: 'contact',
  group_chat_tools: 'group',
}

export async function createWecomHost(): Promise<Host> {
  const first = await getJssdk(pageUrl())
  let unused: typeof first | null = first
  // The SDK signs anew whenever the address changes, which in a page with routes is often.
  const signaturesFor = async (url: string) => {
    const ready = unused && url === pageUrl() ? unused : await getJssdk(url)
    unused = null
    return ready
  }
  register({
    corpId: first.corpId,
    agentId: first.agentId,
    jsApiList: [
      'getContext',
      'getCurExternalContact',
      'getCurExternalChat',
      'sendChatMessage',
      'getClipboardData',
      'setClipboardData',
    ],
    getConfigSignature: async (url) => (await signaturesFor(url)).corp,
    getAgentConfigSignature: async (url) => (await signaturesFor(url)).agent,
  })

  return {
    name: 'wecom',
    entry: async () => ENTRIES[(await inTime(getContext())).entry] ?? 'none',
    currentExternalContact: () => orNull(inTime(getCurExternalContact()).then((it) => it.userId)),
    currentChat: () => orNull(inTime(getCurExternalChat()).then((it) => it.chatId)),
    clipboard: () => orNull(inTime(getClipboardData()).then((it) => it.data)),
    copy: (text) =>
      inTime(setClipboardData({ data: text })).then(
        () => undefined,
        () => copyText(text),
      ),
    putIntoChat: (text) => put({ msgtype: 'text', text: { content: text } }),
    putNewsIntoChat: (news) => put({ msgtype: 'news', news }),
    record: canRecord(),
    close: () => void closeWindow().catch(() => undefined),
  }
}

/** https://developer.work.weixin.qq.com/document/path/94354 */
const put = (message: Parameters<typeof sendChatMessage>[0]): Promise<void> =>
  inTime(sendChatMessage(message), PATIENCE_WITH_PEOPLE_MS).then(() => undefined, refuse)

function pageUrl(): string {
  return location.href.split('#')[0] ?? location.href
}

const inTime = <T>(answer: Promise<T>, patienceMs?: number): Promise<T> =>
  waitFor(answer, '企业微信没有回应，重新打开侧边栏试试', patienceMs)

function refuse(error: unknown): never {
  if (error instanceof Failed) throw error
  const said = typeof error === 'object' && error !== null && 'errMsg' in error ? String(error.errMsg).toLowerCase() : ''
  if (said.includes('cancel')) throw new Failed('refused', '没有放进聊天')
  if (said.includes('permission')) throw new Failed('refused', '企业微信不让这一页发消息，请管理员给应用开「客户联系」权限')
  // The SDK hands errors on in lower case.
  if (said.includes('imgurl')) throw new Failed('refused', '企业微信取不到卡片的图，先复制链接发给客户，再请管理员看看公网地址')
  throw new Failed('refused', '没能放进聊天，可以先复制再粘贴')
}
