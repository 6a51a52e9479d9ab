import { getJsApiSignature } from '@wecom/crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProduct } from '../../simulator/testing/product.js'
import { AGENT_ID, CORP_ID, startForTest, type TestStandin } from '../../simulator/testing/start.js'
import { openPage, SDK } from './page.js'

/** The official JS-SDK in a page of the product, in a member's client. Signatures are made by @wecom/crypto. */
let standin: TestStandin
let product: Awaited<ReturnType<typeof startProduct>>
beforeAll(async () => {
  product = await startProduct(({ url }, res) => {
    const types: Record<string, string> = { '/sdk.js': 'text/javascript', '/cover.png': 'image/png' }
    res.setHeader('content-type', types[url.pathname] ?? 'text/html; charset=utf-8')
    res.end(url.pathname === '/sdk.js' ? SDK : '<!doctype html><html><head><script src="/sdk.js"></script></head></html>')
  })
  standin = await startForTest({ product: product.base })
  await standin.control('open', { userid: 'wanglei', entry: 'single_chat_tools', externalUserId: 'wmRenji' })
})
afterAll(async () => {
  await standin.close()
  await product.close()
})

const APIS = ['getContext', 'getCurExternalContact', 'getCurExternalChat', 'sendChatMessage', 'getClipboardData']
type Page = Awaited<ReturnType<typeof openPage>>
type Spoilt = { kind?: 'corp' | 'agent'; url?: string; agentid?: string }

async function ticket(kind: 'corp' | 'agent'): Promise<string> {
  const path = kind === 'corp' ? 'get_jsapi_ticket?' : 'ticket/get?type=agent_config&'
  return (await standin.json(`/cgi-bin/${path}access_token=${await standin.token()}`)).ticket
}

async function sign(url: string, kind: 'corp' | 'agent') {
  const { timestamp, nonceStr, signature } = getJsApiSignature({ url, ticket: await ticket(kind) })
  return { timestamp, nonceStr, signature }
}

/** Resolves with what the SDK reports when the client has looked at the page's signature. */
const register = ({ ww }: Page, apis = APIS) =>
  new Promise<{ errMsg: string }>((resolve) => {
    ww.register({
      corpId: CORP_ID,
      agentId: AGENT_ID,
      jsApiList: apis as never,
      getConfigSignature: (url) => sign(url, 'corp'),
      getAgentConfigSignature: (url) => sign(url, 'agent'),
      onAgentConfigComplete: resolve as never,
    })
  })
const open = (path = '/h5/?a=1#/chat') => openPage(standin, 'wanglei', path)

it('finds itself in WeCom', async () => {
  const { ww, dom } = await open()
  expect(dom.window.navigator.userAgent).toMatch(/wxwork\/4\.1\.\d+ MicroMessenger/)
  expect(ww.env.isWeCom).toBe(true)
})

it('accepts a page signed with the application ticket and tells it where it stands', async () => {
  const page = await open()
  expect((await register(page)).errMsg).toBe('agentConfig:ok')
  expect(await page.ww.getContext()).toMatchObject({ entry: 'single_chat_tools' })
  expect(await page.ww.getCurExternalContact()).toMatchObject({ userId: 'wmRenji', errMsg: 'getCurExternalContact:ok' })
  await expect(page.ww.getCurExternalChat()).rejects.toMatchObject({ errMsg: expect.stringContaining('fail without context') })
})

it.each([
  ['the corp ticket', { kind: 'corp' as const }, 40093],
  ['another url', { url: 'http://elsewhere.example/' }, 40093],
  ['another application', { agentid: '1' }, 40013],
])('refuses a page signed with %s', async (_, { kind = 'agent', url, agentid }: Spoilt, errCode) => {
  const { ww, dom } = await open()
  const signed = await sign(url ?? dom.window.location.href, kind)
  // Not by `register`, which leaves a rejected promise behind in every host.
  const config = {
    corpid: CORP_ID,
    agentid: agentid ?? `${AGENT_ID}`,
    ...signed,
    timestamp: `${signed.timestamp}`,
    jsApiList: APIS,
  }
  await expect(ww.invoke('agentConfig', config)).rejects.toMatchObject({ errMsg: 'agentConfig:fail', errCode })
  await expect(ww.invoke('getCurExternalContact')).rejects.toMatchObject({ errMsg: 'getCurExternalContact:fail no permission' })
})

it('sends a message into the open chat, where the archive hears it too', async () => {
  const page = await open()
  await register(page)
  await page.ww.sendChatMessage({ msgtype: 'text', enterChat: true, text: { content: '300套没问题，下周五能到' } } as never)
  const chats = (await standin.state()).chats as {
    externalUserId: string
    messages: { from: string; text: string; id: string }[]
  }[]
  const said = chats.find((c) => c.externalUserId === 'wmRenji')?.messages.at(-1)
  expect(said).toMatchObject({ from: 'rep', text: '300套没问题，下周五能到' })
  expect((await standin.control('callbacks')).some((c: { event: string }) => c.event === 'msgaudit_notify')).toBe(true)
})

it('puts a card into the chat when its picture can be fetched', async () => {
  const page = await open()
  await register(page)
  const news = { link: 'https://q.example.com/q/abc', title: '报价 7 · 一批螺丝', desc: '合计 700.00 元' }
  const put = (more: object) => page.ww.sendChatMessage({ msgtype: 'news', news: { ...news, ...more } } as never)
  const { port } = new URL(product.base)
  await put({ imgUrl: `http://cover.localhost:${port}/cover.png` })
  const said = ((await standin.state()).chats as { externalUserId: string; messages: object[] }[])
    .find((c) => c.externalUserId === 'wmRenji')
    ?.messages.at(-1)
  expect(said).toMatchObject({ from: 'rep', text: '[链接] 报价 7 · 一批螺丝', news })
  for (const imgUrl of ['', '/cover.png', `http://cover.localhost:${port}/page`])
    await expect(put({ imgUrl })).rejects.toMatchObject({ errMsg: expect.stringMatching(/fail invalid imgurl$/i) })
  await expect(put({ link: 'not an address' })).rejects.toMatchObject({ errMsg: expect.stringContaining('invalid params') })
})

it('refuses what is not in the list of the page, and what does not exist', async () => {
  const page = await open()
  await register(page, ['getContext'])
  await expect(page.ww.getCurExternalContact()).rejects.toMatchObject({ errMsg: 'getCurExternalContact:fail no permission' })
  await expect(page.ww.createTodo({ content: 'x' } as never)).rejects.toMatchObject({ errMsg: 'createTodo:function not exist' })
})

it('has no customer to speak of outside a chat', async () => {
  await standin.control('open', { userid: 'lina', entry: 'normal' })
  const page = await openPage(standin, 'lina', '/h5/')
  await register(page)
  expect(await page.ww.getContext()).toMatchObject({ entry: 'normal' })
  await expect(page.ww.getCurExternalContact()).rejects.toMatchObject({ errMsg: expect.stringContaining('without context') })
  const text = { msgtype: 'text', text: { content: '在吗' } }
  await expect(page.ww.sendChatMessage(text as never)).rejects.toMatchObject({
    errMsg: expect.stringContaining('without context'),
  })
})

it("knows the group it stands in, and speaks there in the member's own name", async () => {
  await standin.control('open', { userid: 'zhaoqiang', entry: 'group_chat_tools', chatId: 'wrRenjiSupply' })
  const page = await openPage(standin, 'zhaoqiang', '/h5/')
  await register(page)
  expect(await page.ww.getContext()).toMatchObject({ entry: 'group_chat_tools' })
  expect(await page.ww.getCurExternalChat()).toMatchObject({ chatId: 'wrRenjiSupply', errMsg: 'getCurExternalChat:ok' })
  await expect(page.ww.getCurExternalContact()).rejects.toMatchObject({ errMsg: expect.stringContaining('without context') })
  await page.ww.sendChatMessage({ msgtype: 'text', text: { content: '参数表发群里了' } } as never)
  const [group] = (await standin.state()).customerGroups
  expect(group.messages.at(-1)).toMatchObject({ from: 'zhaoqiang', text: '参数表发群里了' })
})

it('reads the clipboard', async () => {
  await standin.control('clipboard', { userid: 'wanglei', text: '数量加到300套' })
  const page = await open()
  await register(page)
  expect(await page.ww.getClipboardData()).toMatchObject({ data: '数量加到300套' })
})

it('takes the corp configuration of an older client for its own ticket only', async () => {
  const url = `http://${standin.hostOf('wanglei')}/h5/`
  const call = async (kind: 'corp' | 'agent') => {
    const { timestamp, nonceStr, signature } = await sign(url, kind)
    const params = { verifyAppId: CORP_ID, verifyTimestamp: `${timestamp}`, verifyNonceStr: nonceStr, verifySignature: signature }
    const body = { name: 'preVerifyJSAPI', params, url }
    return JSON.parse((await standin.ask('/__device/invoke', { host: standin.hostOf('wanglei'), body })).text).result
  }
  expect(await call('corp')).toEqual({ err_msg: 'preVerifyJSAPI:ok' })
  expect(await call('agent')).toMatchObject({ err_code: 40093 })
})
