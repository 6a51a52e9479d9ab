import { beforeAll, expect, it } from 'vitest'
import { contactSecrets, keepPhones, sealPhone } from '../../domain/contact/contact-phones.js'
import { keepMedia } from '../../domain/message/keep-media.js'
import { mediaSecrets } from '../../domain/message/media-secrets.js'
import { inWork } from '../factories/work.js'
import { waitFor } from '../rig/wait-for.js'
import { openPage, usePageScene } from './page-scene.js'

const scene = usePageScene()
let renji: string

beforeAll(async () => {
  const { cast, database, server } = scene
  renji = await cast.contactId('wmRenji')
  // A number that is none is refused, and the browser says so too.
  scene.browser.expectTrouble(/status of 400 .*\/phones/)
  const phone = sealPhone(contactSecrets(server.config.dataKey), '13900002222')
  await inWork(
    database.db,
    (work) => keepPhones(work, { contactId: renji, phones: phone ? [phone] : [], source: 'remark' }),
    new Date(),
  )
})

const calls = () => scene.database.db.call.findMany({ orderBy: { startedAt: 'asc' } })

it('dials from the chat, and one tap says how it went; a word may follow', async () => {
  const client = await openPage(scene, 'wanglei', `/h5/chat/${renji}`, 375)
  await client.sees('139 0000 2222', '打电话')
  expect(await client.page.getByRole('link', { name: /打电话/ }).getAttribute('href')).toBe('tel:13900002222')
  // No phone rings here: what the link does is the phone's own affair.
  await client.page.route('tel:**', (route) => route.abort())
  await client.page.getByRole('link', { name: /打电话/ }).evaluate((link) => {
    link.addEventListener('click', (event) => event.preventDefault())
    ;(link as HTMLElement).click()
  })
  await client.sees('的电话，怎么样？', '接通', '没接', '空号')
  await client.shot('calls 375, how did it go')
  // Whoever leaves without a word is asked again.
  await client.page.reload()
  await client.sees('的电话，怎么样？')
  await client.taps('接通')
  await waitFor(async () => (await calls())[0]?.outcome === 'connected', { what: 'the tap to be kept' })
  await client.types('补一句', '约了周三看样')
  await client.taps('保存')
  await client.seesNoMore('的电话，怎么样？')
  expect(await calls()).toMatchObject([
    { source: 'page', contactId: renji, direction: 'out', outcome: 'connected', note: '约了周三看样' },
  ])
  await client.sees('你打了电话', '接通 · 约了周三看样')
  expect(await client.overflow()).toBe(0)
  await client.close()
})

it('says it instead of writing: recorded, kept over a lost line, dropped, said again, and listened to on the story', async () => {
  const client = await openPage(scene, 'wanglei', `/h5/chat/${renji}`, 375)
  const { page } = client
  const voices = () => scene.database.db.callVoice.findMany()
  await client.sees('打电话')
  await page.getByRole('link', { name: /打电话/ }).evaluate((link) => {
    link.addEventListener('click', (event) => event.preventDefault())
    ;(link as HTMLElement).click()
  })
  await client.sees('的电话，怎么样？')
  await client.taps('没接')
  await client.taps(/^说一句/)
  await client.sees('没有麦克风权限')
  await page.context().grantPermissions(['microphone'])
  await client.taps(/^说一句/)
  await client.sees(/正在听2秒/)
  await client.shot('calls 375, speaking')
  scene.browser.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  await page.context().setOffline(true)
  await client.taps('说完了')
  await client.sees('还没传上去', '再传一次')
  await page.context().setOffline(false)
  await client.shot('calls 375, said and not sent')
  await client.tapsTwice('再传一次')
  await client.sees('语音2秒', '删掉', '重说')
  await client.shot('calls 375, said')
  expect(await voices()).toMatchObject([{ seconds: 2, state: 'here', mime: expect.stringMatching(/^audio\/(webm|mp4)$/) }])
  await client.taps('删掉')
  await client.taps(/^说一句/)
  await client.sees(/正在听1秒/)
  await client.taps('说完了')
  await client.sees('语音1秒')
  expect(await voices()).toMatchObject([{ seconds: 1 }])
  await client.taps('好了')
  await client.seesNoMore('的电话，怎么样？')
  await client.sees('你打了电话', '没接')
  const listen = page.getByRole('button', { name: '听语音，1秒' })
  await listen.click()
  await page.getByRole('button', { name: '停下' }).waitFor()
  // It ends by itself.
  await listen.waitFor()
  await client.shot('calls 375, a voice on the story')
  expect(await client.overflow()).toBe(0)
  await page.goto(`${scene.server.base}/h5/calls`)
  await client.sees('语音1秒')
  await client.shot('calls 375, a voice in the list')
  await client.close()
})

it('writes down a number that nobody had, and refuses half of one', async () => {
  const client = await openPage(scene, 'wanglei', `/h5/chat/${await scene.cast.contactId('wmHuaqiang')}`)
  await client.taps('记下电话，下次从这里打')
  await client.types('手机或带区号的座机', '1390000')
  await client.taps('保存')
  await client.sees('号码不完整')
  await client.types('手机或带区号的座机', '+86 139-0000-3333')
  await client.taps('保存')
  await client.sees('139 0000 3333', '打电话')
  await client.close()
})

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

it('shows what a file is doing, from the tap to the picture', async () => {
  const { cast, database, server } = scene
  const messageId = await cast.says('wmRenji', '[图片]', { at: new Date() })
  const files = mediaSecrets(server.config.dataKey)
  const image = { kind: 'image', fileId: 'f1', name: null, bytes: 204_800, md5: null }
  const drawing = { kind: 'file', fileId: 'f2', name: '总装图-第三版-客户确认.dwg', bytes: 31_457_280, md5: null }
  await inWork(database.db, (work) => keepMedia(work, files, { messageId, media: [image, drawing] }), new Date())
  const client = await openPage(scene, 'wanglei', `/h5/chat/${renji}`)
  await client.sees('图片', '点开看 · 200 KB', '总装图', '超过 20 MB')
  await client.taps(/点开看/)
  await client.sees('正在取…')
  expect(await database.db.outbox.count({ where: { kind: 'fetch-media' } })).toBe(1)
  const { id } = await database.db.media.findFirstOrThrow({ where: { messageId, kind: 'image' } })
  await database.db.media.update({ where: { id }, data: { state: 'waiting', reason: '不在会话内容存档的可信 IP 中' } })
  server.live.tell([`chat:${renji}`])
  await client.sees('可信 IP', '点开看')
  await client.shot('calls 400, a file that could not be had')
  await database.db.media.update({ where: { id }, data: { state: 'here', reason: null, data: Buffer.from(PIXEL, 'base64') } })
  server.live.tell([`chat:${renji}`])
  const picture = client.page.getByRole('img', { name: '图片' })
  await picture.waitFor()
  await waitFor(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth === 1), {
    what: 'the picture',
  })
  const foreign = await server.get(`/api/media/${id}/file`, await cast.personId('zhaoqiang'))
  expect(foreign.status).toBe(404)
  await client.close()
})

const list = `话单导出,,,,\n主叫,被叫,开始时间,时长,录音地址\n8001,139 0000 2222,2026-11-20 10:00:00,65,https://pbx.example.com/a.mp3\n8001,13900004444,2026-11-20 11:00:00,0,\n8001,139,昨天,5,\n`

it('takes in a phone system’s list: looked over first, then kept; whose it is can be said afterwards', async () => {
  const { server, database } = scene
  const client = await openPage(scene, 'lina', '/h5/calls/setup', 400)
  await client.sees('谁用哪个分机', '导入话单', '没有开')
  await client.page.getByLabel('选文件').setInputFiles({ name: '话单.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await client.sees('2 通读得出来', '1 行有问题', '不知道是谁的号码：8001')
  await client.shot('calls 400, a list is looked over')
  expect(await database.db.inbox.count({ where: { source: 'calls' } })).toBe(0)
  await client.taps('导入这 2 通')
  await client.sees('导入了 2 通')
  const settled = (state: 'done' | 'parked') => async () => {
    await server.handler.sweep()
    return (await database.db.inbox.count({ where: { source: 'calls', state } })) === 2
  }
  await waitFor(settled('parked'), { ms: 20_000, what: 'the calls to be heard' })
  await client.page.reload()
  await client.sees('有 2 通电话不知道是谁的')
  await client.page.getByLabel('8001是谁的').selectOption({ label: '王磊' })
  await client.taps('保存')
  await client.sees('写上分机或公司给的号码')
  await waitFor(settled('done'), { ms: 20_000, what: 'the calls to find their people' })
  expect(await database.db.call.count({ where: { source: 'csv', personId: await scene.cast.personId('wanglei') } })).toBe(2)
  for (const width of [375, 1280]) {
    await client.page.setViewportSize({ width, height: 860 })
    expect(await client.overflow()).toBe(0)
    await client.shot(`calls ${width}, the phone system`)
  }
  await client.close()
})

it('a rep has their own calls on one page, a colleague of another team none of them', async () => {
  const rep = await openPage(scene, 'wanglei', '/h5/calls', 375)
  await rep.sees('打出去 · 接通 1分5秒', '139****4444', '没接', '听录音', '从这里拨出')
  await rep.shot('calls 375, the list')
  await rep.page.setViewportSize({ width: 1280, height: 860 })
  await rep.shot('calls 1280, the list')
  await rep.close()
  const other = await openPage(scene, 'zhaoqiang', '/h5/calls')
  await other.sees('还没有通话')
  await other.close()
})

it('an administrator reads what is lost for good, and takes note of it', async () => {
  const { database } = scene
  const gap = '上次读取是11月16日 10:00，会话存档只提供最近 5 天：11月18日 10:00 之前的会话已经缺了一段，请让销售粘贴补上'
  await database.db.archiveCursor.create({ data: { source: 'wecom', seq: 7n, pulledAt: new Date(), gap } })
  const client = await openPage(scene, 'heping', '/h5/admin/archive', 375)
  await client.sees('有一段会话缺了', '已经缺了一段')
  await client.shot('archive 375, a gap')
  await client.taps('知道了')
  await client.seesNoMore('有一段会话缺了')
  expect((await database.db.archiveCursor.findUniqueOrThrow({ where: { source: 'wecom' } })).gap).toBeNull()
  expect(await database.db.auditEntry.count({ where: { verb: 'archive-gap-cleared' } })).toBe(1)
  await client.close()
})
