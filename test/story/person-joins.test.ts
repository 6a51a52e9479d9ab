import { afterEach, beforeEach, expect, it } from 'vitest'
import { ensurePerson } from '../../domain/person/identify.js'
import { joinPersons } from '../../domain/person-join/join-persons.js'
import { inWork } from '../factories/work.js'
import { openPage, usePageScene } from './page-scene.js'

/** 同事的两个账号: who is one person in WeCom and in DingTalk, as an administrator sees to it. */
const scene = usePageScene()
const path = '/h5/admin/people'
const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const page of opened.splice(0)) await page.close()
})

async function dingtalker(value: string, name: string): Promise<string> {
  const as = { platform: 'dingtalk', organisation: 'ding1', kind: 'member', value }
  const id = await inWork(scene.database.db, (work) => ensurePerson(work, as), new Date())
  await scene.database.db.person.update({ where: { id }, data: { name } })
  return id
}
const open = async (userid: string, width?: number) => {
  const page = await openPage(scene, userid, path, width)
  opened.push(page)
  return page
}
const joined = () => scene.database.db.personJoin.count({ where: { undoneAt: null } })

beforeEach(async () => {
  await scene.database.db.$executeRaw`TRUNCATE person_join, person_apart`
})

it('a namesake in the other app is judged by the administrator, and taken apart again', async () => {
  const [wang, lin] = [await dingtalker('wang', '王磊'), await dingtalker('chen', '陈静')]
  const page = await open('heping')
  await page.sees('同事的两个账号', '王磊企业微信', '王磊钉钉', '陈静钉钉')
  for (const width of [375, 400, 1280]) {
    await page.page.setViewportSize({ width, height: 860 })
    expect(await page.overflow()).toBe(0)
    await page.shot(`person joins ${width}`)
  }
  await page.taps('不是同一个人')
  await page.sees('好，不会再问')
  await page.taps('是同一个人')
  await page.sees('没有要你判断的', '已经合成一个人', '何平确认')
  expect(await joined()).toBe(1)
  await page.shot('person joins 1280, joined')
  await page.taps('撤销')
  await page.seesNoMore('已经合成一个人')
  expect(await joined()).toBe(0)
  expect(await scene.database.db.person.count({ where: { id: { in: [wang, lin] }, leftAt: null } })).toBe(2)
})

it('who was joined by the number says so; nobody but an administrator comes in', async () => {
  const { db } = scene.database
  const [winnerId, loserId] = [await scene.cast.personId('zhaoqiang'), await dingtalker('zhao', '赵强')]
  await inWork(db, (work) => joinPersons(work, { winnerId, loserId, byId: null, why: 'phone' }), new Date())
  const page = await open('heping', 375)
  await page.sees('赵强', '手机号一样')
  await page.shot('person joins 375, by number')
  for (const userid of ['wanglei', 'lina']) {
    const headers = { cookie: await scene.server.cookieOf(await scene.cast.personId(userid)) }
    expect((await fetch(`${scene.server.base}/api/admin/person-joins`, { headers })).status).toBe(403)
  }
})
