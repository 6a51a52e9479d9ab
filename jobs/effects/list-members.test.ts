import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { lookDaily, lookNow } from '../../domain/directory/start-directory.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast, organisation } from '../../test/factories/cast.js'
import { doEffects } from '../../test/factories/effects.js'
import { at, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

/** 通讯录 → 团队与主管. The cast's people were given team and manager by hand; 华东一组 is one of their teams. */
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let close: () => Promise<void> = async () => {}
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE person, team, chore, outbox, identity CASCADE`
  cast = await createCast(database.db)
})
afterEach(() => close())

type Member = { userid: string; name: string; main?: number; in?: number[]; above?: string }
const COMPANY = { id: 1, name: '甬固', parentid: 0, department_leader: [] as string[] }
const SALES = { id: 2, name: '销售部', parentid: 1, department_leader: ['boss'] }
const EAST = { id: 3, name: '华东组', parentid: 2, department_leader: ['xiaoli'] }
const PEOPLE: Record<number, Member[]> = {
  1: [{ userid: 'ceo', name: '孙总', main: 1 }],
  2: [{ userid: 'boss', name: '钱经理', main: 2, above: 'ceo' }],
  3: [
    { userid: 'XiaoLi', name: '小李', main: 3 },
    { userid: 'xiaozhou', name: '小周', main: 3 },
    { userid: 'boss', name: '钱经理', main: 2, in: [2, 3], above: 'ceo' },
  ],
}

const answerOf = ({ userid, name, main, above, ...more }: Member) => ({
  userid,
  name,
  department: more.in ?? [main],
  main_department: main,
  direct_leader: above ? [above] : [],
})

/** The directory as it is now. */
async function directory({ departments = [COMPANY, SALES, EAST], people = PEOPLE, visible = [] as string[] } = {}) {
  await close()
  const lists = departments.map((one) => ({ userlist: (people[one.id] ?? []).map(answerOf) }))
  const served = await serveQyapi({
    gettoken: [goodToken()],
    'department/list': [{ department: departments }],
    'agent/get': [{ allow_userinfos: { user: visible.map((userid) => ({ userid })) } }],
    'user/list': [
      (req, res) => {
        const id = Number(new URL(req.url ?? '/', 'http://x').searchParams.get('department_id'))
        const n = departments.findIndex((one) => one.id === id)
        res.setHeader('content-type', 'application/json').end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...lists[n] }))
      },
    ],
  })
  close = served.close
  return clientOf(served.base, undefined, { corpId: organisation }).wecom
}

async function look(wecom: Awaited<ReturnType<typeof directory>>, day = '2026-11-23') {
  await inWork(database.db, (work) => lookDaily(work, day))
  await run(wecom)
}
const run = (wecom: Awaited<ReturnType<typeof directory>>) =>
  doEffects(database.db, wecom, ['list-departments', 'list-members'], { now: NOW, until: at(HOUR) })
/** 「小李 · 华东组 · 钱经理」 */
async function where(userid: string) {
  const person = await database.db.person.findFirstOrThrow({
    where: { identities: { some: { kind: 'member', value: userid } } },
    include: { team: true, manager: true },
  })
  return `${person.name} · ${person.team?.name ?? '—'} · ${person.manager?.name ?? '—'}`
}
const all = async () => Promise.all(['ceo', 'boss', 'xiaoli', 'xiaozhou'].map(where))
const PLACED = ['孙总 · — · —', '钱经理 · 销售部 · 孙总', '小李 · 华东组 · 钱经理', '小周 · 华东组 · 小李']

it('who is new is met, with team and manager: direct superior, else who leads the department, else the one above', async () => {
  await look(await directory())
  expect(await all()).toEqual(PLACED)
})

it('makes no difference in which order departments are read, or how often', async () => {
  const wecom = await directory()
  await inWork(database.db, (work) => lookDaily(work, '2026-11-23'))
  await doEffects(database.db, wecom, ['list-departments'], { now: NOW })
  for (const [n, row] of (await database.db.outbox.findMany({ where: { kind: 'list-members' } })).entries())
    await database.db.outbox.update({ where: { id: row.id }, data: { notBefore: at(1_000 - n) } })
  await run(wecom)
  expect(await all()).toEqual(PLACED)
  await inWork(database.db, (work) => lookNow(work, newId()), at(HOUR))
  await database.db.outbox.updateMany({ where: { kind: 'list-members' }, data: { state: 'open' } })
  await run(wecom)
  expect(await all()).toEqual(PLACED)
  expect(await database.db.team.count({ where: { departmentKey: { not: null } } })).toBe(2)
})

it('what was set by hand stays; a department that bears a team’s name is that team', async () => {
  const people = {
    2: [
      { userid: 'wanglei', name: '王磊（新）', main: 2, above: 'boss' },
      { userid: 'boss', name: '钱经理', main: 2 },
    ],
    3: [{ userid: 'zhaoqiang', name: '赵强', main: 3, above: 'boss' }],
  }
  const before = [await where('wanglei'), await where('zhaoqiang')]
  await database.db.person.update({
    where: { id: await cast.personId('zhaoqiang') },
    data: { teamId: null, teamFrom: 'hand', managerId: null, managerFrom: 'hand' },
  })
  const sameName = { ...EAST, name: '华东一组' }
  await look(await directory({ departments: [COMPANY, SALES, sameName], people }))
  expect([await where('wanglei'), await where('zhaoqiang')]).toEqual([before[0], '赵强 · — · —'])
  expect(await database.db.team.findMany({ where: { name: '华东一组' } })).toMatchObject([
    { departmentKey: `wecom:${organisation}:3`, nameFrom: null },
  ])
  await look(await directory({ departments: [COMPANY, SALES, { ...EAST, name: '华东大区' }], people }), '2026-11-24')
  expect(await database.db.team.count({ where: { name: '华东一组' } })).toBe(1)
})

it('a renamed department renames its team; moving to another department moves; two of one name are told apart', async () => {
  await look(await directory())
  const renamed = { ...EAST, name: '华东大区' }
  const other = { id: 4, name: '销售部', parentid: 3, department_leader: [] }
  const people = {
    ...PEOPLE,
    3: [{ userid: 'xiaoli', name: '小李', main: 3 }],
    4: [{ userid: 'xiaozhou', name: '小周', main: 4 }],
  }
  await look(await directory({ departments: [COMPANY, SALES, renamed, other], people }), '2026-11-24')
  expect(await all()).toEqual([PLACED[0], PLACED[1], '小李 · 华东大区 · 钱经理', '小周 · 华东大区·销售部 · 小李'])
  const names = (await database.db.team.findMany({ where: { departmentKey: { not: null } } })).map((team) => team.name)
  expect(names.sort()).toEqual(['华东大区', '华东大区·销售部', '销售部'].sort())
})

it('a range that became smaller takes nothing away, and nobody has left by it', async () => {
  await look(await directory())
  await look(
    await directory({ departments: [{ ...EAST, department_leader: [] }], people: { 3: [PEOPLE[3]?.[1] as Member] } }),
    '2026-11-24',
  )
  expect(await all()).toEqual(PLACED)
  expect(await database.db.person.count({ where: { leftAt: { not: null } } })).toBe(0)
})

it('a department that may not be read holds up no other; people shown by name are met', async () => {
  const wecom = await directory({ visible: ['newcomer'] })
  await inWork(database.db, (work) => lookDaily(work, '2026-11-23'))
  await doEffects(database.db, wecom, ['list-departments'], { now: NOW })
  await database.db.outbox.updateMany({ where: { key: 'list-members:2026-11-23:2' }, data: { state: 'failed' } })
  await run(wecom)
  expect(await where('xiaozhou')).toBe('小周 · 华东组 · 小李')
  expect(await database.db.identity.count({ where: { value: 'newcomer' } })).toBe(1)
})

it('nobody comes to stand under themselves; who left is neither moved nor a manager', async () => {
  const people = {
    2: [
      { userid: 'a', name: '甲', main: 2, above: 'b' },
      { userid: 'b', name: '乙', main: 2, above: 'a' },
      { userid: 'gone', name: '丙', main: 2, above: 'a' },
      { userid: 'd', name: '丁', main: 2, above: 'gone' },
    ],
  }
  const departments = [COMPANY, { ...SALES, department_leader: [] }]
  const wecom = await directory({ departments, people, visible: ['gone'] })
  await inWork(database.db, (work) => lookDaily(work, '2026-11-23'))
  await doEffects(database.db, wecom, ['list-departments'], { now: NOW })
  await database.db.person.updateMany({ where: { identities: { some: { value: 'gone' } } }, data: { leftAt: NOW } })
  await run(wecom)
  expect([await where('a'), await where('b'), await where('d')]).toEqual([
    '甲 · 销售部 · 乙',
    '乙 · 销售部 · —',
    '丁 · 销售部 · —',
  ])
  expect(await where('gone')).toBe('gone · — · —')
})

it('what an older look still had to read is left to the later one', async () => {
  const wecom = await directory()
  await inWork(database.db, (work) => lookDaily(work, '2026-11-23'))
  await doEffects(database.db, wecom, ['list-departments'], { now: NOW })
  await inWork(database.db, (work) => lookDaily(work, '2026-11-24'), at(HOUR))
  const ran = await doEffects(database.db, wecom, ['list-members'], { now: NOW, until: at(HOUR) })
  expect(ran.map(({ skipped }) => skipped)).toEqual(Array(3).fill('a later look is asked for'))
})

it('a department of four thousand is placed in one transaction', async () => {
  const crowd = Array.from({ length: 4_000 }, (_, n) => ({
    userid: `u${n}`,
    name: `员工${n}`,
    main: 2,
    above: n ? 'u0' : 'boss',
  }))
  const people = { 2: [{ userid: 'boss', name: '钱经理', main: 2 }, ...crowd] }
  await look(await directory({ departments: [COMPANY, SALES], people }))
  const team = await database.db.team.findFirstOrThrow({ where: { name: '销售部' } })
  expect(await database.db.person.count({ where: { teamId: team.id, managerFrom: 'directory' } })).toBe(4_000)
  expect([await where('u0'), await where('u3999')]).toEqual(['员工0 · 销售部 · 钱经理', '员工3999 · 销售部 · 员工0'])
})
