import { beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { organisation } from '../factories/cast.js'
import { besideChatWith, openClient } from './client.js'
import { type Desk, openDesk } from './desk.js'
import { useScene } from './scene.js'

/** 沉默: a customer who spoke every few days stops. One calm line beside the chat, nobody is told, and their next word ends it. */
const scene = useScene()
const DAY_MS = 24 * 3_600_000
const line = /这家平时两三天一句，已经21天没消息/
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(scene)
})

const huang = async () => {
  const known = { platform: 'wecom', organisation, kind: 'external', value: 'wmHuaqiang' }
  return (await scene.rig.db.identity.findUniqueOrThrow({ where: { platform_organisation_kind_value: known } }))
    .contactId as string
}

/** Three months of it, every third day, as the archive would have brought them; the last words ended a talk. */
async function haveTalked(contactId: string, now: Date) {
  const person = await scene.rig.db.person.findFirstOrThrow({ where: { name: '王磊' } })
  const said = (speaker: string, text: string, ago: number) => ({
    ...{ id: newId(), sourceKey: newId(), source: 'archive', contactId, personId: person.id },
    ...{ speaker, text, saidAt: new Date(now.getTime() - ago) },
  })
  const days = Array.from({ length: 30 }, (_, i) => (i + 2) * 3)
  await scene.rig.db.message.createMany({
    data: days.flatMap((day) => [
      said('customer', '货到了，数量对的', day * DAY_MS),
      said('rep', '好的，有问题随时找我', day * DAY_MS - 60_000),
    ]),
  })
}
/** Whatever reached anybody outside the chat itself. */
const pushed = async () => {
  const { cards, texts, sms, mails } = await scene.rig.standin.state()
  return JSON.stringify({ cards, texts, sms, mails })
}

it('while they speak as they always do nothing is said of it', async () => {
  const contactId = await huang()
  const now = new Date((await scene.rig.standin.state()).clock.now)
  await haveTalked(contactId, now)
  await desk.opensChatWith('黄老板')
  await desk.customer('黄老板').says('好的，谢谢')
  await desk.sidebar.sees('黄老板', '好的，谢谢')
  expect(await desk.sidebar.text()).not.toMatch(/没消息/)
})

it('three weeks later one line says so, on every width', async () => {
  await scene.rig.standin.advanceClock(21 * DAY_MS)
  for (const width of [375, 400, 1280]) {
    const opened = besideChatWith('wmHuaqiang')
    const rep = await openClient(scene, 'wanglei', { opened, viewport: { width, height: 860 } })
    await rep.sees('黄老板', line)
    expect(await rep.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await rep.shot(`silence ${width}`)
    await rep.close()
  }
  expect(await pushed()).not.toContain('没消息')
})

it('they write, and it goes by itself', async () => {
  const rep = await openClient(scene, 'wanglei', { opened: besideChatWith('wmHuaqiang') })
  await rep.sees(line)
  await desk.customer('黄老板').says('小王，最近忙，这两天把单子给你')
  await rep.sees('最近忙，这两天把单子给你')
  await rep.seesNoMore('没消息')
  await rep.close()
})
