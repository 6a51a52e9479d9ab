import { beforeAll, expect, it } from 'vitest'
import { openClient } from './client.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

const scene = useScene()
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

const personId = async (userid: string) =>
  (await scene.rig.db.identity.findFirstOrThrow({ where: { kind: 'member', value: userid } })).personId as string
const sentTo = async (userid: string) =>
  (await scene.rig.standin.calls('/cgi-bin/message/send')).filter(({ body }) => (body as { touser: string }).touser === userid)
    .length

it('what waits for a colleague who leaves stands on one card of the manager', async () => {
  const { sidebar } = desk
  await desk.customer('刘主任').says('交期改成下周五吧，数量加到300套')
  await sidebar.sees('疑似变更')
  await sidebar.taps('捕获需求变更')
  await sidebar.taps('保存')
  await sidebar.sees('已捕获')
  await scene.rig.standin.advanceClock(10_000)
  await desk.phone('赵强').sees('待确认：仁济骨科医院')
  await scene.rig.standin.leave('zhaoqiang')
  await desk.phone('李娜').sees('赵强离职 · 1 件未了', '仁济骨科医院还在等确认')
  await desk.shot('desk, a colleague left')
  expect(await sentTo('lina')).toBe(1)
})

it('the manager answers in their place, and the rep hears', async () => {
  const client = await openClient(scene, 'lina', {
    path: `/h5/handover/${await personId('zhaoqiang')}`,
    viewport: { width: 375, height: 812 },
  })
  await client.sees('赵强离职交接', '由李娜处理', '未了的事', '李娜在办')
  await client.taps(/仁济骨科医院还在等/)
  await client.sees('需求变更待答复')
  await client.close()
  const ask = await scene.rig.db.ask.findFirstOrThrow({ where: { purpose: 'confirm' } })
  const page = await openClient(scene, 'lina', { path: `/h5/ask/${ask.id}` })
  await page.taps('能做')
  await page.taps('答复「能做」')
  await page.sees('李娜答复了「能做」')
  await page.close()
  await desk.phone('王磊').sees('李娜：能做')
})

it('a rep leaves: logged out at once, and their customers have notes', async () => {
  const rep = await openClient(scene, 'wanglei', { path: '/h5/customers' })
  await rep.sees('选一位客户', '仁济骨科医院')
  await scene.rig.standin.leave('wanglei')
  await desk.phone('李娜').sees('王磊离职 · 2 位客户')
  expect(await rep.page.evaluate(async () => (await fetch('/api/me')).status)).toBe(401)
  await rep.close()
  const leaver = await personId('wanglei')
  const client = await openClient(scene, 'lina', { path: `/h5/handover/${leaver}` })
  await client.sees('王磊离职交接', '0 / 2 位已交出', '仁济骨科医院', '华强五金')
  await client.page.getByRole('listitem').filter({ hasText: '仁济骨科医院' }).getByRole('link', { name: '交接单' }).click()
  await client.sees('交接单', '原来由王磊跟进', '刘主任', '锁定钢板', '200 套 → 300 套', '李娜：能做', '还没回客户', '最后说的话')
  await client.shot('handover 400, the note')
  await client.close()
})

it('customers are given all at once, taken back, and given one by one', async () => {
  const leaver = await personId('wanglei')
  const client = await openClient(scene, 'lina', { path: `/h5/handover/${leaver}`, viewport: { width: 375, height: 812 } })
  const give = async (name: string) => {
    await client.taps(/位交给…$/)
    await client.page.getByRole('radio', { name: new RegExp(name) }).check()
    await client.taps(`交给${name}`)
  }
  await client.taps('全选')
  await give('陈静')
  await client.sees('2 / 2 位已交出', '李娜交给了陈静')
  await client.page.getByRole('button', { name: '撤销' }).first().click()
  await client.sees('0 / 2 位已交出', '收回来了')
  await client.page.getByRole('checkbox', { name: '选仁济骨科医院' }).check()
  await give('陈静')
  await client.sees('1 / 2 位已交出')
  await client.shot('handover 375, one is given')
  await client.close()
  await scene.rig.standin.advanceClock(15_000)
  const told = await scene.rig.waitFor(
    async () => (await scene.rig.standin.state()).cards.find((card) => card.userid === 'chenjing'),
    { ms: 20_000, what: 'the card to 陈静' },
  )
  expect(JSON.stringify(told.card)).toMatch(/仁济骨科医院交给你了.*李娜交接，原来由王磊跟进/)
  // What was taken back in time was never heard of.
  expect(await sentTo('chenjing')).toBe(1)
  const heir = await openClient(scene, 'chenjing', { path: '/h5/customers' })
  await heir.sees('仁济骨科医院', '金海机电')
  await heir.seesNoMore('华强五金')
  await heir.close()
})

it('nothing goes on ringing at the account, and who comes back may log in', async () => {
  const before = await sentTo('wanglei')
  await scene.rig.standin.advanceClock(26 * 3_600_000)
  await scene.rig.waitFor(async () => (await scene.rig.db.chore.count({ where: { name: 'leavers' } })) > 1, {
    ms: 40_000,
    what: 'the next day’s look at the platform’s list',
  })
  expect(await sentTo('wanglei')).toBe(before)
  const queued = await scene.rig.db.outbox.count({
    where: { lane: `person:${await personId('wanglei')}`, state: 'open' },
  })
  expect(queued).toBe(0)
  await scene.rig.standin.join('wanglei')
  const back = await scene.rig.waitFor(
    async () => !(await scene.rig.db.person.findUniqueOrThrow({ where: { id: await personId('wanglei') } })).leftAt,
    { ms: 20_000, what: '王磊 to be back' },
  )
  expect(back).toBe(true)
  const client = await openClient(scene, 'wanglei', { path: '/h5/customers' })
  await client.sees('华强五金')
  await client.seesNoMore('仁济骨科医院')
  await client.close()
})

it('stands well at every width, light and dark', async () => {
  const [leaver, renji] = [
    await personId('wanglei'),
    (await scene.rig.db.customer.findFirstOrThrow({ where: { name: '仁济骨科医院' } })).id,
  ]
  const pages = {
    reach: '/h5/reach',
    team: '/h5/reach/team',
    handover: `/h5/handover/${leaver}`,
    note: `/h5/handover/${leaver}/${renji}`,
  }
  const looks = [
    [375, 'light'],
    [400, 'dark'],
    [1280, 'light'],
  ] as const
  for (const [width, colorScheme] of looks)
    for (const [name, path] of Object.entries(pages)) {
      const client = await openClient(scene, 'lina', { path, viewport: { width, height: 900 }, colorScheme })
      await client.seesNoMore('正在打开')
      await client.sees(/企业微信|客户|找谁/)
      const wide = await client.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(0)
      await client.shot(`${name} ${width} ${colorScheme}`)
      await client.close()
    }
})
