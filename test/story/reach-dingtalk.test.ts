import { beforeAll, expect, it } from 'vitest'
import { openDingtalk } from './ding.js'
import { useScene } from './scene.js'

/** 我的提醒渠道 of somebody who has both apps, inside DingTalk. */
const scene = useScene({}, 'stream')
let wang: Awaited<ReturnType<typeof openDingtalk>>
beforeAll(async () => {
  wang = await openDingtalk(scene, 'ding_wanglei', { path: '/h5/reach', viewport: { width: 375, height: 812 } })
})
const reachOf = (channel: string) =>
  scene.rig.db.reach.findFirst({ where: { channel, person: { identities: { some: { value: 'ding_wanglei' } } } } })

it('shows each app by itself, and takes where reminders are to go', async () => {
  await wang.sees('我的提醒渠道', '提醒发到哪里？', '你手机上企业微信的通知开着吗？', '你手机上钉钉的通知开着吗？')
  await wang.shot('reach in DingTalk 375')
  expect(await wang.overflow()).toBe(0)
  const where = wang.page.getByRole('group', { name: '提醒发到哪里' })
  await where.getByRole('button', { name: '钉钉' }).click()
  // The page does one thing at a time.
  await where.getByRole('button', { name: '钉钉', pressed: true }).waitFor()
  const identities = { some: { value: 'ding_wanglei' } }
  expect(await scene.rig.db.person.findFirst({ where: { identities } })).toMatchObject({ prefers: 'dingtalk' })
  await wang.page.getByRole('group', { name: '钉钉的通知开着吗' }).getByRole('button', { name: '开着' }).click()
  await scene.rig.waitFor(async () => (await reachOf('dingtalk'))?.saysOn === true)
  expect((await reachOf('wecom'))?.saysOn ?? null).toBeNull()
})

it('tries both, and the press in DingTalk is answered by the card itself', async () => {
  await wang.taps('试发一条')
  const { ding } = scene.rig.standin
  const tried = () =>
    ding.state().then(({ cards }) => cards.find((card) => JSON.stringify(card).includes('试发一条：收到了吗？')))
  const card = await scene.rig.waitFor(tried, { ms: 20_000, what: 'the card' })
  expect(await ding.press({ userid: 'ding_wanglei', outTrackId: card.outTrackId, action: 'got-it' })).toMatchObject({
    answered: true,
  })
  await scene.rig.waitFor(async () => (await reachOf('dingtalk'))?.confirmedAt, { what: 'the press to count' })
  await wang.sees('有回音')
  await wang.shot('reach in DingTalk 375, tried')
  // Nothing was paid for the change of the card.
  expect((await tried())?.changes.map(({ by }) => by)).toEqual(['answer'])
})
