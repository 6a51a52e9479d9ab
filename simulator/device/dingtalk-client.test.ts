import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { DINGTALK, startWithDingtalk } from '../testing/dingtalk-api.js'
import { startProduct } from '../testing/product.js'
import { DINGTALK_AGENT } from './dingtalk-agent.js'

let product: Awaited<ReturnType<typeof startProduct>>
let standin: Awaited<ReturnType<typeof startWithDingtalk>>
let own: string
beforeAll(async () => {
  product = await startProduct()
  standin = await startWithDingtalk({ product: product.base })
  own = standin.hostOf('linxiao.ding')
})
afterAll(async () => {
  await standin.close()
  await product.close()
})
beforeEach(() => {
  product.received.length = 0
  product.handle = (_, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<head></head>好')
})

const invoke = (method: string, params: object = {}, url = `http://${own}/h5/?a=%E5%A5%BD#x`) =>
  standin.json('/__device/invoke', { host: own, body: { method, params, url } })
const app = { corpId: DINGTALK.corpId, clientId: DINGTALK.clientId }

it('shows the product’s pages under DingTalk’s user agent, with its bridge before everything else', async () => {
  const { text } = await standin.ask('/h5/', { host: own, headers: { 'user-agent': 'Chrome' } })
  expect(text).toBe('<head><script src="/__device/bridge.js"></script></head>好')
  expect(product.received[0]?.headers['user-agent']).toBe(DINGTALK_AGENT)
  const bridge = await standin.ask('/__device/bridge.js', { host: own })
  expect(bridge.text).toContain(DINGTALK_AGENT)
  expect((await standin.ask('/__standin/state', { host: own })).status).toBe(403)
})

it('gives a code of the member whose client it is, once good, for this application only', async () => {
  const { errorCode, result } = await invoke('runtime.permission.requestAuthCodeV2', app)
  expect(errorCode).toBe('0')
  expect((await standin.oapi('topapi/v2/user/getuserinfo', { code: result.code })).result.userid).toBe('linxiao')
  expect((await standin.oapi('topapi/v2/user/getuserinfo', { code: result.code })).errcode).toBe(40078)
  for (const other of [{ ...app, corpId: 'dingother' }, { ...app, clientId: 'other' }, {}])
    expect((await invoke('runtime.permission.requestAuthCodeV2', other)).errorCode).not.toBe('0')
})

it('believes dd.config only with a signature of the page that asks', async () => {
  const { jsapiTicket } = await standin.ding('/v1.0/oauth2/jsapiTickets', {})
  const sign = (url: string) =>
    createHash('sha256').update(`jsapi_ticket=${jsapiTicket}&noncestr=n&timestamp=1&url=${url}`).digest('hex')
  const config = { agentId: String(DINGTALK.agentId), corpId: DINGTALK.corpId, timeStamp: '1', nonceStr: 'n' }
  const ask = (more: object) => invoke('runtime.permission.requestJsApis', { ...config, ...more })
  expect((await ask({ signature: sign(`http://${own}/h5/?a=好`) })).errorCode).toBe('0')
  expect((await ask({ signature: sign(`http://${own}/h5/other`) })).errorCode).toBe('52013')
  expect((await ask({ signature: sign(`http://${own}/h5/?a=好`), agentId: '1' })).errorCode).not.toBe('0')
})

it('keeps the phone’s clipboard, and refuses what it does not know', async () => {
  await invoke('biz.clipboardData.setData', { text: '数量加到300套' })
  expect((await invoke('__clipboard')).result).toEqual({ text: '数量加到300套' })
  expect((await invoke('biz.chat.openSingleChat')).errorCode).toBe('1')
})
