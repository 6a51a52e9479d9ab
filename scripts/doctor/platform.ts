import { ChannelError } from '../../channels/channel-error.js'
import { createFetch, type Reply } from '../../channels/wecom/fetch.js'

/** Whatever came of a call. `code` 0 is well; a number the platform's own; a word ours, where no answer came. */
export type Answer = { code: number | string; errmsg: string; body: Record<string, unknown>; hint: string }

export type Platform = {
  /** gettoken itself; asked once a run, because a wrong secret that is tried again and again bans the address. */
  token(): Promise<Answer>
  /** A call with that token; null: there is none, and `token` says why. */
  ask(method: 'GET' | 'POST', path: string, input?: object): Promise<Answer | null>
  /** A call without a token, for what the platform says about the line itself. */
  askBare(path: string, query: Record<string, string>): Promise<Answer>
}

type Settings = { base: string; corpId: string; secret: string; timeoutMs: number }

/** The platform as one secret sees it. Unlike the product's own client it reads errmsg: 60020 has the address in its words. */
export function createPlatform({ base, corpId, secret, timeoutMs }: Settings): Platform {
  const fetch = createFetch({ base, timeoutMs })
  const call = async (...args: Parameters<typeof fetch>): Promise<Answer> => {
    try {
      return answerOf(await fetch(...args))
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      return { code: error.code, errmsg: '', body: {}, hint: error.hint }
    }
  }
  let token: Promise<Answer> | null = null
  const getToken = () => {
    token ??= call('GET', 'gettoken', { query: { corpid: corpId, corpsecret: secret } })
    return token
  }
  return {
    token: getToken,
    askBare: (path, query) => call('GET', path, { query }),
    async ask(method, path, input = {}) {
      const { code, body } = await getToken()
      if (code !== 0) return null
      const query = { access_token: String(body.access_token ?? '') }
      if (method === 'POST') return call('POST', path, { query, body: input })
      return call('GET', path, { query: { ...query, ...stringsOf(input) } })
    },
  }
}

const answerOf = ({ errcode, errmsg, ...body }: Reply): Answer => ({ code: errcode, errmsg, body, hint: '' })

const stringsOf = (input: object) => Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]))

/** 「…, hint: […], from ip: 1.2.3.4, more info at …»: the address that the platform sees us come from. */
export const addressIn = (errmsg: string): string | null => /from ip: ([0-9a-f.:]+[0-9a-f])/i.exec(errmsg)?.[1] ?? null
