import { beforeAll, expect, it } from 'vitest'
import { openClient } from './client.js'
import { useScene } from './scene.js'

/** 企业微信: what an administrator sees of it, and the codes that customers scan. */
const scene = useScene()
let heping: Awaited<ReturnType<typeof openClient>>
beforeAll(async () => {
  heping = await openClient(scene, 'heping', { path: '/h5/admin/wecom' })
})

async function standsWell(name: string) {
  const { page } = heping
  for (const width of [375, 400, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 860 })
      await page.emulateMedia({ colorScheme })
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(over).toBeLessThanOrEqual(0)
      await heping.shot(`${name} ${width} ${colorScheme}`)
    }
  await page.setViewportSize({ width: 400, height: 860 })
  await page.emulateMedia({ colorScheme: 'light' })
}

it('says that everybody’s customers are here, and looks again when it is wanted', async () => {
  await scene.rig.waitFor(async () => (await scene.rig.db.touch.count({ where: { source: 'add' } })) > 0)
  await heping.page.reload()
  await heping.sees('客户同步', '位同事', '位客户')
  await standsWell('platform')
  await heping.taps('现在同步')
  await heping.sees('开始同步，有新的会自己补上')
  await heping.sees('现在同步')
})

it('the welcome that is set here is what the next customer reads', async () => {
  await heping.types('加上好友后，以销售的名义发给客户', '您好，有需要随时找我')
  await heping.taps('保存')
  await heping.sees('已保存，之后加的客户会收到')
  const { externalUserId } = await scene.rig.standin.addContact({ rep: 'wanglei', name: '新客户' })
  const said = () =>
    scene.rig.standin
      .state()
      .then(({ chats }) => chats.find((chat) => chat.externalUserId === externalUserId)?.messages.map((one) => one.text))
  await scene.rig.waitFor(async () => (await said())?.includes('您好，有需要随时找我') ?? false)
  expect(await said()).toHaveLength(1)
})

it('shows what the platform told and nobody here understands', async () => {
  const fields = { FromUserName: 'sys', CreateTime: 1_790_000_000, MsgType: 'event', Event: 'open_approval_change' }
  await scene.rig.standin.callback({ fields })
  await scene.rig.waitFor(async () => (await scene.rig.db.inbox.count({ where: { reason: { not: null } } })) > 0)
  await heping.page.reload()
  await heping.sees('open-approval-change', '1 次')
})

it('a code for a channel: made in two taps, scanned, counted', async () => {
  await heping.taps('每个渠道一个码，谁从哪来一看就知道')
  await heping.sees('还没有渠道活码')
  await heping.taps('新建一个')
  await heping.types('渠道', '苏州展会')
  await heping.taps(/王磊/)
  await heping.taps('生成')
  await heping.sees('苏州展会', '还没有人扫')
  await standsWell('contact ways')
  const way = await scene.rig.waitFor(() => scene.rig.db.contactWay.findFirst({ where: { configId: { not: null } } }))
  await scene.rig.standin.addContact({ way: way.configId ?? '', name: '扫码的人' })
  await scene.rig.waitFor(async () => (await scene.rig.db.firstContact.count({ where: { channel: way.state } })) === 1)
  await heping.page.reload()
  await heping.sees('来了 1 位新客户')
})
