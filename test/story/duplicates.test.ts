import { beforeAll, expect, it } from 'vitest'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { newId } from '../../lib/ids.js'
import { comes } from '../factories/first-contact.js'
import { openPage, usePageScene } from './page-scene.js'

/** Two that are one: beside the chat and in a list, looked at before they are merged, told apart, and both taken back. */
const scene = usePageScene()
const HOUR = 3_600_000
let wanglei: string
beforeAll(async () => {
  wanglei = await scene.cast.personId('wanglei')
})

let made = 0
const comesWith = async (name: string, phone: string) => {
  const at = new Date(Date.now() - 2 * HOUR)
  const contactId = await comes(scene.database.db, `wmTwice${++made}`, { name, by: wanglei, at })
  const secrets = contactSecrets(scene.server.config.dataKey)
  await scene.database.db.contactPhone.create({
    data: { id: newId(), contactId, sealed: secrets.seal(phone), hash: secrets.hash(phone), source: 'call', createdAt: at },
  })
  return contactId
}

it('two that are one are offered, shown before they are merged, and parted again', async () => {
  const { db } = scene.database
  const a = await comesWith('吴老板', '13700002222')
  await comesWith('吴建国', '13700002222')
  const rep = await openPage(scene, 'wanglei', `/h5/chat/${a}`)
  await rep.sees('和吴建国可能是同一个人')
  await rep.shot('same contact, offered')
  await rep.taps(/可能是同一个人/)
  await rep.sees('留下这位', '并进来', '吴老板', '吴建国')
  await rep.shot('merge, preview')
  const kept = (await rep.page.locator('h2').first().innerText()).trim()
  await rep.taps('换过来，留另一位')
  await rep.sees('你选的')
  expect((await rep.page.locator('h2').first().innerText()).trim()).not.toBe(kept)
  await rep.tapsTwice('合成一位')
  await rep.sees('合成一位了', '撤销')
  await rep.shot('merge, done')
  expect(await db.contactMerge.count({ where: { undoneAt: null } })).toBe(1)
  await rep.taps(/^撤销\d*$/)
  await rep.sees('撤销了，还是两位', '留下这位')
  expect(await db.contactMerge.count({ where: { undoneAt: null } })).toBe(0)
  await rep.taps('不是同一个人')
  await rep.sees('好，不会再问了')
  await rep.seesNoMore('可能是同一个人')
  await rep.close()
})

it('all that look like two of one stand in a list: looked at, told apart, and that taken back', async () => {
  const { db } = scene.database
  const name = '广东省佛山市顺德区大良街道永盛隆五金机电建筑材料经营部采购林经理'
  const pairs = [
    ['郑总', '郑国栋', '13700003333'],
    [name, '林经理', '13700004444'],
  ] as const
  for (const [one, other, phone] of pairs) for (const who of [one, other]) await comesWith(who, phone)
  const rep = await openPage(scene, 'wanglei', '/h5/new-contacts')
  await rep.taps('找重复')
  await rep.sees('可能重复的联系人', '郑总', '郑国栋', '林经理', '电话一样', '不是同一个人', '看看合并')
  for (const width of [375, 400, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await rep.page.setViewportSize({ width, height: 860 })
      await rep.page.emulateMedia({ colorScheme })
      expect(`${await rep.overflow()} at ${width}`).toBe(`0 at ${width}`)
      await rep.shot(`duplicates ${width} ${colorScheme}`)
    }
  await rep.page.setViewportSize({ width: 400, height: 860 })
  const row = (text: string) => rep.page.getByRole('listitem').filter({ hasText: text })
  await row('郑国栋').getByRole('button', { name: '不是同一个人' }).click()
  await rep.sees('不是同一个人，不会再问')
  const apart = () => db.contactMerge.count({ where: { winner: { name: { startsWith: '郑' } }, undoneAt: { not: null } } })
  expect(await apart()).toBe(1)
  await row('郑国栋').getByRole('button', { name: '撤销' }).click()
  await row('郑国栋').getByRole('link', { name: '看看合并' }).waitFor()
  expect(await apart()).toBe(0)

  // From the preview it is said too, and the list goes on.
  await row('郑国栋').getByRole('link', { name: '看看合并' }).click()
  await rep.sees('留下这位', '郑总', '郑国栋')
  await rep.taps('不是同一个人')
  await rep.sees('好，不会再问了', '林经理')
  await rep.seesNoMore('郑国栋')
  await rep.taps('说过不是')
  await rep.sees('郑国栋', '不是同一个人，不会再问')
  await rep.shot('duplicates, told apart')
  await rep.page.reload()
  await row('郑国栋').getByRole('button', { name: '撤销' }).click()
  await row('郑国栋').getByRole('button', { name: '不是同一个人' }).waitFor()
  await rep.taps('可能重复')
  await row('郑国栋').getByRole('link', { name: '看看合并' }).click()
  await rep.sees('留下这位')
  await rep.tapsTwice('合成一位')
  await rep.sees('合成一位了', '可能重复的联系人', '林经理')
  await rep.seesNoMore('郑国栋')
  await rep.close()

  const nobody = await openPage(scene, 'zhaoqiang', '/h5/duplicates', 375)
  await nobody.sees('没有看起来重复的联系人')
  await nobody.shot('duplicates, none')
  await nobody.taps('说过不是')
  await nobody.sees('还没有说过')
  await nobody.close()
})
