import { beforeAll, expect, it } from 'vitest'
import { besideChatWith, openClient } from './client.js'
import { useScene } from './scene.js'

/** A new order beside the running one, and what an administrator sees of how it was understood. */
const scene = useScene()
let rep: Awaited<ReturnType<typeof openClient>>
beforeAll(async () => {
  rep = await openClient(scene, 'wanglei', { opened: besideChatWith('wmHuaqiang') })
})

const says = (text: string) => scene.rig.standin.customerSays({ rep: 'wanglei', externalUserId: 'wmHuaqiang', text })
const sent = () => scene.rig.standin.calls('/cgi-bin/message/send')
const overflow = ({ page }: typeof rep) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

it('is offered quietly, and is no 疑似变更', async () => {
  await rep.sees('黄老板', '这家的需求')
  await says('另外再下一单，六角螺栓200箱')
  await rep.sees('像是新单：六角螺栓 200 箱', '记为新需求')
  await rep.seesNoMore('疑似变更')
  await rep.shot('sidebar, a new need')
})

it('is recorded with one tap, however often it is tapped, and taken back with another', async () => {
  await rep.tapsTwice('记为新需求')
  await rep.sees('已记为新需求，10 秒内可撤销', /需求\d+·六角螺栓200箱/, '已捕获')
  expect(await scene.rig.db.requirementChange.count()).toBe(1)
  await rep.shot('sidebar, a new need was recorded')
  await rep.taps(/^撤销/)
  await rep.sees('已撤销，没有通知任何人', '像是新单')
  await rep.seesNoMore('六角螺栓200箱·')
})

it('recorded again, it stands, and nobody is asked or told', async () => {
  await rep.taps('记为新需求')
  await rep.sees('已记为新需求')
  await scene.rig.standin.advanceClock(10_000)
  await rep.sees('已记下', /需求\d+·六角螺栓200箱200箱没变过/)
  expect(await scene.rig.db.ask.count()).toBe(0)
  expect(await sent()).toEqual([])
})

it('an administrator sees what was understood and why, at every width', async () => {
  await says('膨胀螺栓数量加到300套')
  await rep.sees('疑似变更')
  const admin = await openClient(scene, 'heping', { path: '/h5/admin/findings' })
  await admin.sees(
    '听懂了什么',
    '膨胀螺栓数量加到300套',
    /疑似变更\d\.\d\d/,
    /规则.*模型/,
    '数量 从 200 套 → 改成 300 套',
    '模型看重',
  )
  await admin.seesNoMore('另外再下一单')
  await admin.taps('全部')
  await admin.sees('另外再下一单，六角螺栓200箱', '新单', '已捕获')
  for (const width of [375, 400, 1280]) {
    await admin.page.setViewportSize({ width, height: 860 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await admin.page.emulateMedia({ colorScheme })
      expect(await overflow(admin)).toBe(0)
      await admin.shot(`admin, findings ${width} ${colorScheme}`)
    }
  }
  await rep.taps('不是变更')
  await rep.sees('已标为不是变更')
  // The rep's page says so before the server has heard it.
  await expect.poll(() => scene.rig.db.messageLabel.count(), { timeout: 20_000 }).toBe(1)
  await admin.taps('有分歧')
  await admin.sees('膨胀螺栓数量加到300套', '王磊 不是变更')
  await admin.close()
})

it('and sets keywords, with who changed what', async () => {
  const admin = await openClient(scene, 'heping', { path: '/h5/admin/keywords' })
  await admin.sees('还没有关键词')
  await admin.types('加几个词', '改模，换料')
  await admin.taps('保存')
  await admin.sees('谁改过', '加了 改模、换料', '何平')
  await admin.taps('去掉 换料')
  await admin.taps('保存')
  await admin.sees('去掉 换料')
  await admin.shot('admin, keywords')
  await says('这批要改模')
  await rep.sees('这批要改模', '疑似变更')
  await admin.close()
})

it('what is not for a rep stays shut', async () => {
  scene.browser.expectTrouble(/status of 403 .*\/api\/admin\//)
  const shut = await openClient(scene, 'wanglei', { path: '/h5/admin/findings' })
  await shut.sees('这里打不开')
  await shut.close()
})
