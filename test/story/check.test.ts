import { afterAll, beforeAll, expect, it } from 'vitest'
import { besideChatWith, openClient } from './client.js'
import { useScene } from './scene.js'

/** 自检: what only a page in the client can see, told by the page itself. */
const scene = useScene()
let client: Awaited<ReturnType<typeof openClient>>

beforeAll(async () => {
  client = await openClient(scene, 'wanglei', {
    path: '/h5/check',
    opened: besideChatWith('wmRenji'),
    viewport: { width: 375, height: 812 },
  })
})
afterAll(() => client?.close())

it('says that nobody is logged in and what a failing login means, in place of failing itself', async () => {
  await client.sees('企业微信', '还没有登录', 'redirect_uri 或 50001', 'wanglei.bulou.localhost')
  await client.shot('check 375, no login')
})

it('comes back from the login, and says so when the platform gives us no ticket', async () => {
  scene.browser.expectTrouble(/status of 500 .*\/api\/jssdk/)
  await scene.rig.standin.fault({ path: '/cgi-bin/ticket/get', mode: 'errcode', errcode: -1 })
  await client.taps('登录试试')
  await client.sees('王磊，企业微信认得你', '签名', '出了点问题', 'npm run doctor', '1 项要修')
  await client.shot('check 375, no signature')
})

it('is where the sidebar leads when it can not open', async () => {
  await client.page.goto(`${scene.rig.hostOf('wanglei')}/h5/`)
  await client.taps('自检一下')
  await client.sees('王磊，企业微信认得你', '签名', '1 项要修')
  await scene.rig.standin.clearFaults()
})

it('goes through to the customer', async () => {
  await client.taps('再查一遍')
  await client.sees(
    '王磊，企业微信认得你',
    '企业身份（config）',
    '应用身份（agentConfig）',
    '从单聊的聊天工具栏打开',
    '当前客户',
    '读得到',
    '都没问题，可以用了',
  )
})

it.each([375, 400, 1280])('stands well at %d, light and dark', async (width) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await client.page.setViewportSize({ width, height: 860 })
    await client.page.emulateMedia({ colorScheme })
    await client.sees('都没问题')
    const over = await client.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(over).toBeLessThanOrEqual(0)
    await client.shot(`check ${width} ${colorScheme}`)
  }
  await client.page.setViewportSize({ width: 375, height: 812 })
  await client.page.emulateMedia({ colorScheme: 'light' })
})

it('beside a group it reads the group, from the workbench it says where to go', async () => {
  await scene.rig.standin.open({ userid: 'wanglei', entry: 'group_chat_tools', chatId: 'wrGROUP' })
  await client.taps('再查一遍')
  await client.sees('从群聊的聊天工具栏打开', '当前客户群', '读得到')
  await scene.rig.standin.open({ userid: 'wanglei', entry: 'normal' })
  await client.taps('再查一遍')
  await client.sees('不是从聊天工具栏打开的', '聊天工具栏管理', '要看一眼')
  await client.shot('check 375, the workbench')
})

it('copies what it found, for the administrator', async () => {
  await client.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await client.taps('复制结果，发给管理员')
  await client.sees('复制好了')
})

it('in a plain browser it says where to open it', async () => {
  const page = await scene.browser.page({ viewport: { width: 400, height: 860 } })
  await page.goto(`http://bulou.localhost:${scene.rig.port}/h5/check`)
  await page.getByText('这里是普通浏览器').waitFor()
  await page.getByText('还没有登录').waitFor()
  await page.context().close()
})
