import { beforeAll, expect, it } from 'vitest'
import { findDingtalk } from '../../domain/rule/find-dingtalk.js'
import { openClient } from './client.js'
import { openDingtalk } from './ding.js'
import { useScene } from './scene.js'

/** The same pages inside DingTalk: who opens them is logged in by their client, and customers' words come by hand. */
const scene = useScene({}, 'stream')
let wang: Awaited<ReturnType<typeof openDingtalk>>
beforeAll(async () => {
  wang = await openDingtalk(scene, 'ding_wanglei')
})

it('lets in who opens it, without a word: whoever is in WeCom too is the same one here', async () => {
  await wang.sees('选一位客户', '华强五金', '仁济骨科医院')
  expect(new URL(wang.page.url()).pathname).toBe('/h5/customers')
  const { db } = scene.rig
  const session = await db.session.findFirstOrThrow({ where: { platform: 'dingtalk' } })
  const platforms = await db.identity.findMany({
    where: { personId: session.personId, kind: 'member' },
    orderBy: { platform: 'asc' },
  })
  expect(platforms.map(({ platform, value }) => `${platform} ${value}`)).toEqual(['dingtalk ding_wanglei', 'wecom wanglei'])
})

it('says how a customer’s words get here, and takes them in one tap: words, whose, saved', async () => {
  await wang.sees('钉钉读不到客户聊天：粘贴到这里，或转发给机器人', '粘贴聊天记录')
  await wang.shot('dingtalk, pick a customer')
  expect(await wang.overflow()).toBe(0)
  await scene.rig.standin.clipboard('wanglei', '数量加到300套，下周五前能到吗')
  await wang.taps('粘贴聊天记录')
  await wang.sees('这是哪位客户说的？', '数量加到300套，下周五前能到吗', '刘主任', '黄老板')
  await wang.shot('dingtalk, whose words')
  await wang.taps(/^仁济骨科医院|仁济骨科医院/)
  await wang.sees('变了什么', '数量加到300套，下周五前能到吗')
  expect(await wang.isChosen(/^功能增减/)).toBe(true)
  await wang.shot('dingtalk, capture')
  await wang.taps('保存')
  await wang.sees('已捕获', '200 套', '300 套')
  expect(await wang.overflow()).toBe(0)
  await wang.shot('dingtalk, captured')
})

it('a picked customer’s words are pasted beside what was said before', async () => {
  await wang.opens('/h5/customers')
  await wang.taps(/华强五金/)
  await wang.sees('黄老板', '这家的需求')
  await scene.rig.standin.clipboard('wanglei', '螺栓改成500套')
  await wang.taps('粘贴')
  await wang.sees('变了什么', '螺栓改成500套')
  await wang.taps('关闭')
  await wang.seesNoMore('变了什么')
})

it('words forwarded to the robot are asked about, and a number puts them with the customer', async () => {
  const { ding: dingtalk } = scene.rig.standin
  const answers = async () => JSON.stringify((await dingtalk.state()).messages)
  await dingtalk.say({ userid: 'ding_wanglei', text: '再来200箱膨胀螺栓，老价格' })
  await scene.rig.waitFor(async () => (await answers()).includes('这是哪位客户说的？'))
  await wang.opens('/h5/customers')
  await wang.sees('再来200箱膨胀螺栓，老价格', '是谁说的？')
  await wang.shot('dingtalk, a forwarded sentence waits')
  await dingtalk.say({ userid: 'ding_wanglei', text: '华强五金' })
  await scene.rig.waitFor(async () => (await answers()).includes('记到华强五金了'))
  const kept = await scene.rig.db.message.findFirstOrThrow({ where: { text: '再来200箱膨胀螺栓，老价格', source: 'paste' } })
  await wang.opens(`/h5/chat/${kept.contactId}?capture=${kept.id}`)
  await wang.sees('变了什么', '再来200箱膨胀螺栓')
  await wang.page.reload()
  await wang.sees('黄老板')
  await wang.seesNoMore('变了什么')
  await wang.opens('/h5/customers')
  await wang.seesNoMore('是谁说的？')
})

it('a quote that the robot wrote is looked over here, sent, and its link copied: there is no chat to put it into', async () => {
  const { ding: dingtalk } = scene.rig.standin
  await dingtalk.say({ userid: 'ding_wanglei', text: '报价 华强五金 M8螺丝 20箱 含税' })
  const made = () => scene.rig.db.quote.findFirst({ where: { customer: { name: { contains: '华强' } }, firstSentAt: null } })
  await scene.rig.waitFor(async () => JSON.stringify((await dingtalk.state()).messages).includes('草稿写好了'))
  const quote = await made()
  await wang.opens(`/h5/quote/${quote?.id}/edit`)
  await wang.sees('M8', '10,400.00 元', '发出报价')
  expect(await wang.overflow()).toBe(0)
  await wang.shot('dingtalk, a draft')
  await wang.taps('发出报价')
  await wang.sees('还没给客户：复制链接发过去，或者让客户扫码')
  await wang.seesNoMore('放进聊天')
  await wang.taps('复制链接')
  await wang.sees('已复制')
  const given = async () => (await scene.rig.db.quoteVersion.findFirst({ where: { quoteId: quote?.id ?? '' } }))?.givenAt
  await scene.rig.waitFor(async () => Boolean(await given()))
  await wang.shot('dingtalk, a quote that was sent')
})

it('a code that was used before lets nobody in, says so, and a fresh one does', async () => {
  scene.browser.expectTrouble(/status of 400 .*\/auth\/dingtalk/)
  const page = await scene.browser.page({ viewport: { width: 375, height: 720 } })
  const body = (code: string, state: string) => JSON.stringify({ code, state })
  await page.route('**/auth/dingtalk', (route) =>
    route.continue({ postData: body('used-before', JSON.parse(route.request().postData() ?? '{}').state) }),
  )
  await page.goto(`http://linxiao.ding.bulou.localhost:${scene.rig.port}/h5/`)
  await page.getByText('登录已过期，请重新打开页面').waitFor()
  await page.screenshot({ path: 'test/screens/dingtalk, login refused.png' })
  await page.unroute('**/auth/dingtalk')
  await page.getByRole('button', { name: '再试一次' }).click()
  await page.getByText('选一位客户').waitFor()
  await page.context().close()
})

it('stands in the side panel of a PC and in half a phone', async () => {
  for (const [name, width, height] of [
    ['side panel', 480, 900],
    ['half sheet', 375, 420],
    ['wide', 1280, 800],
  ] as const) {
    await wang.page.setViewportSize({ width, height })
    await wang.opens('/h5/customers')
    await wang.sees('粘贴聊天记录', '华强五金')
    expect(await wang.overflow()).toBe(0)
    await wang.shot(`dingtalk, ${name}`)
  }
})

it('shows an administrator how DingTalk stands: connected, what it cost, who is where, what to copy', async () => {
  const admin = await openClient(scene, 'heping', { path: '/h5/admin/dingtalk', opened: { entry: 'normal' } })
  await admin.sees('Stream 已连上', '机器人消息', '月额度', '调用', '推送', '哪些放进钉钉待办？', '两边都有 2 位', '网页应用首页')
  expect(await admin.text()).toMatch(/机器人消息(刚刚|\d+分钟前)/)
  for (const [width, name] of [
    [375, 'phone'],
    [1280, 'wide'],
  ] as const) {
    await admin.page.setViewportSize({ width, height: 900 })
    await admin.shot(`admin, dingtalk ${name}`)
  }
  const calls = admin.page.getByRole('button', { name: '电话' })
  await calls.click()
  await admin.sees('已保存')
  expect(await calls.getAttribute('aria-pressed')).toBe('true')
  expect(await findDingtalk(scene.rig.db)).toEqual({ todos: 'own', ding: 'call' })
  await admin.page.getByRole('button', { name: '应用内' }).click()
  await admin.page.getByRole('button', { name: '复制' }).last().click()
  await admin.sees('复制好了')
  await admin.close()
})

it('is believed by the client: the page’s signature holds, and 自检 says so', async () => {
  await wang.page.setViewportSize({ width: 400, height: 860 })
  await wang.opens('/h5/check')
  await wang.sees('钉钉7.6.15', '王磊，钉钉认得你', '签名（dd.config）', '通过', '都没问题，可以用了')
  await wang.shot('dingtalk, check')
})

it('tells a plain browser which app to open it in', async () => {
  const page = await scene.browser.page({ viewport: { width: 1280, height: 800 } })
  await page.goto(`http://bulou.localhost:${scene.rig.port}/h5/ask/1`)
  await page.getByText('请在企业微信或钉钉里打开').waitFor()
  await page.screenshot({ path: 'test/screens/plain browser, which app.png' })
  await page.context().close()
})
