import { type Ask, startForTest, type TestStandin } from './start.js'

export const DINGTALK = {
  corpId: 'dingb0100000000b0100',
  clientId: 'dingb0100bulouapp',
  clientSecret: 'ding-secret',
  agentId: 4_000_000_002,
  template: 'b0100000-0000-4000-8000-0000000000ca.schema',
  token: 'dingToken1',
  aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
}

export const DINGTALK_ENV = {
  DINGTALK_CORP_ID: DINGTALK.corpId,
  DINGTALK_CLIENT_ID: DINGTALK.clientId,
  DINGTALK_CLIENT_SECRET: DINGTALK.clientSecret,
  DINGTALK_AGENT_ID: String(DINGTALK.agentId),
  DINGTALK_CARD_TEMPLATE_ID: DINGTALK.template,
  DINGTALK_TOKEN: DINGTALK.token,
  DINGTALK_AES_KEY: DINGTALK.aesKey,
}

/** A stand-in with DingTalk, and the two APIs as an application calls them. */
export async function startWithDingtalk(options: Parameters<typeof startForTest>[0] = {}) {
  const standin: TestStandin = await startForTest({ ...options, env: { ...DINGTALK_ENV, ...options.env } })
  const token = async (): Promise<string> => {
    const body = { appKey: DINGTALK.clientId, appSecret: DINGTALK.clientSecret }
    return (await standin.json('/v1.0/oauth2/accessToken', { body })).accessToken
  }
  const whole = async (path: string, body?: unknown, more: Ask = {}) => {
    const headers = { 'x-acs-dingtalk-access-token': await token(), 'content-type': 'application/json' }
    const answer = await standin.ask(path, { headers, ...(body === undefined ? {} : { body }), ...more })
    return { status: answer.status, body: JSON.parse(answer.text) }
  }
  return {
    ...standin,
    dingToken: token,
    whole,
    /** The new API, with a token of its own. */
    ding: async (path: string, body?: unknown, more: Ask = {}) => (await whole(path, body, more)).body,
    /** The old API. */
    oapi: async (path: string, body: unknown = {}) => standin.json(`/${path}?access_token=${await token()}`, { body }),
  }
}
export type DingtalkStandin = Awaited<ReturnType<typeof startWithDingtalk>>
