import { z } from 'zod'
import type { Deps } from '../deps.js'
import { issueCode } from '../dingtalk/login.js'
import { isPageSigned } from '../dingtalk/tickets.js'
import type { Fact } from '../state/state.js'
import type { Person } from '../world.js'

/** What dingtalk-bridge.js sends: a call by the client's own name for it, and the page it came from. */
export const dingtalkCall = z.object({
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  url: z.string(),
})
type Call = z.infer<typeof dingtalkCall>
type Answer = { errorCode: string; errorMessage?: string; result?: object }
export type DingtalkInvoked = { answer: Answer; facts?: Fact[]; event?: { type: string; about?: Record<string, unknown> } }
type Api = (deps: Deps, person: Person, call: Call) => DingtalkInvoked

const yes = (result: object = {}): Answer => ({ errorCode: '0', result })
const no = (errorCode: string, errorMessage: string): DingtalkInvoked => ({ answer: { errorCode, errorMessage } })

export const invokeDingtalk: Api = (deps, person, call) =>
  (APIS[call.method] ?? (() => no('1', `${call.method} is not supported`)))(deps, person, call)

/** A code for the organisation and the application that this client belongs to, and for no other. */
const requestCode =
  (isOurs: (deps: Deps, params: Record<string, unknown>) => boolean): Api =>
  (deps, person, { params }) => {
    const userid = person.dingtalk?.userid
    if (!userid || !isOurs(deps, params)) return no('52001', 'corpId or clientId does not belong to this application')
    const { code, fact } = issueCode(deps, userid)
    return { answer: yes({ code }), facts: [fact] }
  }
const isCorp: Parameters<typeof requestCode>[0] = ({ settings }, { corpId }) => corpId === settings.dingtalk?.corpId

const APIS: Record<string, Api> = {
  /** `requestAuthCode` since 7.0.45 [jsapi-request-auth-code]. */
  'runtime.permission.requestAuthCodeV2': requestCode(
    (deps, params) => isCorp(deps, params) && params.clientId === deps.settings.dingtalk?.clientId,
  ),
  'runtime.permission.requestAuthCode': requestCode(isCorp),

  /** `dd.config` [jsapi-authentication]; 52013: the signature is not this page's. */
  'runtime.permission.requestJsApis': (deps, _person, { params, url }) => {
    const { agentId, timeStamp, nonceStr, signature } = params
    if (!isCorp(deps, params) || String(agentId) !== String(deps.settings.dingtalk?.agentId)) return no('52010', 'unauthorised')
    const page = { timeStamp: String(timeStamp), nonceStr: String(nonceStr), signature: String(signature), url }
    return isPageSigned(deps, page) ? { answer: yes() } : no('52013', '签名校验失败')
  },

  'biz.clipboardData.setData': (_deps, person, { params }) => ({
    answer: yes(),
    facts: [{ type: 'clipboard', userid: person.userid, text: String(params.text ?? '') }],
  }),
  /** No call of DingTalk's: what the phone's webview does when a page reads the clipboard. */
  __clipboard: (deps, person) => ({ answer: yes({ text: deps.store.state.devices.clipboards.get(person.userid) ?? '' }) }),

  'biz.navigation.setTitle': (_deps, person, { params }) => ({
    answer: yes(),
    event: { type: 'title', about: { userid: person.userid, title: String(params.title ?? '') } },
  }),
  'biz.navigation.close': (_deps, person) => ({
    answer: yes(),
    event: { type: 'close-window', about: { userid: person.userid } },
  }),
  'biz.util.openLink': (_deps, person, { params }) => ({
    answer: yes(),
    event: { type: 'open-link', about: { userid: person.userid, url: String(params.url ?? '') } },
  }),
}
