import { beforeAll, expect, it } from 'vitest'
import { waitFor } from '../rig/wait-for.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

/** A visitor of the demo brings a new customer, calls, and speaks in the customer's group: the product answers each. */
const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

async function bring(name: string, { half = false, channel = '' } = {}) {
  await desk.customers.taps('新客户加好友')
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel('客户怎么称呼').fill(name)
  if (channel) await dialog.getByLabel('从哪个渠道来').selectOption(channel)
  if (half) await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '加好友' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

it('shows who came and from where, with the tap that makes an opportunity', async () => {
  await bring('秦经理', { channel: '展会' })
  await desk.sidebar.sees('秦经理', '新客户', '展会', '建商机')
  await desk.shot('desk, somebody new')
  await desk.sidebar.taps('建商机')
  await desk.sidebar.sees('撤销')
})

it('shows somebody whom the rep has not confirmed yet, and nobody twice once they are', async () => {
  const before = await scene.rig.db.firstContact.count()
  await bring('葛工', { half: true })
  // WeCom tells nobody's name before that.
  await desk.sidebar.sees('新联系人', '新客户', '等你通过')
  await desk.page.getByRole('button', { name: '通过', exact: true }).click()
  await desk.page.getByRole('button', { name: '通过', exact: true }).waitFor({ state: 'hidden' })
  await desk.sidebar.sees('葛工', '新客户', '加了好友')
  await desk.sidebar.seesNoMore('等你通过')
  expect(await scene.rig.db.firstContact.count()).toBe(before + 1)
})

it("hears a call from a customer's phone", async () => {
  await desk.opensChatWith('黄老板')
  await desk.page.getByRole('button', { name: '微信通话' }).click()
  await desk.page.getByRole('menuitem', { name: '黄老板打来，说了 3 分钟' }).click()
  await desk.chat.sees('语音通话 03:12')
  await waitFor(async () => (await scene.rig.db.call.count()) > 0)
  expect(await scene.rig.db.call.findMany({ select: { seconds: true, direction: true } })).toEqual([
    { seconds: 192, direction: 'in' },
  ])
})

it('stands beside a group and says which of its people spoke', async () => {
  await desk.customers.taps(/仁济骨科供货群/)
  await desk.page.getByRole('radio', { name: /吴工/ }).check({ force: true })
  const composer = desk.page.getByRole('textbox', { name: /的身份说$/ })
  await composer.fill('那先加 20 把 2.7 的钻头，跟钢板一起送')
  await composer.press('Enter')
  await desk.chat.sees('那先加 20 把 2.7 的钻头，跟钢板一起送')
  await desk.sidebar.sees('仁济骨科供货群', '这是仁济骨科医院的群？')
  await desk.sidebar.taps('就是他们')
  await desk.sidebar.sees('仁济骨科医院', '吴工', '那先加 20 把 2.7 的钻头，跟钢板一起送')
  await desk.shot('desk, in a group')
})
