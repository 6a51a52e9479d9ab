import * as z from 'zod/mini'
import { chatPlatform } from '../../../../domain/person/person.contract.js'
import { request } from '../../request.js'

const begun = z.object({ state: z.string(), corpId: z.string(), clientId: z.string() })

export const getApps = () => request(z.object({ apps: z.array(chatPlatform) }), '/auth/apps').then((it) => it.apps)

export const beginDingtalkLogin = (to: string) => request(begun, '/auth/dingtalk/begin', { method: 'POST', body: { to } })

/** The page to go to. */
export const finishDingtalkLogin = (body: { state: string; code: string }) =>
  request(z.object({ to: z.string() }), '/auth/dingtalk', { method: 'POST', body }).then((it) => it.to)
