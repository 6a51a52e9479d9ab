import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reminderKind } from '../../domain/reminders/find-kind.js'
import type { Level } from '../../domain/reminders/ladder.contract.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

const KIND = 'requirement-change-confirm'
const PATH = `/api/settings/reminders/${KIND}`
let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let lina: string
let heping: string
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  cast = await createCast(database.db, new Date())
  server = await startServer({ database: database.url, redis: redis.url })
  ;[lina, heping] = await Promise.all([cast.personId('lina'), cast.personId('heping')])
})
afterAll(async () => {
  await server.close()
  await Promise.all([database.close(), redis.stop()])
})

const ladder = (...changes: Partial<Level>[]) => ({
  levels: (reminderKind(KIND).levels as Level[]).map((level, i) => ({ ...level, ...changes[i] })),
})
const preview = async (value: unknown) => (await server.call('POST', `${PATH}/preview`, { as: lina, body: { value } })).json
const problems = async (...changes: object[]) =>
  (await preview(ladder(...(changes as Partial<Level>[])))).problems.map(
    ({ at, words, stops }: { at: string; words: string; stops: boolean }) => `${stops ? '!' : '?'} ${at} ${words}`,
  )

it('the form comes from the definition: people of the kind’s own, gaps with their examples, channels with why they are off', async () => {
  const { json } = await server.get(PATH, lina)
  expect(json).toMatchObject({ label: '需求变更待答复', standing: { version: 0, by: null }, hasMoment: false })
  expect(json.audiences.map((one: { label: string }) => one.label)).toEqual(['负责跟进的人', '他的上级', '销售经理', '被问的人'])
  expect(json.placeholders).toContainEqual({ name: 'customer', means: '客户', sample: '华强五金' })
  const sms = json.channels.find((one: { name: string }) => one.name === 'sms')
  expect(sms.off).toMatch(/./)
  expect((await server.get('/api/settings/reminders/of-no-kind', lina)).status).toBe(404)
})

describe('a draft', () => {
  it('is shown as the card that it makes, with the buttons of who gets it', async () => {
    const { levels, changes } = await preview(ladder({ title: '{customer}急等{what}' }))
    expect(levels[0]).toMatchObject({
      line: expect.stringMatching(/^4 小时后（休息日不算），告诉被问的人：应用消息/),
      card: { source: '不漏 · 需求变更待答复', title: '华强五金急等确认', desc: '王磊已等 4 小时' },
    })
    const labels = levels.map(({ card }: { card: { buttons: { label: string }[] } }) => card.buttons[0]?.label)
    expect(labels).toEqual(['我来跟进', '我来接手'])
    expect(changes).toEqual([{ what: '第 1 级 · 标题', before: '{customer}还在等{what}', after: '{customer}急等{what}' }])
  })

  it.each<[string, object, string]>([
    ['an empty title', { title: '  ' }, '! levels.0.title 写一句话，收到的人先看到它'],
    ['a gap that there is not', { desc: '{客户}' }, '? levels.0.desc 没有「{客户}」这个空，收到的人会原样看到它'],
    ['a long title', { title: '长'.repeat(37) }, '? levels.0.title 填好后大约 37 个字，手机上只显示前 36 个'],
    ['one too long', { title: '长'.repeat(41) }, '! levels.0.title 最多 40 个字，现在 41 个'],
    ['nobody', { to: [] }, '! levels.0.to 至少选一个人'],
    ['somebody unknown', { to: ['boss'] }, '! levels.0.to 没有这种人：boss'],
    ['no channel', { route: [] }, '! levels.0.route 每一步至少选一个渠道'],
    ['a wait that is no number', { wait: { from: 'last', minutes: null, counts: 'clock' } }, '! levels.0.wait 写一个整数'],
    [
      'a moment that it has not',
      { wait: { from: 'target', days: 1, at: null } },
      '! levels.0.wait 这件事没有约定的时间，不能提前几天',
    ],
  ])('%s is said at its field', async (_what, change, words) => {
    expect(await problems(change)).toContain(words)
  })

  it('a level that can reach nobody is warned about, one whose second channel is off only of that', async () => {
    expect((await problems({ route: [['sms']] })).join()).toMatch(/\? levels\.0\.route 这一级现在谁也发不到：短信还没开通/)
    expect((await problems({ route: [['chat'], ['sms']] })).join()).toMatch(/\? levels\.0\.route 短信还没开通（.*），会跳过/)
    expect((await problems({ on: false }, { on: false })).join()).toBe('? levels 每一级都关着，这件事谁都不会被提醒')
    const now = { from: 'last', minutes: 0, counts: 'clock' }
    expect((await problems({}, { wait: now })).join()).toMatch(/\? levels\.1\.wait 和上一级同时到，只会发这一级/)
  })

  it('that can not be kept is neither saved nor played', async () => {
    for (const path of [PATH, `${PATH}/dry-run`]) {
      const answer = await server.post(path, lina, { expected: 0, value: ladder({ to: [] }) })
      expect(answer).toMatchObject({ status: 400, json: { error: { code: 'not-ready', words: '至少选一个人' } } })
    }
    expect(await cast.db.rule.count({ where: { name: `reminder:${KIND}` } })).toBe(0)
  })
})

it('a save counts once however often it is sent; another’s meanwhile is told; the history says who and what', async () => {
  const body = { requestId: newId(), expected: 0, value: ladder({ wait: { from: 'last', minutes: 120, counts: 'clock' } }) }
  const [first, again] = [await server.post(PATH, lina, body), await server.post(PATH, lina, body)]
  expect([first.json, again.json]).toEqual([
    { version: 1, moved: 0 },
    { version: 1, moved: 0 },
  ])
  const late = await server.post(PATH, heping, { expected: 0, value: ladder({ title: '等你答复' }) })
  expect(late).toMatchObject({ status: 409, json: { error: { code: 'changed-meanwhile' } } })
  expect((await server.post(PATH, heping, { expected: 1, value: ladder({ title: '等你答复' }) })).json.version).toBe(2)
  const { versions } = (await server.get(`${PATH}/history`, lina)).json
  expect(versions.map((one: { by: string }) => one.by)).toEqual(['何平', '李娜'])
  expect(versions[1].changes).toEqual([{ what: '第 1 级 · 什么时候', before: '4 小时后（休息日不算）', after: '2 小时后' }])
})

describe('calm rules', () => {
  const draft = async (change: object) => ({ ...(await server.get('/api/settings/calm', lina)).json.calm, ...change })
  const said = async (change: object) => {
    const { json } = await server.call('POST', '/api/settings/calm/preview', { as: lina, body: { value: await draft(change) } })
    return json.problems.map(
      (one: { at: string; words: string; stops: boolean }) => `${one.stops ? '!' : '?'} ${one.at} ${one.words}`,
    )
  }

  it.each<[object, string]>([
    [{ quiet: { from: '08:00', to: '07:00' } }, '! quiet 一天里至少留两个小时可以提醒'],
    [{ quiet: { from: '8点', to: '07:00' } }, '! quiet 时间写成 08:15 这样'],
    [{ quiet: { from: '08:00', to: '08:00' } }, '? quiet 没有安静时间，半夜也会提醒'],
    [{ workHours: { from: '18:00', to: '09:00' } }, '! workHours 下班要比上班晚'],
    [{ week: 'alternate', longWeek: null }, '! longWeek 选一天，让我们知道哪一周上六天'],
    [{ week: 'alternate', longWeek: '2026-02-31x' }, '! longWeek 选一天，让我们知道哪一周上六天'],
    [{ cap: { rep: 0, manager: 5 } }, '! capRep 写 1 到 50 之间的整数'],
    [{ mergeMinutes: null }, '! mergeMinutes 写 0 到 240 之间的整数'],
    [{ digests: [] }, '! digests 至少留一个时间，超出的提醒才有地方去'],
    [{ digests: ['22:00'] }, '? digests 22:00 在安静时间里，会等到 08:00 之后'],
    [{ morning: '07:00' }, '? morning 07:00 还在安静时间里，会等到 08:00 之后才发'],
    [{ daysOffQuiet: false }, '? daysOffQuiet 周末和节假日也会发，同事可能在休息'],
  ])('%o is said at its field', async (change, words) => {
    expect(await said(change)).toContain(words)
  })

  it('are saved, played and remembered like a ladder', async () => {
    const { standing } = (await server.get('/api/settings/calm', lina)).json
    const value = await draft({ cap: { rep: 8, manager: 5 } })
    expect((await server.call('POST', '/api/settings/calm/dry-run', { as: lina, body: { value } })).json.reminders).toBe(0)
    const saved = await server.post('/api/settings/calm', lina, { expected: standing.version, value })
    expect(saved.json.version).toBe(standing.version + 1)
    const { versions } = (await server.get('/api/settings/calm/history', heping)).json
    expect(versions[0]).toMatchObject({ by: '李娜', changes: [{ what: '销售每天最多', before: '5 张', after: '8 张' }] })
    const list = (await server.get('/api/settings/reminders', lina)).json
    expect(list.calm.lines.join()).toMatch(/每天最多 8 张/)
  })
})
