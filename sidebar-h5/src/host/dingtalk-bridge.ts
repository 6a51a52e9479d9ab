import { closePage$ } from 'dingtalk-jsapi/api/union/closePage'
import { requestAuthCode$ } from 'dingtalk-jsapi/api/union/requestAuthCode'
import { setClipboard$ } from 'dingtalk-jsapi/api/union/setClipboard'
import { setNavigationTitle$ } from 'dingtalk-jsapi/api/union/setNavigationTitle'
import dd from 'dingtalk-jsapi/core'
// One for each kind of client; by path, because the package as a whole is six times as large.
import 'dingtalk-jsapi/platform/android'
import 'dingtalk-jsapi/platform/harmony'
import 'dingtalk-jsapi/platform/ios'
import 'dingtalk-jsapi/platform/pc'
import { Failed } from '../failed.js'
import type { Signed } from './dingtalk-api.js'
import { inTime } from './in-time.js'

/** DingTalk's client as these pages use it. https://open.dingtalk.com/document/development/jsapi-overview */

const SILENT = '钉钉没有回应，重新打开这一页试试'
/** The package rejects everything outside DingTalk, and each of its rejections has another shape. */
const ask = <T>(answer: Promise<T>): Promise<T> =>
  inTime(answer, SILENT).catch((error: unknown) => {
    throw error instanceof Failed ? error : new Failed('refused', '钉钉没有答应，重新打开这一页试试')
  })

/** Good once, for five minutes. https://open.dingtalk.com/document/development/jsapi-request-auth-code */
export const requestCode = (app: { corpId: string; clientId: string }): Promise<string> =>
  ask(requestAuthCode$(app).then((it) => it.code))

export const setClipboard = (text: string): Promise<unknown> => ask(setClipboard$({ text }))

export const setTitle = (title: string): Promise<unknown> => ask(setNavigationTitle$({ title }))

export const closePage = (): Promise<unknown> => ask(closePage$({}))

/** Tells the client whose page this is, once a page; it may not believe it (52013: a wrong signature), and tells only the console. */
export function configure(signed: Signed): void {
  // Before `config`, so that what it rejects has somebody who hears it. `dd.ready` would leave one that nobody does.
  dd.error((reason) => console.warn('dd.config was refused', reason))
  dd.config({ ...signed, type: 0, jsApiList: ['biz.clipboardData.setData'] })
}

/** As `configure`, for who wants to know: rejects with the client's own no. Its name differs on a PC. */
export function askConfig(signed: Signed, url: string): Promise<unknown> {
  const method = dd.env.platform === 'pc' ? 'config' : 'runtime.permission.requestJsApis'
  return inTime(dd._invoke(method, { ...signed, type: 0, url, jsApiList: ['biz.clipboardData.setData'] }), SILENT)
}
