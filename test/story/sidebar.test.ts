import { beforeAll, expect, it } from 'vitest'
import { besideChatWith, openClient } from './client.js'
import { useScene } from './scene.js'

/** The product's own page in WeCom's window, at every width that a window has. */
const scene = useScene()
let client: Awaited<ReturnType<typeof openClient>>
beforeAll(async () => {
  client = await openClient(scene, 'wanglei', { opened: besideChatWith('wmRenji') })
})

const says = (text: string, externalUserId = 'wmRenji') =>
  scene.rig.standin.customerSays({ rep: 'wanglei', externalUserId, text })

it('logs in with a cookie that no script can read', async () => {
  await client.sees('刘主任', '收到，院里流程走完了')
  const [session, ...more] = await client.page.context().cookies()
  expect(more).toEqual([])
  expect(session).toMatchObject({ name: 'bulou_session', httpOnly: true, sameSite: 'Lax' })
  expect(await client.page.evaluate(() => document.cookie)).toBe('')
})

it('is allowed the calls of its application by a signature that the client checks', async () => {
  type Bridge = { invoke(name: string, params: object, callback: (result: { err_msg: string }) => void): void }
  const other = await openClient(scene, 'wanglei')
  await other.sees('刘主任')
  const ask = (name: string, params: object = {}) =>
    other.page.evaluate(
      ([api, given]) =>
        new Promise<{ err_msg: string; userId?: string }>((resolve) =>
          (window as unknown as { WeixinJSBridge: Bridge }).WeixinJSBridge.invoke(api, given, resolve),
        ),
      [name, params] as const,
    )
  // The page has registered with @wecom/jssdk: a bare call of the bridge is now this application's.
  expect(await ask('getCurExternalContact')).toMatchObject({ err_msg: 'getCurExternalContact:ok', userId: 'wmRenji' })
  const signed = await other.page.evaluate(
    async () =>
      (await (await fetch(`/api/jssdk?url=${encodeURIComponent(location.href)}`)).json()) as {
        corpId: string
        agentId: number
        agent: { timestamp: number; nonceStr: string; signature: string }
      },
  )
  const config = { corpid: signed.corpId, agentid: signed.agentId, ...signed.agent, jsApiList: ['getContext'] }
  expect(await ask('agentConfig', config)).toMatchObject({ err_msg: 'agentConfig:ok' })
  expect(await ask('agentConfig', { ...config, nonceStr: 'another' })).toMatchObject({ err_msg: 'agentConfig:fail' })
  await other.close()
})

it('fits every width, light and dark, without scrolling sideways', async () => {
  await says('交期改成下周五吧，数量加到300套')
  await client.sees('疑似变更')
  const { page } = client
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  for (const width of [320, 375, 400, 1280]) {
    await page.setViewportSize({ width, height: 860 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(`${await overflow()} at ${width}`).toBe(`0 at ${width}`)
      await client.shot(`sidebar ${width} ${colorScheme}, found`)
      await client.taps('捕获需求变更')
      await client.sees('变了什么')
      expect(`${await overflow()} at ${width}`).toBe(`0 at ${width}`)
      await client.shot(`sidebar ${width} ${colorScheme}, sheet`)
      await client.taps('关闭')
      await client.seesNoMore('变了什么')
    }
  }
  await page.setViewportSize({ width: 400, height: 860 })
  await page.emulateMedia({ colorScheme: 'light' })
})

it('shows the words of a customer as words, whatever they are', async () => {
  const words = '<img src=x onerror=alert(1)><script>alert(2)</script>数量加到400套"\'`&amp;{{1+1}}'
  await says(words)
  await client.sees(words)
  await client.taps('捕获需求变更')
  await client.sees('变了什么')
  await client.shot('sidebar, words that look like code')
  await client.types('备注', '<b>备注</b>')
  await client.taps('保存')
  await client.sees('已捕获', '备注：<b>备注</b>')
  await scene.rig.standin.advanceClock(10_000)
  await client.taps(/^需求 1 · .*次变更/)
  await client.sees('第 1 步', words, '<b>备注</b>')
  const zhao = await openClient(scene, 'zhaoqiang', { path: await askPath('zhaoqiang') })
  await zhao.sees('待确认', words, '<b>备注</b>')
  await zhao.shot('ask page, words that look like code')
  for (const { page } of [client, zhao]) expect(await page.locator('img[src="x"], main script, main b').count()).toBe(0)
  await zhao.close()
  await client.taps('返回')
})

/** The page behind the newest card of somebody. */
async function askPath(userid: string): Promise<string> {
  const card = await scene.rig.waitFor(async () =>
    (await scene.rig.standin.state()).cards.findLast((each) => each.userid === userid),
  )
  const { pathname } = new URL((card.card as { card_action: { url: string } }).card_action.url)
  return pathname
}

it('keeps what was typed while the network is away, and sends it once it is back', async () => {
  scene.browser.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  const sun = await openClient(scene, 'sunyue', { path: `${await askPath('sunyue')}?as=assess-impact` })
  await sun.types('影响到什么？', '库存只够 300 套')
  await sun.page.context().setOffline(true)
  await sun.taps('答复「有影响」')
  await sun.sees('网络断了，连上后再试一次')
  await sun.shot('ask page, offline')
  expect(await sun.hasTyped('影响到什么？')).toBe('库存只够 300 套')
  await sun.page.context().setOffline(false)
  await sun.page.reload()
  await sun.sees('影响到什么？')
  expect(await sun.hasTyped('影响到什么？')).toBe('库存只够 300 套')
  await sun.taps('答复「有影响」')
  await sun.sees('孙悦答复了「有影响」', '「库存只够 300 套」')
  await sun.close()
})

it('comes back by itself after the server was killed, and shows what was missed', async () => {
  scene.browser.expectTrouble(/status of 50[24]|ERR_(EMPTY_RESPONSE|CONNECTION|INCOMPLETE)/)
  const [server] = scene.rig.servers
  await client.sees('刘主任')
  await client.marks()
  await server?.kill()
  await client.sees('连接断开，正在重连…')
  await client.shot('sidebar, the line is cut')
  await says('对了，发票抬头改成仁济集团')
  await server?.start()
  await client.sees('对了，发票抬头改成仁济集团')
  await client.seesNoMore('连接断开，正在重连…')
  expect(await client.isMarked()).toBe(true)
})
