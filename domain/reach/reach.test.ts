import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CopyState, Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { drawCard } from '../card/draw-card.js'
import { issueCard } from '../card/issue-card.js'
import { getActor } from '../person/actor.js'
import { findChats } from '../person/find-chats.js'
import { askForCode } from './ask-for-code.js'
import { findPoint } from './find-point.js'
import { getReach } from './get-reach.js'
import { confirmByToken, confirmTry } from './got-it.js'
import { keepTold } from './keep-told.js'
import { listTeam } from './list-team.js'
import { noteActive } from './note-active.js'
import { pointSecrets } from './point-secrets.js'
import { proveCode } from './prove-code.js'
import { maskPoint, readMail, readMobile } from './read-point.js'
import { sayHabits } from './say-habits.js'
import { setBarred } from './set-barred.js'
import { tellUnreachable } from './tell-unreachable.js'
import { tryOne } from './try-one.js'

let database: Awaited<ReturnType<typeof freshDb>>
let db: Db
let cast: Cast
let wang: string
const points = pointSecrets('k'.repeat(32))
const on = { sms: null, mail: null }
beforeAll(async () => {
  database = await freshDb()
  db = database.db
})
afterAll(() => database.close())
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chore, contact_code, contact_point, reach, reach_try CASCADE`
  ;({ cast } = await createChain(db))
  await db.contactPoint.deleteMany()
  wang = await cast.personId('wanglei')
})

const ask = (typed: string, { code = '123456', when = at(0), personId = wang } = {}) =>
  inWork(db, (work) => askForCode(work, { personId, channel: 'sms', typed, code, points, machineNow: when }))
const prove = (code: string, when = at(MINUTE)) =>
  inWork(db, (work) => proveCode(work, { personId: wang, channel: 'sms', code, points, machineNow: when }))
const mobile = () => findPoint(db, points, { personId: wang, channel: 'sms' })
const codesSent = () => db.outbox.count({ where: { kind: 'send-code' } })

describe('a typed number', () => {
  it('is used once the code that was sent to it comes back, and never stands in the clear', async () => {
    await ask('+86 138-1234 5678')
    expect(await mobile()).toBeNull()
    expect(await prove('654321')).toBe(false)
    expect(await prove('123456')).toBe(true)
    expect(await mobile()).toBe('13812345678')
    expect(await prove('123456')).toBe(false)
    const rows = [await db.contactCode.findMany(), await db.contactPoint.findMany()]
    const payloads = (await db.outbox.findMany()).map((row) => row.payload)
    const audit = (await db.auditEntry.findMany({ include: { content: true } })).map((one) => one.content?.content)
    expect(JSON.stringify([rows, payloads, audit])).not.toMatch(/13812345678|123456"/)
  })

  it('goes on being the old one until the new one is proved', async () => {
    await ask('13812345678')
    await prove('123456')
    await ask('13900000000', { when: at(2 * MINUTE) })
    expect(await mobile()).toBe('13812345678')
    expect(await prove('123456', at(3 * MINUTE))).toBe(true)
    expect(await mobile()).toBe('13900000000')
  })

  it('has five tries, ten minutes, and the newest code only', async () => {
    await ask('13812345678')
    for (let n = 0; n < 5; n += 1) expect(await prove('000000')).toBe(false)
    expect(await prove('123456')).toBe(false)
    await ask('13812345678', { when: at(2 * MINUTE), code: '111111' })
    expect(await prove('111111', at(12 * MINUTE + SECOND))).toBe(false)
    await ask('13812345678', { when: at(20 * MINUTE), code: '222222' })
    await ask('13812345678', { when: at(22 * MINUTE), code: '333333' })
    expect(await prove('222222', at(23 * MINUTE))).toBe(false)
    expect(await prove('333333', at(23 * MINUTE))).toBe(true)
  })

  it('is not tried more than five times by ten tries at once', async () => {
    await ask('13812345678')
    const guesses = Array.from({ length: 10 }, (_, n) => prove(String(n).padStart(6, '0')))
    expect((await Promise.all(guesses)).some(Boolean)).toBe(false)
    expect(await db.contactCode.findFirstOrThrow()).toMatchObject({ tries: 5 })
  })

  it('gets one code a minute and five a day', async () => {
    await ask('13812345678')
    await expect(ask('13812345678', { when: at(59 * SECOND) })).rejects.toMatchObject({ code: 'code-too-soon', status: 429 })
    for (let n = 1; n < 5; n += 1) await ask('13812345678', { when: at(n * 2 * MINUTE) })
    await expect(ask('13900000000', { when: at(HOUR) })).rejects.toMatchObject({ code: 'enough-codes' })
    await ask('13812345678', { when: at(DAY + 9 * MINUTE) })
    expect(await codesSent()).toBe(6)
  })

  it('answers the same where another has just used it: no code leaves, and nothing tells', async () => {
    const chen = await cast.personId('chenjing')
    expect(await ask('13812345678', { personId: chen })).toBeUndefined()
    expect(await ask('13812345678')).toBeUndefined()
    expect(await codesSent()).toBe(1)
    // Even who guesses the code that was never sent proves nothing of another's row.
    expect(await prove('999999')).toBe(false)
  })

  it.each(['12345678901', '138123456', 'abc', '+1 212 555 0100'])('is refused when it is none: %s', async (typed) => {
    await expect(ask(typed)).rejects.toMatchObject({ code: 'bad-point' })
  })
})

it('reads and masks numbers and addresses', () => {
  expect([readMobile('0086 138 1234 5678'), readMobile('02112345678')]).toEqual(['13812345678', null])
  expect([readMail(' Li.Na@Yonggu.Example '), readMail('a@b'), readMail('<a@b.cn>')]).toEqual([
    'Li.Na@yonggu.example',
    null,
    null,
  ])
  expect(maskPoint('sms', '13812345678')).toBe('138****5678')
  expect([maskPoint('mail', 'wanglei@a.cn'), maskPoint('mail', 'li@a.cn')]).toEqual(['w***i@a.cn', 'l***@a.cn'])
})

it('what WeCom tells is proved; what it does not tell changes nothing', async () => {
  const told = (mobile: string | null, bizMail: string | null) =>
    inWork(db, (work) => keepTold(work, points, { personId: wang, told: { mobile, email: 'private@qq.com', bizMail } }))
  expect(await told('+8613812345678', 'wang@yonggu.example')).toEqual(['sms', 'mail'])
  expect(await findPoint(db, points, { personId: wang, channel: 'mail' })).toBe('wang@yonggu.example')
  expect(await inWork(db, (work) => keepTold(work, points, { personId: wang, told: null }))).toEqual([])
  expect(await mobile()).toBe('13812345678')
})

describe('试发一条', () => {
  const token = randomBytes(24).toString('base64url')
  const attempt = (when = at(0)) =>
    inWork(
      db,
      (work) => tryOne(work, { personId: wang, set: { sms: true, mail: true }, machineNow: when, newToken: () => token }),
      when,
    )

  it('goes through the channels that are on for this person, each a card of its own', async () => {
    expect(await attempt()).toEqual(['wecom'])
    await inWork(db, (work) =>
      keepTold(work, points, { personId: wang, told: { mobile: '13812345678', email: 'a@b.cn', bizMail: null } }),
    )
    await expect(attempt(at(30 * SECOND))).rejects.toMatchObject({ code: 'tried-just-now' })
    expect(await attempt(at(2 * MINUTE))).toEqual(['wecom', 'sms', 'mail'])
    const tries = await db.reachTry.findMany({ orderBy: { id: 'asc' } })
    expect(await db.cardCopy.count({ where: { card: { kind: 'try-one' } } })).toBe(4)
    // The first one, never answered, asks no more.
    expect(tries.map((one) => one.until > at(2 * MINUTE))).toEqual([false, true, true, true])
    const drawn = await Promise.all(
      tries.slice(1).map((one) => drawCard(db, { kind: 'try-one', subject: `try:${one.id}` }, at(0))),
    )
    expect(drawn.map((card) => card?.page)).toEqual(['/h5/reach', '/h5/reach', `/got/${token}`])
  })

  it('收到了 counts for the one it was said of, by its owner, once', async () => {
    await attempt()
    const { id } = await db.reachTry.findFirstOrThrow()
    const [other, own] = [await cast.personId('chenjing'), wang]
    expect(await inWork(db, (work) => confirmTry(work, other, id))).toBe(false)
    expect(await inWork(db, (work) => confirmTry(work, own, id))).toBe(true)
    expect(await inWork(db, (work) => confirmTry(work, own, id))).toBe(false)
  })

  it('a link holds a week and works once', async () => {
    await inWork(db, (work) => keepTold(work, points, { personId: wang, told: { mobile: null, email: 'a@b.cn', bizMail: null } }))
    await attempt()
    const click = (when: Date) => inWork(db, (work) => confirmByToken(work, token, when))
    expect(await click(at(8 * DAY))).toBe(false)
    expect(await inWork(db, (work) => confirmByToken(work, 'x', at(0)))).toBe(false)
    expect(await click(at(DAY))).toBe(true)
    expect(await click(at(DAY))).toBe(false)
    expect(await db.reach.findMany()).toMatchObject([{ channel: 'mail', personId: wang }])
  })
})

describe('how a channel stands', () => {
  const sent = async (state: CopyState, when: Date, { platform = 'wecom', reason = null as string | null } = {}) => {
    const card = await db.card.create({ data: { id: newId(), kind: 'digest', subject: newId(), createdAt: when } })
    await db.cardCopy.create({ data: { id: newId(), cardId: card.id, personId: wang, platform, state, reason, stateAt: when } })
  }
  const see = async (channel: 'wecom' | 'sms' | 'mail', when = at(DAY)) => {
    const needs = { off: on, sendsCodes: true, points, now: when, machineNow: when }
    const page = await getReach(db, await cast.actor('wanglei'), needs)
    const one = page.channels.find((each) => each.channel === channel)
    return [one?.standing, one?.why, one?.facts.map((fact) => fact.word)]
  }

  it('taken is not read: only a sign after it says more', async () => {
    expect(await see('wecom')).toEqual(['new', null, []])
    await sent('submitted', at(HOUR))
    expect(await see('wecom')).toEqual(['taken', null, ['已提交']])
    await noteActive(db, wang, at(2 * HOUR))
    expect(await see('wecom')).toEqual(['proved', null, ['已提交', '之后活跃']])
    await sent('submitted', at(3 * HOUR))
    expect(await see('wecom')).toEqual(['taken', null, ['已提交']])
  })

  it('a refusal stands until something speaks against it', async () => {
    await sent('failed', at(HOUR), { reason: 'message/send: 81013 不能送达 wanglei：没有接口许可' })
    expect(await see('wecom')).toEqual(['bad', '没有接口许可', ['没送达']])
    // They open a page: they are there, and cards still do not come.
    await noteActive(db, wang, at(2 * HOUR))
    expect(await see('wecom')).toEqual(['bad', '没有接口许可', ['没送达', '之后活跃']])
    await sent('submitted', at(3 * HOUR))
    expect(await see('wecom')).toEqual(['taken', null, ['已提交']])
  })

  it('five without a sign over a day’s work speak against it; four, or five in an hour, do not', async () => {
    for (let n = 0; n < 5; n += 1) await sent('submitted', at(n * 10 * MINUTE))
    expect(await see('wecom', at(HOUR))).toEqual(['taken', null, ['已提交']])
    expect(await see('wecom', at(DAY + 2 * HOUR))).toEqual(['bad', '连着 5 条都没有动静', ['已提交']])
    await noteActive(db, wang, at(5 * MINUTE))
    expect(await see('wecom', at(DAY + 2 * HOUR))).toEqual(['taken', null, ['已提交']])
  })

  it('without a proved number it is not on; a receipt proves, a bounce says so', async () => {
    expect(await see('sms')).toEqual(['off', '没有登记手机号', []])
    await inWork(db, (work) =>
      keepTold(work, points, { personId: wang, told: { mobile: '13812345678', email: 'a@b.cn', bizMail: null } }),
    )
    await sent('delivered', at(HOUR), { platform: 'sms' })
    expect(await see('sms')).toEqual(['proved', null, ['已送达']])
    await sent('failed', at(HOUR), { platform: 'mail', reason: 'smtp: 550 退信：邮箱不存在或拒收' })
    expect(await see('mail')).toEqual(['bad', '退信：邮箱不存在或拒收', ['退信']])
  })
})

it('signs of life are written once in five minutes', async () => {
  const seen = async () => (await db.reach.findFirstOrThrow()).activeAt
  await noteActive(db, wang, at(0))
  await noteActive(db, wang, at(4 * MINUTE))
  expect(await seen()).toEqual(at(0))
  await noteActive(db, wang, at(6 * MINUTE))
  expect(await seen()).toEqual(at(6 * MINUTE))
})

describe('with DingTalk', () => {
  const account = (personId: string) => {
    const as = { platform: 'dingtalk', organisation: 'dingcorp', kind: 'member', value: newId() }
    return db.identity.create({ data: { id: newId(), ...as, personId } })
  }
  const page = async () =>
    getReach(db, await getActor(db, wang), { off: on, sendsCodes: false, points, now: at(DAY), machineNow: at(0) })
  const named = async () => (await page()).channels.map((one) => one.channel)
  const tries = () =>
    inWork(db, (work) => tryOne(work, { personId: wang, set: { sms: true, mail: true }, machineNow: at(0), newToken: newId }))

  it('each platform is a channel of those who have an account there', async () => {
    expect(await named()).toEqual(['wecom', 'sms', 'mail'])
    await account(wang)
    expect(await named()).toEqual(['wecom', 'dingtalk', 'sms', 'mail'])
    expect(await page()).toMatchObject({ chats: ['wecom', 'dingtalk'], prefers: null })
    expect((await tries()).sort()).toEqual(['dingtalk', 'wecom'])
    await db.identity.deleteMany({ where: { personId: wang, platform: 'wecom' } })
    expect(await named()).toEqual(['dingtalk', 'sms', 'mail'])
  })

  it('one says where to be written to, of the places where one is', async () => {
    const say = (prefers: 'wecom' | 'dingtalk' | null) => inWork(db, (work) => sayHabits(work, wang, { prefers }))
    await expect(say('dingtalk')).rejects.toMatchObject({ code: 'no-account', status: 409 })
    await account(wang)
    await say('dingtalk')
    expect(await page()).toMatchObject({ prefers: 'dingtalk' })
    expect((await findChats(db, [wang])).get(wang)).toEqual(['dingtalk', 'wecom'])
    await say(null)
    expect(await page()).toMatchObject({ prefers: null })
  })

  it('what each platform says of a person stands by itself; a read message has arrived', async () => {
    await account(wang)
    await inWork(db, async (work) => {
      await sayHabits(work, wang, { channel: 'dingtalk', saysOn: false })
      await setBarred(work, wang, '不在应用可见范围')
    })
    const of = async (channel: string) => (await page()).channels.find((one) => one.channel === channel)
    expect(await of('wecom')).toMatchObject({ saysOn: null, standing: 'bad', why: '不在应用可见范围' })
    expect(await of('dingtalk')).toMatchObject({ saysOn: false, standing: 'bad', why: '他说通知关着' })
    await inWork(db, (work) => sayHabits(work, wang, { channel: 'dingtalk', saysOn: true }))
    await inWork(db, (work) => issueCard(work, { kind: 'try-one', subject: 'try:1', people: [wang], route: [['dingtalk']] }))
    await db.cardCopy.updateMany({ data: { state: 'delivered', stateAt: at(0), reason: '对方已读' } })
    expect(await of('dingtalk')).toMatchObject({ standing: 'proved', facts: [{ word: '已送达', why: '钉钉说已读' }] })
  })

  it('who is in DingTalk alone and out of reach there is told of in its words', async () => {
    await account(wang)
    await db.identity.deleteMany({ where: { personId: wang, platform: 'wecom' } })
    await inWork(db, (work) => setBarred(work, wang, '还没加入钉钉', 'dingtalk'))
    const [worst] = (await listTeam(db, await cast.actor('lina'), { off: on, now: at(0) })).people
    expect(worst).toMatchObject({ name: '王磊', todo: '请管理员看看他的钉钉账号，请他在「我的提醒渠道」登记手机号' })
    expect(worst?.channels.map((one) => one.channel)).toEqual(['dingtalk', 'sms', 'mail'])
    await inWork(db, (work) => tellUnreachable(work, on), at(0))
    const card = await db.card.findFirstOrThrow({ where: { kind: 'unreachable' } })
    expect((await drawCard(db, card, at(0)))?.fields).toEqual([
      { label: '王磊', value: '还没加入钉钉；没有登记手机号；没有登记邮箱' },
    ])
    // Seen there since, he is not on it.
    await noteActive(db, wang, at(HOUR), 'dingtalk')
    expect(await drawCard(db, card, at(HOUR))).toBeNull()
  })
})

describe('the weekly check', () => {
  // NOW is a Monday at ten.
  const tell = (when = at(0)) => inWork(db, (work) => tellUnreachable(work, on), when)
  const bar = () => inWork(db, (work) => setBarred(work, wang, '不在应用可见范围'))
  const cards = () => db.card.findMany({ where: { kind: 'unreachable' }, include: { copies: { include: { person: true } } } })

  it('tells a manager once, however many workers look', async () => {
    await bar()
    await Promise.all([tell(), tell(), tell()])
    await tell(at(DAY))
    const [card, ...more] = await cards()
    expect(more).toEqual([])
    expect(card?.copies.map((copy) => copy.person.name)).toEqual(['李娜'])
    expect(await drawCard(db, card ?? { kind: '', subject: '' }, at(0))).toMatchObject({
      title: '1 位同事可能收不到提醒',
      fields: [{ label: '王磊', value: '不在应用可见范围；没有登记手机号；没有登记邮箱' }],
      page: '/h5/reach/team',
    })
    // Who was seen since is not on it.
    await noteActive(db, wang, at(HOUR))
    expect(await drawCard(db, card ?? { kind: '', subject: '' }, at(HOUR))).toBeNull()
    // Next week anew.
    await bar()
    await tell(at(7 * DAY))
    expect(await cards()).toHaveLength(2)
  })

  it('says nothing before 09:10, where somebody is reached by one channel, and where nobody is meant', async () => {
    await tell()
    expect(await cards()).toEqual([])
    await db.chore.deleteMany()
    await bar()
    expect(await tell(at(-51 * MINUTE))).toBe(0)
    await inWork(db, (work) =>
      keepTold(work, points, { personId: wang, told: { mobile: '13812345678', email: null, bizMail: null } }),
    )
    await tell()
    expect(await cards()).toEqual([])
  })

  it('a lead sees the team’s, a rep nobody', async () => {
    await bar()
    const see = async (userid: string) =>
      (await listTeam(db, await cast.actor(userid), { off: on, now: at(0) })).people.map((person) => [
        person.name,
        person.todo !== null,
      ])
    expect((await see('lina'))[0]).toEqual(['王磊', true])
    expect(await see('chenjing')).toEqual([])
  })
})
