import { beforeAll, expect, it } from 'vitest'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { newId } from '../../lib/ids.js'
import { comes } from '../factories/first-contact.js'
import { waitFor } from '../rig/wait-for.js'
import { openPage, usePageScene } from './page-scene.js'

/** Somebody new, four seconds and one thumb: in the chat and in the list. */
const scene = usePageScene()
const HOUR = 3_600_000
let wanglei: string
beforeAll(async () => {
  wanglei = await scene.cast.personId('wanglei')
})

let made = 0
const comesNew = (name: string, more: Partial<Parameters<typeof comes>[2]> = {}) =>
  comes(scene.database.db, `wmStory${++made}`, { name, by: wanglei, at: new Date(Date.now() - 2 * HOUR), ...more })
const standing = (contactId: string) => scene.database.db.firstContact.findFirstOrThrow({ where: { contactId } })
/** What the screen says at once stands in the row a moment later. */
const becomes = (contactId: string, state: string) => waitFor(async () => (await standing(contactId)).state === state)

it('in the chat one tap makes the opportunity; it is filled in later, and taken back', async () => {
  await scene.database.db.contactWay.create({
    data: { id: newId(), state: 'fair', label: '广交会展位', personIds: [], createdById: wanglei, createdAt: new Date() },
  })
  const contactId = await comesNew('周总', { channel: 'fair' })
  const rep = await openPage(scene, 'wanglei', `/h5/chat/${contactId}`)
  await rep.sees('新客户', '加了好友', '广交会展位', '加了微信 · 广交会展位', /还剩2\d小时|前|之内/)
  await rep.shot('new contact, in the chat')
  await rep.tapsTwice('建商机')
  await rep.sees(/已建商机\d+/, '撤销')
  await rep.shot('new contact, opportunity made')
  expect(await scene.database.db.opportunity.count()).toBe(1)

  await rep.taps('补充')
  await rep.sees('知道多少填多少', '到哪一步了')
  expect(await rep.hasTyped('名称')).toBe('周总')
  expect(await rep.hasTyped('来源')).toBe('加好友 · 广交会展位')
  await rep.types('大概多少钱', '八万五')
  await rep.sees('写成数字')
  await rep.types('大概多少钱', '8.5万')
  await rep.taps('需求确认')
  await rep.shot('new contact, opportunity sheet')
  await rep.taps('保存')
  await rep.seesNoMore('知道多少填多少')
  expect(await scene.database.db.opportunity.findFirst()).toMatchObject({ stage: '需求确认', amountFen: 8_500_000n })

  await rep.taps('撤销')
  await rep.sees('撤销了', '建商机', '不是客户')
  expect(await standing(contactId)).toMatchObject({ state: 'open', opportunityId: null })
  await rep.close()
})

it('what the tap would write stands above it, and is changed before it', async () => {
  const contactId = await comesNew('广东省佛山市顺德区大良街道永盛隆五金机电建筑材料经营部总店采购部林经理', {
    channel: 'fair',
    corpName: null,
  })
  const rep = await openPage(scene, 'wanglei', '/h5/new-contacts')
  await rep.sees('来源加好友 · 广交会展位', '改一改')
  for (const width of [375, 400, 1280]) {
    await rep.page.setViewportSize({ width, height: 860 })
    expect(await rep.overflow()).toBe(0)
    await rep.shot(`new contact, before the tap ${width}`)
  }
  await rep.page.setViewportSize({ width: 375, height: 860 })
  await rep.taps(/改一改/)
  const sheet = rep.within('dialog', '建商机')
  expect(await sheet.hasTyped('来源')).toBe('加好友 · 广交会展位')
  await sheet.types('名称', '永盛隆五金 · 电机 20 台')
  await sheet.types('大概多少钱', '8.5万')
  await rep.shot('new contact, changed before the tap')
  await scene.browser.pages().at(-1)?.context().setOffline(true)
  scene.browser.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  await sheet.taps('建商机')
  await sheet.sees(/网络|连不上/)
  await scene.browser.pages().at(-1)?.context().setOffline(false)
  await sheet.taps('建商机')
  await rep.sees(/已建商机\d+/)
  const { opportunityId } = await standing(contactId)
  // The source was left as it was: it is still what is counted by.
  const made = { title: '永盛隆五金 · 电机 20 台', source: 'add', channel: 'fair', amountFen: 8_500_000n, stage: null }
  expect(await scene.database.db.opportunity.findMany({ where: { contactId } })).toMatchObject([{ id: opportunityId, ...made }])
  await rep.close()
})

it('has quiet outs, each undone from its toast', async () => {
  const contactId = await comesNew('送水的')
  const rep = await openPage(scene, 'wanglei', `/h5/chat/${contactId}`)
  await rep.taps('不是客户')
  await rep.sees('记下了，不是客户')
  await rep.taps(/^撤销\d*$/)
  await rep.sees('建商机')
  await rep.taps('先养着')
  await rep.sees('到那天早上提醒你再看看送水的', '三天后', '一个月后')
  await rep.shot('new contact, nurture sheet')
  await rep.taps(/^两周后/)
  await rep.sees(/先养着，.*再提醒/)
  await becomes(contactId, 'nurturing')
  await rep.taps('撤销')
  await rep.sees('老客户的新联系人')
  await rep.taps('老客户的新联系人')
  await rep.sees('送水的是哪家的？', '仁济骨科医院')
  await rep.types('找老客户', '华强')
  await rep.seesNoMore('仁济骨科医院')
  await rep.shot('new contact, join sheet')
  await rep.within('dialog', '送水的是哪家的？').taps(/华强/)
  await rep.sees(/已加入.*华强/)
  await becomes(contactId, 'joined')
  await rep.close()
})

it('somebody known starts no clock: only the proposal to join, and what WeCom’s remark could learn, to be looked at first', async () => {
  const { db } = scene.database
  const renji = await scene.cast.customer('wmRenji')
  const secrets = contactSecrets(scene.server.config.dataKey)
  const contactId = await comesNew('骨科王护士', { corpName: renji.name })
  await db.contactPhone.create({
    data: {
      id: newId(),
      contactId,
      sealed: secrets.seal('13900001111'),
      hash: secrets.hash('13900001111'),
      source: 'call',
      createdAt: new Date(),
    },
  })
  const rep = await openPage(scene, 'wanglei', `/h5/chat/${contactId}`)
  await rep.sees('像是仁济骨科医院的人', '公司名对得上', '加入', '不是')
  expect(await rep.text()).not.toContain('还剩')
  await rep.shot('known contact, proposal')
  await rep.taps('不是')
  await rep.sees('好，还是算新客户', '建商机')
  await rep.taps(/^撤销\d*$/)
  await rep.sees('像是仁济骨科医院的人')
  await rep.taps('加入')
  await rep.sees('已加入仁济骨科医院', '写进企业微信备注？', '备注公司', '13900001111')
  await rep.shot('known contact, joined, remark offered')
  await rep.tapsTwice('写进去')
  await rep.sees('好，正在写进企业微信')
  const rows = await db.outbox.findMany({ where: { kind: 'set-remark' } })
  expect(rows.map((row) => row.payload)).toMatchObject([{ contactId, company: '仁济骨科医院', phoneIds: [expect.any(String)] }])
  await rep.close()
})

it('several are handled in one list: they stay in their places, each can be taken back', async () => {
  await scene.database.db.$executeRaw`TRUNCATE first_contact CASCADE`
  for (const [i, name] of ['陈工', '李老板', '赵经理'].entries())
    await comesNew(name, { at: new Date(Date.now() - (20 - i * 9) * HOUR), source: i === 1 ? 'call' : 'add' })
  const rep = await openPage(scene, 'wanglei', '/h5/reminders')
  await rep.taps(/3 位新客户/)
  await rep.sees('陈工', '李老板', '打来电话', '赵经理', '3位')
  await rep.shot('new contacts, list')
  await rep.page.getByRole('listitem').filter({ hasText: '陈工' }).getByRole('button', { name: '建商机' }).click()
  await rep.page.getByRole('listitem').filter({ hasText: '李老板' }).getByRole('button', { name: '不是客户' }).click()
  await rep.sees(/陈工：已建商机\d+/, '李老板：记下了，不是客户')
  await rep.shot('new contacts, two done')
  const places = await rep.page.getByRole('listitem').allInnerTexts()
  expect(places.map((text) => text.match(/陈工|李老板|赵经理/)?.[0])).toEqual(['陈工', '李老板', '赵经理'])
  await rep.page.getByRole('listitem').filter({ hasText: '陈工' }).getByRole('button', { name: '撤销' }).click()
  await rep.sees('撤销了')
  expect(await scene.database.db.firstContact.count({ where: { state: 'open' } })).toBe(2)
  await rep.close()
})

it('a lost connection says so, puts back what stood, and the same tap then counts once', async () => {
  scene.browser.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  const contactId = await comesNew('断网的人')
  const before = await scene.database.db.opportunity.count()
  const rep = await openPage(scene, 'wanglei', `/h5/chat/${contactId}`)
  await rep.sees('建商机')
  await rep.page.context().setOffline(true)
  await rep.taps('建商机')
  await rep.sees('网络断了，连上后再试一次', '不是客户')
  await rep.shot('new contact, offline')
  await rep.page.context().setOffline(false)
  await rep.taps('建商机')
  await rep.sees(/已建商机\d+/)
  expect(await scene.database.db.opportunity.count()).toBe(before + 1)
  await rep.close()
})

it('says when nobody waits, and fits every width, light and dark', async () => {
  const rep = await openPage(scene, 'chenjing', '/h5/new-contacts')
  await rep.sees('没有等着的新客户')
  await rep.shot('new contacts, none')
  await rep.close()
  const contactId = await comesNew('一个名字特别特别长的新客户联系人还带着公司名', {
    channel: '2026年春季广交会B区3号馆展位二维码',
  })
  for (const path of ['/h5/new-contacts', `/h5/chat/${contactId}`]) {
    const page = await openPage(scene, 'wanglei', path)
    await page.sees('建商机')
    for (const width of [320, 375, 400, 1280])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.page.setViewportSize({ width, height: 860 })
        await page.page.emulateMedia({ colorScheme })
        expect(`${await page.overflow()} at ${width}`).toBe(`0 at ${width}`)
        await page.shot(`${path.includes('chat') ? 'new contact chat' : 'new contacts'} ${width} ${colorScheme}`)
      }
    await page.close()
  }
})
