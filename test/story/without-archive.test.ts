import { beforeAll, expect, it } from 'vitest'
import { besideChatWith, openClient } from './client.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

/** Most organisations have not bought the archive: everything must be reachable by paste alone. */
const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

it('says so in the sidebar when the archive is switched off', async () => {
  await desk.sidebar.sees('会话存档已开', '收到，院里流程走完了')
  await desk.all.taps('没买')
  await desk.all.sees('没买会话存档：在聊天里复制，到侧边栏里粘贴')
  await desk.sidebar.sees('这里读不到聊天：复制客户的话，点下面的「粘贴」')
})

it('takes one bare sentence: one tap, no question, then the same capture', async () => {
  const { sidebar } = desk
  await desk.customer('刘主任').says('数量加到300套，下周五前能到吗')
  await desk.chat.sees('数量加到300套')
  await desk.chat.taps('复制')
  await desk.all.sees('已复制，可以到侧边栏里粘贴')
  await sidebar.taps('粘贴')
  await sidebar.sees('变了什么')
  expect(await sidebar.isChosen(/^功能增减/)).toBe(true)
  expect(await sidebar.isChosen(/数量加到300套，下周五前能到吗/)).toBe(true)
  await desk.shot('desk, captured from a pasted sentence')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获', '200 套', '300 套')
  await scene.rig.standin.advanceClock(10_000)
  await desk.phone('赵强').sees('待确认：仁济骨科医院', '数量加到300套')
})

it('takes a copied run of messages with their names and times', async () => {
  const { sidebar } = desk
  await desk.customer('黄老板').says('小王，螺栓改成500套')
  await desk.rep('王磊').says('好的，我马上确认一下，今天给您答复')
  await desk.chat.sees('今天给您答复')
  await desk.all.taps('复制最近五条聊天')
  await desk.all.sees('已复制')
  await sidebar.taps('粘贴')
  await sidebar.sees('变了什么')
  expect(await sidebar.isChosen(/小王，螺栓改成500套/)).toBe(true)
  await sidebar.taps('关闭')
  await sidebar.sees('黄老板', '小王，螺栓改成500套', '好的，我马上确认一下')
  // What the archive had brought before is not there twice.
  expect((await sidebar.text()).split('小王，膨胀螺栓M10×80来200套，老价格')).toHaveLength(2)
  const kept = await scene.rig.db.message.findMany({ where: { source: 'paste' }, orderBy: { id: 'asc' } })
  expect(kept.map(({ speaker, text }) => `${speaker}: ${text}`).slice(-2)).toEqual([
    'customer: 小王，螺栓改成500套',
    'rep: 好的，我马上确认一下，今天给您答复',
  ])
})

it('asks once who is on whose side when nobody here knows the names', async () => {
  const { sidebar } = desk
  const copied = '阿强 2026/11/20 09:12:03\n这批螺栓再加100套\n\n林工 2026/11/20 09:13:10\n收到，我来安排'
  await scene.rig.standin.clipboard('wanglei', copied)
  await sidebar.taps('粘贴')
  await sidebar.sees('哪几位是客户那边的？', '阿强', '林工')
  await sidebar.taps('阿强')
  await desk.shot('sidebar, who is on whose side')
  await sidebar.taps('就是他们')
  await sidebar.sees('变了什么')
  await sidebar.seesNoMore('哪几位是客户那边的？')
  expect(await sidebar.isChosen(/这批螺栓再加100套/)).toBe(true)
  await sidebar.taps('关闭')
  const kept = await scene.rig.db.message.findMany({ where: { source: 'paste' }, orderBy: { id: 'desc' }, take: 2 })
  expect(kept.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual(['rep: 收到，我来安排', 'customer: 这批螺栓再加100套'])
})

it('lets the rep pick a customer where no chat stands beside the page', async () => {
  const client = await openClient(scene, 'wanglei', { opened: { entry: 'normal' } })
  await client.sees('选一位客户', '仁济骨科医院', '华强五金', '1 个变更在推进')
  await client.seesNoMore('金海机电')
  await client.types('找客户', '黄')
  await client.seesNoMore('仁济骨科医院')
  await client.shot('client, pick a customer')
  await client.taps(/华强五金/)
  await client.sees('黄老板', '这家的需求')
  await client.close()
})

it('in a group that WeCom does not know of says so, and lets the rep pick a customer', async () => {
  scene.browser.expectTrouble(/status of 404 .*wrGroup/)
  const client = await openClient(scene, 'wanglei', { opened: { entry: 'group_chat_tools', chatId: 'wrGroup' } })
  await client.sees('正在向企业微信核对你在不在这个群')
  await client.shot('client, beside a group')
  await client.taps('选客户')
  await client.sees('选一位客户')
  await client.close()
})

it('opens for a new friend whom nobody has recorded yet', async () => {
  // WeCom doesn't know of this one, and may say so while the page opens: then it is out of sight again.
  scene.browser.expectTrouble(/status of 404 .*(\/api\/live|wmNewFriend)/)
  const client = await openClient(scene, 'wanglei', { opened: besideChatWith('wmNewFriend') })
  await client.sees('还没有归到哪家客户', '粘贴')
  await client.shot('client, a new friend')
  await client.close()
})

it("does not show another rep's customer", async () => {
  scene.browser.expectTrouble(/status of 404 .*wmJinhai/)
  const client = await openClient(scene, 'wanglei', { opened: besideChatWith('wmJinhai') })
  await client.sees('没有找到', '目前由其他同事跟进')
  await client.seesNoMore('金海机电', '金经理')
  await client.shot("client, another rep's customer")
  await client.close()
})

it('shows a plain browser the way into WeCom, and with a session the same pages', async () => {
  const { rig, browser } = scene
  const plain = `http://bulou.localhost:${rig.port}`
  const stranger = await browser.page()
  await stranger.goto(`${plain}/h5/`)
  await stranger.getByText('请在企业微信客户端打开链接').waitFor()
  await stranger.context().close()

  const client = await openClient(scene, 'wanglei', { opened: { entry: 'normal' } })
  await client.sees('选一位客户')
  const cookies = (await client.page.context().cookies()).map((cookie) => ({ ...cookie, domain: 'bulou.localhost' }))
  await client.page.context().addCookies(cookies)
  await client.page.goto(`${plain}/h5/`)
  await client.sees('选一位客户', '仁济骨科医院')
  await client.taps(/仁济骨科医院/)
  await client.sees('刘主任')
  await client.taps('粘贴')
  await client.sees('粘贴客户的话')
  await client.types('客户的话', '再加50套空心钉')
  await client.shot('plain browser, paste by hand')
  await client.taps('看看有没有变更')
  await client.sees('变了什么', '空心钉')
  await client.close()
})
