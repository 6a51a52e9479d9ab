import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import type { Actor } from '../person/actor.js'
import { listCheckup } from './list-checkup.js'
import { reportCheckup } from './report-checkup.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let lina: Actor
const people: Record<string, string> = {}
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  lina = await cast.actor('lina')
  for (const userid of ['wanglei', 'zhaoqiang', 'lina']) people[userid] = await cast.personId(userid)
  // Only what is planted here.
  await database.db.follow.deleteMany()
})
afterAll(() => database.close())

const report = (actor = lina, days = 30) => reportCheckup(database.db, actor, { days, now: NOW })
const names = async (
  item: Parameters<typeof listCheckup>[2]['item'],
  more: { rep?: string; after?: string } = {},
  actor = lina,
) => listCheckup(database.db, actor, { item, days: 30, now: NOW, ...more })
const counts = async (actor = lina) =>
  Object.fromEntries((await report(actor)).items.map(({ item, count, of }) => [item, `${count}/${of}`]))

type Planted = {
  reps: string[]
  company?: string
  remark?: string
  phone?: boolean
  tags?: string[]
  ended?: 'rep' | 'customer'
  inWecom?: boolean
}
async function plant(name: string, { reps, company, remark, phone, tags = [], ended, inWecom = true }: Planted): Promise<string> {
  const { db } = database
  const id = newId()
  const before = company ? await db.customer.findFirst({ where: { name: company } }) : null
  const owner = people[reps[0] ?? ''] as string
  const customer = company
    ? (before ?? (await db.customer.create({ data: { id: newId(), name: company, ownerId: owner, createdAt: NOW } })))
    : null
  await db.contact.create({ data: { id, name, customerId: customer?.id ?? null, createdAt: NOW } })
  if (inWecom)
    await db.identity.create({
      data: { id: newId(), platform: 'wecom', organisation: 'ww', kind: 'external', value: `wo${id}`, contactId: id },
    })
  if (phone)
    await db.contactPhone.create({
      data: { id: newId(), contactId: id, sealed: 's', hash: id, source: 'remark', createdAt: NOW },
    })
  for (const rep of reps)
    await db.follow.create({
      data: {
        ...{ contactId: id, personId: people[rep] as string, since: NOW, remarkCompany: remark ?? null },
        tags: tags.map((tag) => ({ id: tag, name: tag })),
        ...(ended ? { endedAt: new Date('2026-11-20T02:00:00Z'), endedBy: ended } : {}),
      },
    })
  return id
}

it('an organisation that nothing was read of has nothing to say', async () => {
  expect(await report()).toMatchObject({ contacts: 0, customers: 0, tagsUnknown: false, behaviour: { reps: [] } })
  expect(await names('no-phone')).toEqual({ rows: [], next: null })
})

it('counts what nobody typed for, by hand: who is known to one, who has no company, phone or tag, whom two have', async () => {
  await plant('甲', { reps: ['wanglei'], company: '独家', phone: true, tags: ['重点'] })
  await plant('乙', { reps: ['wanglei', 'zhaoqiang'], company: '两人的', phone: true, tags: ['重点'] })
  await plant('丙', { reps: ['wanglei'], company: '两处的' })
  await plant('丁', { reps: ['zhaoqiang'], company: '两处的', phone: true })
  await plant('戊', { reps: ['wanglei'] })
  await plant('己', { reps: ['wanglei'], remark: '备注里有公司' })
  await plant('走了', { reps: ['wanglei'], ended: 'customer' })
  await plant('通讯录里的', { reps: ['wanglei'], inWecom: false })
  expect(await report()).toMatchObject({ contacts: 6, customers: 3, tagsUnknown: false })
  expect(await counts()).toEqual({ 'one-rep': '1/3', 'no-company': '1/6', 'no-phone': '3/6', 'two-reps': '1/6', 'no-tag': '4/6' })
})

it('the names behind each number are as many, each with whose they are', async () => {
  for (const { item, count } of (await report()).items) expect((await names(item)).rows).toHaveLength(count)
  expect((await names('one-rep')).rows).toMatchObject([{ name: '独家', words: '甲', reps: ['王磊'] }])
  expect((await names('two-reps')).rows[0]?.reps.sort()).toEqual(['王磊', '赵强'].sort())
  expect((await names('no-company')).rows).toMatchObject([{ name: '戊', words: '还不知道是哪家' }])
  expect((await names('lost')).rows).toMatchObject([{ name: '走了', words: '11月20日 周五删除', reps: ['王磊'] }])
  expect((await names('lost', { rep: people.zhaoqiang as string })).rows).toEqual([])
})

it('a lead sees the team’s, and nobody else’s names', async () => {
  const team = await database.db.team.create({ data: { id: newId(), name: '二组' } })
  await database.db.person.update({ where: { id: people.zhaoqiang as string }, data: { teamId: team.id } })
  const lead: Actor = { personId: newId(), name: '组长', roles: ['lead'], teamId: team.id }
  expect(await report(lead)).toMatchObject({ contacts: 2, customers: 2 })
  expect((await names('no-phone', {}, lead)).rows).toEqual([])
  expect((await names('lost', {}, lead)).rows).toEqual([])
  await expect(report({ ...lead, roles: ['rep'] })).rejects.toThrow('主管和经理')
})

it('pages of names neither repeat nor lose one', async () => {
  for (let i = 0; i < 40; i += 1) await plant(`多${i}`, { reps: ['wanglei'], tags: ['x'], phone: true })
  const first = await names('no-company')
  const second = await names('no-company', { after: first.next ?? '' })
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(41)
  expect(second.next).toBe(null)
})

it('shares and minutes are means weighed by chats, of the days that were asked for; what is not known is said', async () => {
  const { db } = database
  const personId = people.wanglei as string
  const day = { messages: 1, lost: 1, applied: 0, added: 2, personId }
  await db.behaviourDay.createMany({
    data: [
      { ...day, day: '2026-11-20', chats: 10, replyPercent: 50, firstReplyMinutes: 10 },
      { ...day, day: '2026-11-22', chats: 30, replyPercent: 90, firstReplyMinutes: 50 },
      { ...day, day: '2026-11-21', chats: 0, replyPercent: null, firstReplyMinutes: null },
      { ...day, day: '2026-10-01', chats: 500, replyPercent: 1, firstReplyMinutes: 500 },
      { ...day, day: '2026-11-23', chats: 500, replyPercent: 1, firstReplyMinutes: 500 },
    ],
  })
  await db.behaviourState.create({ data: { personId, fromDay: '2026-05-27', toDay: '2026-11-22', at: NOW } })
  await db.behaviourState.create({ data: { personId: people.zhaoqiang as string, why: '应用没有此接口的权限', at: NOW } })
  const { behaviour } = await report()
  expect(behaviour).toMatchObject({ from: '2026-10-24', to: '2026-11-22' })
  expect(behaviour.reps).toMatchObject([
    {
      ...{ name: '王磊', chats: 40, replyPercent: 80, firstReplyMinutes: 40, lost: 3, added: 6, why: null },
      known: { from: '2026-10-24', to: '2026-11-22' },
    },
    { name: '赵强', replyPercent: null, known: null, why: '应用没有此接口的权限' },
  ])
  expect((await report(lina, 180)).behaviour.reps[0]).toMatchObject({ chats: 540, known: { from: '2026-05-27' } })
})
