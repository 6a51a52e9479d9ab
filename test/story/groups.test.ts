import { beforeAll, expect, it } from 'vitest'
import { openClient } from './client.js'
import { useScene } from './scene.js'

/** The sidebar beside a customer group: tied once, then about that customer, and who of them spoke stays known. */
const scene = useScene()
const chatId = 'wrRenjiSupply'
let client: Awaited<ReturnType<typeof openClient>>
beforeAll(async () => {
  // Of a group that nobody has met yet WeCom is asked first.
  scene.browser.expectTrouble(/status of 404 .*\/api\/groups/)
  client = await openClient(scene, 'wanglei', { opened: { entry: 'group_chat_tools', chatId } })
})

const says = (from: string, text: string) => scene.rig.standin.groupSays({ chatId, from, text })

it('opens on the group by itself, proposes whose it is, and is tied with one tap that can be taken back', async () => {
  await client.sees('仁济骨科供货群', '这是仁济骨科医院的群？', '刘主任')
  expect(new URL(client.page.url()).pathname).toBe('/h5/group')
  await client.shot('group, whose is it')
  await client.tapsTwice('就是他们')
  await client.sees('仁济骨科供货群', '仁济骨科医院', '这家的需求', '锁定钢板')
  await client.shot('group, tied')
  await client.taps(/^撤销\d*$/)
  await client.sees('这是仁济骨科医院的群？')
  await client.taps('换一家')
  await client.sees('这是哪家客户的群？', '华强')
  await client.shot('group, another customer')
  await client.taps(/^仁济骨科医院/)
  await client.sees('这家的需求')
})

it('says who of them spoke, and a capture keeps it', async () => {
  await says('wmRenji', '板子的事听吴工的')
  await says('wmRenjiWu', '数量加到300套，交期改成下周五')
  await client.sees('吴工', '数量加到300套', '疑似变更')
  await client.shot('group, somebody asks for a change')
  await client.taps('捕获需求变更')
  await client.sees('变了什么', '吴工')
  await client.shot('group, capture')
  await client.taps('保存')
  await client.sees('已捕获')
  const { db } = scene.rig
  const change = await scene.rig.waitFor(() =>
    db.requirementChange.findFirst({ include: { evidence: true, requirement: { include: { customer: true } } } }),
  )
  expect(change.requirement.customer.name).toBe('仁济骨科医院')
  expect(JSON.stringify(change.evidence?.messages)).toContain('"name":"吴工"')
})

it('a picture of the group is fetched when it is tapped', async () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await scene.rig.standin.archiveRecord({ from: 'wmRenjiWu', chatId, msgtype: 'image', media: png })
  await client.sees('[图片]', '点开看')
  await client.taps(/点开看/)
  await client.page.getByRole('img', { name: '图片' }).waitFor({ timeout: 30_000 })
  await client.shot('group, a picture')
})

it('提醒我 is about the customer of the group', async () => {
  await client.taps('提醒我')
  await client.sees('明早')
  await client.taps(/^明早/)
  const { db } = scene.rig
  const reminder = await scene.rig.waitFor(() =>
    db.reminder.findFirst({ where: { kind: 'personal' }, include: { customer: true } }),
  )
  expect(reminder.customer?.name).toBe('仁济骨科医院')
})

it('what colleagues answered is put into the group', async () => {
  const { rig } = scene
  await rig.standin.advanceClock(10_000)
  const asks = await rig.waitFor(async () => {
    const open = await rig.db.ask.findMany({ where: { answeredAt: null, closedAt: null, askedAt: { not: null } } })
    return open.length >= 2 ? open : null
  })
  for (const { id, personId, purpose } of asks) {
    const { value } = await rig.db.identity.findFirstOrThrow({ where: { personId, kind: 'member' } })
    const action = purpose === 'confirm' ? 'confirm-can' : 'assess-no-impact'
    expect((await rig.person(value).insist('POST', `/api/asks/${id}/actions/${action}`, { note: null })).status).toBe(200)
  }
  await client.sees('都答复了')
  await client.taps('放进聊天')
  await client.sees('已放进聊天')
  await client.shot('group, the reply stands in it')
})

it('what is pasted without a name asks who said it, once', async () => {
  await scene.rig.standin.clipboard('wanglei', '螺钉再加两盒，走原来的账期')
  await client.taps('粘贴')
  await client.sees('这话是谁说的？', '方护士长')
  await client.shot('group, who said it')
  await client.taps('方护士长')
  await client.sees('捕获需求变更', '螺钉再加两盒')
  const { db } = scene.rig
  const find = () => db.message.findFirst({ where: { source: 'paste' }, include: { contact: true, group: true } })
  const said = await scene.rig.waitFor(find)
  expect([said.contact.name, said.group?.chatId]).toEqual(['方护士长', chatId])
})

it('is there for a colleague who sits in the group, and for nobody else', async () => {
  const zhao = await openClient(scene, 'zhaoqiang', { opened: { entry: 'group_chat_tools', chatId } })
  await zhao.sees('仁济骨科供货群', '数量加到300套')
  await zhao.close()
  const chen = await openClient(scene, 'chenjing', { opened: { entry: 'group_chat_tools', chatId } })
  await chen.sees('没有找到', '正在向企业微信核对你在不在这个群')
  await chen.shot('group, not theirs')
  await chen.close()
})

it('fits every width, light and dark', async () => {
  const { page } = client
  await page.keyboard.press('Escape')
  for (const width of [320, 375, 400, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 860 })
      await page.emulateMedia({ colorScheme })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(`${overflow} at ${width}`).toBe(`0 at ${width}`)
      await client.shot(`group ${width} ${colorScheme}`)
    }
})
