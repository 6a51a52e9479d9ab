import { randomBytes } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { besideChatWith, openClient } from './client.js'
import { useScene } from './scene.js'

/** From WeCom to the screen and back, every process real: what is sent and called beside words. */
const scene = useScene()
let client: Awaited<ReturnType<typeof openClient>>
beforeAll(async () => {
  client = await openClient(scene, 'wanglei', { opened: besideChatWith('wmRenji') })
})

/** A picture of more than one part of 512 KB: the smallest PNG, and behind its end what no viewer minds. */
const png = Buffer.concat([
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  randomBytes(700_000),
])

it('a picture that the customer sent is fetched out of the archive when it is tapped, part by part, and not before', async () => {
  const { standin, db, waitFor } = scene.rig
  await client.sees('会话存档已开')
  await standin.archiveRecord({ from: 'wmRenji', to: ['wanglei'], msgtype: 'image', media: png.toString('base64') })
  await client.sees('[图片]', '点开看')
  expect(await db.outbox.count({ where: { kind: 'fetch-media' } })).toBe(0)
  await client.taps(/点开看/)
  const picture = client.page.getByRole('img', { name: '图片' })
  await picture.waitFor({ timeout: 30_000 })
  await waitFor(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth === 1), {
    what: 'the picture',
  })
  const media = await db.media.findFirstOrThrow()
  expect(Buffer.from(media.data ?? []).equals(png)).toBe(true)
  await client.shot('client, a picture of the archive')
})

it('a call in the chat stands in it, on the story and as a touch', async () => {
  const { standin, db, waitFor } = scene.rig
  await standin.call({ rep: 'wanglei', externalUserId: 'wmRenji', from: 'customer', seconds: 192 })
  await client.sees('[语音通话 3分12秒]', '接通 3分12秒')
  const call = await waitFor(() => db.call.findFirst({ where: { source: 'archive' } }), { what: 'the call' })
  expect(call).toMatchObject({ direction: 'in', outcome: 'connected', seconds: 192 })
  expect(await db.touch.count({ where: { key: `call:${call.sourceKey}`, source: 'call' } })).toBe(1)
})

it('a call over 公费电话 with a number that nobody knows is a new contact, who waits for a place', async () => {
  const { standin, db, waitFor } = scene.rig
  await standin.dial({ userid: 'wanglei', phone: '13900008888', minutes: 3 })
  // The next stretch of ten minutes.
  await standin.advanceClock(11 * 60_000)
  const find = () => db.call.findFirst({ where: { source: 'dial' }, include: { contact: { include: { firstContact: true } } } })
  const call = await waitFor(find, { ms: 40_000, what: 'the call' })
  expect(call).toMatchObject({ direction: 'out', outcome: 'connected', seconds: 180 })
  expect(call.contact).toMatchObject({ name: '电话 139****8888', firstContact: { source: 'call', state: 'open' } })
})

it('a customer who refuses the archive is shown as one, and as one who agreed when they do', async () => {
  const { standin } = scene.rig
  await standin.consent({ externalUserId: 'wmRenji', agreed: false, rep: 'wanglei' })
  await client.sees('客户还没同意存档')
  await standin.consent({ externalUserId: 'wmRenji', agreed: true, rep: 'wanglei' })
  await client.sees('会话存档已开')
})
