import { type Dispatcher, request } from 'undici'
import * as z from 'zod'
import { ChannelError } from '../../channel-error.js'
import { subscriptions } from './topics.js'

const method = 'gateway/connections/open'
const granted = z.object({ endpoint: z.url(), ticket: z.string().min(1) })
const refused = z.object({ code: z.string() })

export type GatewaySettings = { apiBase: string; clientId: string; clientSecret: string }

/**
 * Asks for a place: the address to connect to, its ticket in it (90 s, once). Throws a ChannelError: `config` where an
 * administrator must change something, `retry` otherwise. Nothing is taken by a failed try, so its outcome is never unknown.
 * https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol
 */
export async function openGateway(settings: GatewaySettings, timeoutMs: number, signal: AbortSignal): Promise<URL> {
  const { apiBase, clientId, clientSecret } = settings
  let response: Dispatcher.ResponseData
  let answer: unknown
  try {
    response = await request(`${apiBase}/v1.0/${method}`, {
      method: 'POST',
      // Without it the gateway may answer in XML.
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, subscriptions, ua: 'bulou/1' }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    answer = await response.body.json().catch(() => null)
  } catch (error) {
    throw broken(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'network')
  }
  if (response.statusCode >= 400) throw refusal(response.statusCode, refused.safeParse(answer).data?.code ?? null)
  const place = granted.safeParse(answer)
  if (!place.success) throw broken('bad-answer')
  const url = new URL(place.data.endpoint)
  // What people write to the robot goes over it: never in the clear, unless all of the platform is a local one.
  if (url.protocol !== 'wss:' && !(url.protocol === 'ws:' && apiBase.startsWith('http:'))) throw broken('bad-endpoint')
  url.searchParams.set('ticket', place.data.ticket)
  return url
}

const broken = (code: string) => new ChannelError({ method, code, kind: 'retry', hint: '连不上钉钉的 Stream 网关，稍后自动重试' })

function refusal(status: number, code: string | null): ChannelError {
  const no = (kind: 'retry' | 'config' | 'quota', hint: string) =>
    new ChannelError({ method, code: code ?? `http-${status}`, kind, hint })
  if (status >= 500 || status === 429 || /Qps/.test(code ?? '')) return no('retry', '钉钉的 Stream 网关繁忙，稍后自动重试')
  if (/IpNotInWhiteList/.test(code ?? '')) return no('config', '服务器 IP 不在应用的出口 IP 名单中，请在钉钉开发者后台添加')
  if (/ApiCountLimit/.test(code ?? '')) return no('quota', '本月的钉钉接口调用量已用完')
  if (status === 404) return no('config', '接口地址不对，请核对 DINGTALK_API_BASE')
  return no('config', '钉钉不认应用的凭证，请核对 DINGTALK_CLIENT_ID 与 DINGTALK_CLIENT_SECRET，并确认推送方式是 Stream 模式')
}
