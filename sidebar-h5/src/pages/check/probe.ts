import {
  ensureAgentConfigReady,
  ensureCorpConfigReady,
  getContext,
  getCurExternalChat,
  getCurExternalContact,
  register,
} from '@wecom/jssdk'
import { getJssdk } from '../../api.js'

/** Why something came to nothing: the client's own words or ours, for reading.ts. */
export class NotSo extends Error {}

const patienceMs = 6_000

/**
 * What the page asks of the client, call by call and with the client's own answers: the sidebar itself takes a no for «not
 * here» and goes on, here it is the point. https://developer.work.weixin.qq.com/document/path/94313
 */
export async function createProbe() {
  const url = location.href.split('#')[0] ?? location.href
  const signed = await getJssdk(url)
  register({
    corpId: signed.corpId,
    agentId: signed.agentId,
    jsApiList: ['getContext', 'getCurExternalContact', 'getCurExternalChat', 'sendChatMessage'],
    getConfigSignature: () => signed.corp,
    getAgentConfigSignature: () => signed.agent,
  })
  return {
    corpConfig: () => said(ensureCorpConfigReady()),
    agentConfig: () => said(ensureAgentConfigReady()),
    entry: () => said(getContext()).then((it) => it.entry),
    contact: () => said(getCurExternalContact()).then((it) => it.userId),
    chat: () => said(getCurExternalChat()).then((it) => it.chatId),
  }
}
export type Probe = Awaited<ReturnType<typeof createProbe>>

/** The answer, or NotSo with what was said instead. An SDK that waits for a bridge waits for ever. */
function said<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotSo('no answer')), patienceMs)
    answer.then(resolve, (error) => reject(new NotSo(wordsIn(error)))).finally(() => clearTimeout(timer))
  })
}

function wordsIn(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { errMsg, errCode, message } = error as { errMsg?: unknown; errCode?: unknown; message?: unknown }
  const code = typeof errCode === 'number' && errCode > 0 ? ` (${errCode})` : ''
  return `${errMsg ?? message ?? 'failed'}${code}`
}
