import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDingtalk } from './ding.js'
import { useScene } from './scene.js'

/**
 * Somebody outside whom a colleague keeps in DingTalk: no event tells of them, and the 24 hours run all the same. The rig's
 * first day is a Monday, 10:00.
 */
const scene = useScene({}, 'stream')
const MINUTE = 60_000
const patience = { ms: 60_000, every: 200 }
const waits = (what: string, look: () => Promise<boolean>) => scene.rig.waitFor(look, { ...patience, what })
let phone: Awaited<ReturnType<typeof openDingtalk>>
beforeAll(async () => {
  phone = await openDingtalk(scene, 'linxiao', { path: '/h5/new-contacts' })
})
afterAll(() => phone?.close())

const zhou = { name: '周工', mobile: '13700029999', follower: 'linxiao', company: '镇海石化' }
const firsts = () =>
  scene.rig.db.firstContact.findMany({ where: { source: 'dingtalk' }, include: { contact: true, person: true } })

it('whoever stood in DingTalk before is known, and nobody is asked about them', async () => {
  const { db } = scene.rig
  await waits('the first look', async () => (await db.chore.count({ where: { name: 'dingtalk-contacts-read' } })) > 0)
  expect(await db.contact.count({ where: { name: { in: ['沈工', '蒋经理'] } } })).toBe(2)
  expect(await firsts()).toEqual([])
})

it('a new one is on the rep’s page within minutes, from where it came, with the time that is left', async () => {
  await scene.rig.standin.ding.contact(zhou)
  await scene.rig.standin.advanceClock(15 * MINUTE)
  await waits('the next look', async () => (await firsts()).length === 1)
  expect(await firsts()).toMatchObject([
    { state: 'open', contact: { name: '周工', corpName: '镇海石化' }, person: { name: '林晓' } },
  ])
  await phone.opens('/h5/new-contacts')
  await phone.sees('周工', '钉钉外部联系人', '建商机')
  expect(await phone.overflow()).toBe(0)
  await phone.shot('dingtalk, a new external contact')
})

it('four working hours later DingTalk brings the card', async () => {
  await scene.rig.standin.advanceClock(4 * 60 * MINUTE)
  await waits('a card', async () => {
    const { cards } = await scene.rig.standin.ding.state()
    return cards.some(
      ({ chat, shows }) => 'userid' in chat && chat.userid === 'linxiao' && JSON.stringify(shows).includes('周工'),
    )
  })
})

it('whoever is gone there is followed no more', async () => {
  const { db, standin } = scene.rig
  const { value } = await db.identity.findFirstOrThrow({
    where: { platform: 'dingtalk', kind: 'external', contact: { name: '周工' } },
  })
  await standin.ding.deleteContact(value)
  await standin.advanceClock(15 * MINUTE)
  await waits(
    'its end',
    async () => (await db.follow.count({ where: { contact: { name: '周工' }, endedAt: { not: null } } })) === 1,
  )
})
