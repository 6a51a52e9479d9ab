import { hash } from 'node:crypto'
import * as z from 'zod'
import type { MpSettings } from '../../lib/quote-config.js'
import { ChannelError } from '../channel-error.js'
import { exchange, LineBroken } from '../exchange.js'
import { keep } from '../keep.js'
import { parseJson } from '../parse-json.js'
import type { TokenShelf } from '../shelf.js'

const TIMEOUT_MS = 5_000
const failed = z.looseObject({ errcode: z.number().int() })
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const ticketAnswer = z.object({ ticket: z.string().min(1), expires_in: z.number().positive() })

/** AppSecret, AppID, or the address that is not on the list: an administrator has to look. */
const CONFIG = [40001, 40013, 40125, 40164, 41002, 41004, 48001, 50002]
/** The token went stale. */
const STALE = [40014, 42001]

export type ShareSignature = { appId: string; timestamp: number; nonceStr: string; signature: string }
export type ShareSigner = (url: string, nonceStr: string) => Promise<ShareSignature>

type Deps = { settings: MpSettings; machineNow: () => Date; shelf?: TokenShelf | undefined }

/**
 * Signs pages for WeChat's JS-SDK, so that a page that is shared on keeps its title and picture: SHA-1 over the ticket of the
 * organisation's own 公众号, nonce, time and address (without `#…`, not encoded).
 * https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html (附录1)
 */
export function createShareSigner({ settings, machineNow, shelf }: Deps): ShareSigner {
  const { appId, appSecret, apiBase } = settings
  const common = {
    name: hash('sha256', [apiBase, appId, appSecret].join('\n'), 'base64url'),
    sharedRefusals: [40001, 40013, 40125],
    refusalOf: (method: string, code: number | string) => refusal(method, Number(code)),
    shelf,
    machineNow,
  }
  // The stable one: asking for it does not end the one that other software of the organisation holds.
  // https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/getStableAccessToken.html
  const token = keep({
    ...common,
    method: 'stable_token',
    fetch: async () => {
      const asked = { grant_type: 'client_credential', appid: appId, secret: appSecret }
      const { access_token, expires_in } = tokenAnswer.parse(await ask('stable_token', {}, asked))
      return { value: access_token, lifeMs: expires_in * 1000 }
    },
  })
  const ticket = keep({
    ...common,
    method: 'ticket/getticket',
    fetch: async () => {
      const { ticket: value, expires_in } = ticketAnswer.parse(await withToken('ticket/getticket', { type: 'jsapi' }))
      return { value, lifeMs: expires_in * 1000 }
    },
  })

  async function withToken(path: string, query: Record<string, string>): Promise<unknown> {
    const held = await token.get()
    try {
      return await ask(path, { access_token: held, ...query })
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'refresh') throw error
      token.drop(held)
      return ask(path, { access_token: await token.get(), ...query })
    }
  }

  /** Throws a ChannelError that names the call and never what is secret in it. */
  async function ask(path: string, query: Record<string, string>, body?: object): Promise<unknown> {
    const url = `${apiBase}/cgi-bin/${path}?${new URLSearchParams(query)}`
    const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
    const { status, text } = await exchange(url, { method: body ? 'POST' : 'GET', timeoutMs: TIMEOUT_MS, ...sent }).catch(
      (error: unknown) => {
        throw error instanceof LineBroken ? broken(path, error.code) : error
      },
    )
    const answer = parseJson(text)
    if (status !== 200 || answer === null) throw broken(path, `http-${status}`)
    const no = failed.safeParse(answer).data
    if (no && no.errcode !== 0) throw refusal(path, no.errcode)
    return answer
  }

  return async (url, nonceStr) => {
    const jsapiTicket = await ticket.get()
    const timestamp = Math.floor(machineNow().getTime() / 1000)
    const page = url.split('#', 1)[0]
    const signed = `jsapi_ticket=${jsapiTicket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`
    return { appId, timestamp, nonceStr, signature: hash('sha1', signed, 'hex') }
  }
}

const broken = (method: string, code: string) => new ChannelError({ method, code, kind: 'retry', hint: '公众号接口暂时没有应答' })

function refusal(method: string, code: number): ChannelError {
  if (STALE.includes(code)) return new ChannelError({ method, code, kind: 'refresh', hint: '公众号的凭证过期了' })
  if (CONFIG.includes(code))
    return new ChannelError({ method, code, kind: 'config', hint: '检查公众号的 AppID、AppSecret 和 IP 白名单' })
  return new ChannelError({ method, code, kind: 'retry', hint: '公众号接口没有答应' })
}
