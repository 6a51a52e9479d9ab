import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { newId } from '../../lib/ids.js'
import { screenFile } from '../browser.js'
import { openClient } from './client.js'
import { useScene } from './scene.js'

/** Day one of an organisation: 李娜 brings her list, and sees what its own data say, before anybody has typed anything. */
const scene = useScene()
const HOUR = 3_600_000
const WIDTHS = [375, 400, 1280]
const HEAD = ['往来单位', '收货人', '手机', '业务员', '客户等级', '最近交易', '应收款']
const LONG = '广东省佛山市顺德区大良街道永盛隆五金机电建筑材料经营部（总店）'
let lina: Awaited<ReturnType<typeof openClient>>

const workbook = (rows: unknown[][]) =>
  XLSX.write(XLSX.utils.book_new(XLSX.utils.aoa_to_sheet([['永固五金客户名单'], HEAD, ...rows]), '客户'), {
    type: 'buffer',
    bookType: 'xlsx',
  }) as Buffer
const file = (rows: unknown[][], name = '客户名单.xlsx') => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: workbook(rows),
})
const brings = (rows: unknown[][], name?: string) => lina.page.locator('input[type=file]').setInputFiles(file(rows, name))
const ROWS: unknown[][] = [
  ['临江五金', '陈七', 13700000001, '王磊', 'A', '2026-10-05', 12_000],
  [LONG, '欧阳师傅', '0757-22223333', '小王', 'B', '2026.9.1', '3.5万'],
  ['东湖机电', '赵九', '12345', '王磊', '', '', ''],
  ['', '', '', '', '', '', 500],
  ...Array.from({ length: 40 }, (_, i) => [`街坊${i + 1}号店`, `店主${i + 1}`, 13_710_000_000 + i, '王磊', 'C', '', '']),
]

async function looksWell(name: string): Promise<void> {
  for (const width of WIDTHS)
    for (const colorScheme of ['light', 'dark'] as const) {
      await lina.page.setViewportSize({ width, height: 860 })
      await lina.page.emulateMedia({ colorScheme })
      const wide = await lina.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(`${wide} at ${width} of ${name}`).toBe(`0 at ${width} of ${name}`)
      await lina.page.screenshot({
        path: screenFile(`${name} ${width} ${colorScheme}.png`),
        fullPage: true,
        animations: 'disabled',
      })
    }
  await lina.page.setViewportSize({ width: 400, height: 860 })
}

it('says where there is nothing yet what will stand there', async () => {
  lina = await openClient(scene, 'lina', { path: '/h5/leaks' })
  await lina.sees('漏录归因', '这段时间没有新客户')
  await looksWell('leaks empty')
  await lina.taps('体检报告')
  // The platform may have been asked by now, and has not answered yet.
  await lina.sees('谁在怎么聊', /还没有统计数据|还没有取到数据/)
  await looksWell('checkup empty')
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/import`)
  await lina.sees('先看一遍会导成什么样')
  await looksWell('import empty')
})

it('a list is understood by its headers, and what is wrong stands at the row before anything happens', async () => {
  await brings([['x']], '坏.xlsx')
  await lina.sees('不能导入')
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/import`)
  await lina.sees('坏.xlsx', '待确认')
  await brings(ROWS)
  await lina.sees('客户名单.xlsx', '44 行', '41新客户', '3不能导入', '临江五金', '137****0001', '归 王磊', 'A 级', '欠 1.2 万')
  await lina.sees(LONG, '没有叫「小王」的同事', '导入 41 行')
  expect(await lina.hasTyped('电话')).toBe('2')
  await looksWell('import preview')
  await lina.page.getByLabel('「小王」是谁').selectOption({ label: '王磊' })
  await lina.sees('42新客户', '2不能导入', '导入 42 行')
  await lina.taps(/不能导入/)
  const errors = lina.within('dialog', '不能导入的行')
  await errors.sees('东湖机电', '电话不是有效的手机号', '公司和联系人都是空的')
  await lina.shot('import, what is wrong')
  await errors.taps('关闭')
  expect(await scene.rig.db.customer.count({ where: { name: '临江五金' } })).toBe(0)
})

it('goes in while she does something else, and comes back with what did not', async () => {
  await lina.taps('导入 42 行')
  await lina.sees('导入了 42 行', '2 行没导入')
  await looksWell('import done')
  const customer = await scene.rig.db.customer.findFirstOrThrow({
    where: { name: '临江五金' },
    include: { owner: true, contacts: { include: { phones: true } } },
  })
  expect(customer).toMatchObject({
    tier: 'A',
    owedFen: 1_200_000n,
    owner: { name: '王磊' },
    contacts: [{ name: '陈七', phones: [{}] }],
  })
  const [download] = await Promise.all([lina.page.waitForEvent('download'), lina.page.getByText('下载没导入的行').click()])
  expect(download.suggestedFilename()).toBe('客户名单-没导入的.xlsx')
  const back = XLSX.read(await readFile(await download.path()))
  expect(XLSX.utils.sheet_to_json<string[]>(back.Sheets[back.SheetNames[0] ?? ''] ?? {}, { header: 1 })).toMatchObject([
    [...HEAD, '没导入的原因'],
    expect.arrayContaining(['东湖机电', '12345']),
    expect.arrayContaining(['500', '公司和联系人都是空的']),
  ])
})

it('the same list again says so, and doubles nothing', async () => {
  const before = await scene.rig.db.customer.count()
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/import`)
  await brings(ROWS)
  await lina.sees('导入过。再导一次不会重复', '0新客户')
  await lina.taps('不导了')
  await lina.taps('真的不导了')
  await lina.sees('导入过的', '没有导入')
  await looksWell('import list')
  expect(await scene.rig.db.customer.count()).toBe(before)
})

it('the next morning the platform was asked how colleagues reply, 180 days back', async () => {
  await scene.rig.standin.advanceClock(24 * HOUR)
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/checkup`)
  await scene.rig.waitFor(async () => (await scene.rig.db.behaviourDay.count()) > 300, { ms: 60_000 })
  await lina.page.reload()
  await lina.sees('王磊', '回复率', '首次回复', '被删除', '从没打过标签')
  await looksWell('checkup')
  await lina.taps('近 180 天')
  await lina.sees('王磊', '%')
  await lina.taps(/没有电话/)
  await lina.within('dialog', '没有电话').sees('黄老板', '华强五金', '王磊')
  await lina.shot('checkup, names')
  await lina.within('dialog', '没有电话').taps('关闭')
})

it('漏录归因 is one number, and the names behind each part of it are one tap away', async () => {
  await plantContacts()
  await lina.page.goto(`${scene.rig.hostOf('lina')}/h5/leaks`)
  await lina.sees('漏录率', '为什么漏', '人在，没处理', '没送到', '消息来晚', '按销售和周', '王磊', '广州建材展', LONG)
  await looksWell('leaks')
  const cell = lina.page.getByRole('button', { name: /^王磊，.*漏了 [1-9]\d* 位/ }).last()
  const [, week, count] = /，(\S+) 那周.*漏了 (\d+) 位/.exec((await cell.getAttribute('aria-label')) ?? '') ?? []
  await cell.click()
  const names = lina.within('dialog', `王磊 ${week} 那周 漏录的`)
  await names.sees('王磊', /来用过，没有处理|没有送到的迹象|才知道/)
  expect(await lina.page.getByRole('dialog').getByRole('listitem').count()).toBe(Number(count))
  await lina.shot('leaks, a cell')
  await names.taps('关闭')
  await lina.taps('近 4 周')
  await lina.sees(/按销售和周/)
  await looksWell('leaks 4 weeks')
  await lina.taps(/^人在，没处理/)
  const idle = lina.within('dialog', '人在，没处理')
  await idle.sees('来用过，没有处理', '王磊', '再看一些')
  await lina.shot('leaks, names')
  await idle.taps('再看一些')
  await idle.taps('关闭')
})

it('is for managers and leads', async () => {
  scene.browser.expectTrouble(/status of 403/)
  const rep = await openClient(scene, 'wanglei', { path: '/h5/leaks' })
  await rep.sees('你的角色不能用这个功能')
  await rep.page.goto(`${scene.rig.hostOf('wanglei')}/h5/import`)
  await rep.sees('你的角色不能用这个功能')
  await rep.close()
})

/** Four weeks of first contacts of several reps, every kind of outcome among them. */
async function plantContacts(): Promise<void> {
  const { db } = scene.rig
  const people = await db.person.findMany({ where: { leftAt: null }, take: 4, orderBy: { id: 'asc' } })
  const wanglei = await db.person.findFirstOrThrow({ where: { name: '王磊' } })
  await db.contactWay.create({
    data: { id: newId(), state: 'expo', label: '广州建材展', createdById: wanglei.id, createdAt: new Date() },
  })
  const offset = Number((await db.clockOffset.findUniqueOrThrow({ where: { id: 1 } })).offsetMs)
  const now = Date.now() + offset
  for (let i = 0; i < 160; i += 1) {
    const at = new Date(now - (7 + ((i * 7) % 20)) * 24 * HOUR - (i % 5) * HOUR)
    const [id, contactId] = [newId(), newId()]
    const kind = i % 4
    await db.contact.create({ data: { id: contactId, name: i === 1 ? LONG : `新客户 ${i + 1}`, createdAt: at } })
    await db.firstContact.create({
      data: {
        ...{ id, contactId, at, source: ['add', 'chat', 'call'][i % 3] as string, channel: i % 3 ? null : i % 2 ? 'expo' : LONG },
        personId: kind === 2 ? wanglei.id : (people[i % 4]?.id ?? wanglei.id),
        heardAt: i % 16 === 3 ? new Date(at.getTime() + 90 * HOUR) : at,
        state: kind === 0 ? 'opportunity' : kind === 1 ? 'not_customer' : 'open',
        closedAt: kind < 2 ? new Date(at.getTime() + HOUR) : null,
        repActiveAt: kind === 2 ? new Date(at.getTime() + 2 * HOUR) : null,
      },
    })
  }
}
