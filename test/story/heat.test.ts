import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { noteQuoted } from '../../domain/opportunity/note-quoted.js'
import { sayInvalid } from '../../domain/opportunity/say-invalid.js'
import { proposeOutside } from '../../domain/outside-quote/propose-outside.js'
import { newId, sha256 } from '../../lib/ids.js'
import { createLeads } from '../factories/leads.js'
import { createQuoteRows } from '../factories/quote-rows.js'
import { type SentOne, sendOne } from '../factories/sent-quote.js'
import { inWork } from '../factories/work.js'
import { waitFor } from '../rig/wait-for.js'
import { openPage, usePageScene } from './page-scene.js'

/** 72 hours for a price: what the rep taps in the chat and on a lead's page, and what their manager sees of all. */
const scene = usePageScene()
const HOUR = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * HOUR)
const lead = (id: string) => scene.database.db.opportunity.findUniqueOrThrow({ where: { id } })
const becomes = (id: string, how: string | null) => waitFor(async () => (await lead(id)).quotedHow === how)

it('beside the chat the price that was named is the quote, in one tap; and it is taken back', async () => {
  const { cast, database } = scene
  const id = await createLeads(cast).makes('wmRenji', { at: ago(30) })
  const messageId = await cast.says('wmRenji', '锁定钢板这次给您做到380元一套', { speaker: 'rep', at: ago(2) })
  await inWork(database.db, (work) => proposeOutside(work, { messageId, totalFen: null }), ago(2))
  const rep = await openPage(scene, 'wanglei', `/h5/chat/${await cast.contactId('wmRenji')}`)
  await rep.sees('聊天里好像报过：锁定钢板这次给您做到380元一套', '前要报价')
  for (const width of [375, 400, 1280]) {
    await rep.page.setViewportSize({ width, height: 860 })
    expect(await rep.overflow()).toBe(0)
    await rep.shot(`lead, beside the chat ${width}`)
  }
  await rep.taps('已另行报价')
  await rep.sees('记为系统外报价')
  await becomes(id, 'outside')
  await rep.taps(/^撤销/)
  await becomes(id, null)
  await rep.close()
})

it('on its page a message or a total says it, 无效 has a reason, and each is taken back', async () => {
  const { database } = scene
  const open = await database.db.opportunity.findFirstOrThrow({ where: { quotedAt: null } })
  const rep = await openPage(scene, 'wanglei', `/h5/lead/${open.id}`)
  await rep.sees('已另行报价', '报了多少', '锁定钢板这次给您做到380元一套', '就是它')
  for (const width of [375, 400, 1280]) {
    await rep.page.setViewportSize({ width, height: 860 })
    expect(await rep.overflow()).toBe(0)
    await rep.shot(`lead, its page ${width}`)
  }
  await rep.types('报了多少', '12,800')
  await rep.taps('已报过')
  await rep.sees('已另行报价 · 12,800.00 元', '撤销')
  await becomes(open.id, 'outside')
  await rep.taps('撤销')
  await rep.sees('报了多少')
  await rep.taps('这个商机无效')
  await rep.taps('重复的商机')
  await rep.shot('lead, 无效')
  await rep.taps('确定无效')
  await rep.sees('商机无效', '重复的商机')
  await rep.taps('撤销')
  await rep.sees('去报价')
  expect(await lead(open.id)).toMatchObject({ invalidAt: null, quotedAt: null })
  await rep.close()
})

it('the manager sees the ratio and who has no price, and taps 催一下 and 我来打 once each', async () => {
  const { cast, database } = scene
  const leads = createLeads(cast)
  const { id: customerId } = await cast.customer('wmRenji')
  const quoted = (opportunityId: string, how: 'quote' | 'outside', hours: number) =>
    inWork(database.db, (work) => noteQuoted(work, { customerId, opportunityId, how, at: ago(hours) }), ago(hours))
  for (const how of ['quote', 'quote', 'outside'] as const)
    await quoted(await leads.makes('wmRenji', { at: ago(14 * 24) }), how, 13 * 24)
  await quoted(await leads.makes('wmRenji', { at: ago(15 * 24) }), 'quote', 24)
  const invalid = await leads.makes('wmRenji', { at: ago(14 * 24) })
  const wang = await cast.actor('wanglei')
  await inWork(database.db, (work) => sayInvalid(work, wang, { id: invalid, why: null }), ago(300))
  const cold = await leads.makes('wmHuaqiang', { at: ago(15 * 24), channel: '广交会' })
  await leads.makes('wmJinhai', { at: ago(16 * 24) })
  const { quoteId } = await createQuoteRows(cast).sent('wmHuaqiang', { sentAt: ago(48) })
  await database.db.quote.update({ where: { id: quoteId }, data: { requestedAt: ago(51) } })

  const page = await openPage(scene, 'lina', '/h5/heat')
  await page.sees(
    '线索热力比',
    '33.3%',
    '6 个有效商机里，2 个在 72 小时内发了报价',
    '系统外',
    '到现在没报价',
    '按产品',
    '报价用时',
  )
  for (const width of [375, 400, 1280]) {
    await page.page.setViewportSize({ width, height: 1900 })
    expect(await page.overflow()).toBe(0)
    await page.shot(`heat ${width}`)
  }
  const row = page.page.locator('.cold').filter({ hasText: (await cast.customer('wmHuaqiang')).name })
  await row.getByRole('button', { name: '催一下' }).dblclick()
  await page.sees(/李娜催了/)
  await row.getByRole('button', { name: '我来打' }).click()
  await page.sees(/李娜刚刚说来打/, '去拨号')
  await page.shot('heat, done')
  const acts = await database.db.reminderAct.findMany({ where: { reminder: { subject: `quote-72h:${cold}` } } })
  expect(acts.map(({ act }) => act).sort()).toEqual(['call-lead', 'nudge-rep'])
  await page.close()
})

it('where many were sent and none was opened, the quote says why that may be, and has its PDF in one tap', async () => {
  const { cast, database } = scene
  const put = []
  for (const external of ['wmRenji', 'wmHuaqiang', 'wmJinhai', 'wmRenji', 'wmHuaqiang']) {
    const sent = await sendOne(database.db, cast, { external, at: ago(30) })
    await database.db.quoteVersion.update({ where: { id: sent.versionId }, data: { givenAt: ago(30) } })
    put.push(sent)
  }
  const [{ quoteId, versionId }] = put as [SentOne]
  const data = Buffer.from('%PDF-1.7')
  const file = { id: newId(), versionId, kind: 'pdf', type: 'application/pdf', sha256: sha256(data), data, at: ago(30) }
  await database.db.quoteFile.create({ data: file })
  const rep = await openPage(scene, 'wanglei', `/h5/quote/${quoteId}`)
  await rep.sees('最近 5 份报价都没人打开，链接可能被微信拦截', '先发 PDF')
  const [download] = await Promise.all([rep.page.waitForEvent('download'), rep.taps('先发 PDF')])
  expect(await readFile(await download.path())).toEqual(data)
  await rep.shot('quote, its link may be stopped')
  await rep.close()
})
