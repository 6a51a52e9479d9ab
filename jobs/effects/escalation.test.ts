import { beforeEach, describe, expect, it } from 'vitest'
import { refuse, useDingtalk } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { keepStanding } from '../../domain/budget/standing.js'
import { sayDue } from '../../domain/reminders/say-due.js'
import { setRule } from '../../domain/rule/rule.js'
import { newId } from '../../lib/ids.js'
import { organisation } from '../../test/factories/cast.js'
import { refusal, useDelivery } from '../../test/factories/delivery.js'
import { createPhone } from '../../test/factories/phone.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import sendWorkNotice from './send-work-notice.js'

const bench = useDelivery()
const serve = useDingtalk()
const SEND = 'topapi/message/corpconversation/asyncsend_v2'
const LOOK = 'topapi/message/corpconversation/getsendresult'
const DING = 'robot/ding/send'
let api: Awaited<ReturnType<typeof serve>>
let answers: Record<string, Parameters<typeof serve>[0][string]>
let lina: string
const ok = (fields: object) => ({ errcode: 0, ...fields })
const fate = (result: object) => ok({ send_result: result })

/** 赵强 is asked and does nothing: after eight hours 李娜, who uses DingTalk, hears of it. It is the ladder's last level. */
beforeEach(async () => {
  answers = {
    [SEND]: Array.from({ length: 9 }, (_, i) => ok({ task_id: 70 + i })),
    [LOOK]: [fate({ unread_user_id_list: ['Li'] }), fate({ read_user_id_list: ['Li'] })],
    [DING]: [{ openDingId: 'D1' }],
  }
  api = await serve(answers)
  bench.dingtalk = api.dingtalk
  bench.other = createPhone()
  await bench.db.$executeRaw`TRUNCATE card, card_copy, reminder, rule, chore, message, requirement_change CASCADE`
  // Past the trial, in which those above are told nothing.
  await bench.db.organisation.update({ where: { id: 1 }, data: { since: at(-60 * DAY) } })
  lina = (await bench.db.person.findFirstOrThrow({ where: { name: '李娜' } })).id
  await bench.db.identity.deleteMany({ where: { personId: lina } })
  const member = { id: newId(), kind: 'member', personId: lina }
  await bench.db.identity.create({ data: { ...member, platform: 'dingtalk', organisation: 'dingcorp', value: 'Li' } })
  await bench.cast.captures('wmRenji')
  await bench.db.$executeRaw`TRUNCATE outbox`
})

async function escalates(): Promise<void> {
  await inWork(bench.db, (work) => sayDue(work), at(4 * HOUR + MINUTE))
  await bench.db.$executeRaw`TRUNCATE outbox`
  await inWork(bench.db, (work) => sayDue(work), at(8 * HOUR + MINUTE))
  bench.now = at(8 * HOUR + MINUTE)
  await bench.work()
}
const answer = (path: string, ...given: Parameters<typeof serve>[0][string]) => void answers[path]?.splice(0, 9, ...given)
const goOn = async (ms: number) => {
  bench.now = at(8 * HOUR + MINUTE + ms)
  await bench.work()
}
const copies = async () =>
  (await bench.db.cardCopy.findMany({ where: { personId: lina }, orderBy: [{ step: 'asc' }, { platform: 'asc' }] })).map(
    (copy) => `${copy.platform} ${copy.state}${copy.reason ? `: ${copy.reason}` : ''}`,
  )

it('who has to act gets a card and nothing louder', async () => {
  const zhao = (await bench.db.person.findFirstOrThrow({ where: { name: '赵强' } })).id
  await bench.db.identity.updateMany({ where: { personId: zhao }, data: { platform: 'dingtalk' } })
  await inWork(bench.db, (work) => sayDue(work), at(4 * HOUR + MINUTE))
  expect(await bench.db.cardCopy.findMany({ where: { personId: zhao, card: { kind: 'reminder' } } })).toMatchObject([
    { platform: 'dingtalk' },
  ])
  await bench.db.identity.updateMany({ where: { personId: zhao }, data: { platform: 'wecom' } })
})

it('those above get a card, a work notification and, at the last level, a DING', async () => {
  await escalates()
  expect(await copies()).toEqual(['dingtalk submitted', 'dingtalk-ding submitted', 'dingtalk-notice submitted'])
  expect(bench.other?.cards).toMatchObject([{ to: 'Li' }])
  expect(api.asksOf(SEND)).toMatchObject([{ body: { userid_list: 'Li', agent_id: 7001 } }])
  expect(api.asksOf(DING)).toMatchObject([{ body: { receiverUserIdList: ['Li'], remindType: 1 } }])
})

it('on WeCom nobody gets anything louder', async () => {
  await bench.db.identity.updateMany({
    where: { personId: lina },
    data: { platform: 'wecom', organisation, value: 'lina' },
  })
  await escalates()
  expect(await copies()).toEqual(['wecom submitted'])
  expect(api.told).toEqual([])
})

describe('a level that is not the last', () => {
  it('has no DING', async () => {
    const level = { on: true, to: ['manager'], route: [['chat']], desc: '', title: '{customer} 还没人答复' }
    const levels = [4, 8, 12].map((hours, i) => ({
      ...level,
      ...(i === 0 ? { to: ['holder'] } : {}),
      wait: { from: 'start', minutes: hours * 60, counts: 'clock' },
    }))
    await inWork(bench.db, (work) =>
      setRule(work, { name: 'reminder:requirement-change-confirm', value: { levels } as never, by: 'system' }),
    )
    await escalates()
    expect(await copies()).toEqual(['dingtalk submitted', 'dingtalk-notice submitted'])
  })
})

describe('what became of a work notification', () => {
  it('is asked for a minute later, and again while it is not read', async () => {
    await escalates()
    await goOn(MINUTE)
    expect(await copies()).toContain('dingtalk-notice submitted')
    await goOn(3 * HOUR)
    expect(await copies()).toContain('dingtalk-notice delivered')
    expect(api.asksOf(LOOK)).toMatchObject([{ body: { task_id: 70 } }, { body: { task_id: 70 } }])
  })

  it('dropped without a word: it says why, and where the card has not arrived either the next step is asked', async () => {
    answer(LOOK, fate({ forbidden_list: [{ code: 143105, count: 501, userid: 'Li' }] }))
    if (bench.other)
      bench.other.before = async (call) => {
        if (call === 'sendCard') throw refusal('give-up')
      }
    answer(DING, refuse(400, 'ding.serverquota.insufficient'))
    await escalates()
    expect(await copies()).toEqual([
      expect.stringContaining('dingtalk failed'),
      expect.stringMatching(/^dingtalk-ding off: 发 DING 的额度已用完/),
      'dingtalk-notice submitted',
    ])
    await goOn(MINUTE)
    expect((await copies()).slice(2)).toEqual([
      'dingtalk-notice failed: 这个成员当天收到的工作通知已达上限',
      'sms off: 短信没有设置',
      'mail off: 邮件没有设置',
    ])
  })

  it('held back as a repeat of our own it is not lost', async () => {
    answer(LOOK, fate({ forbidden_list: [{ code: 143106, count: 1, userid: 'Li' }] }))
    await escalates()
    await goOn(MINUTE)
    expect(await copies()).toContain('dingtalk-notice submitted')
  })

  it('died after the call: it is sent again, in the very same words, which the platform shows once', async () => {
    await inWork(bench.db, (work) => sayDue(work), at(4 * HOUR + MINUTE))
    await bench.db.$executeRaw`TRUNCATE outbox`
    await inWork(bench.db, (work) => sayDue(work), at(8 * HOUR + MINUTE))
    await bench.db.outbox.deleteMany({ where: { kind: { not: 'send-work-notice' } } })
    bench.now = at(8 * HOUR + MINUTE)
    // Claimed and called; then the process was gone.
    const [row] = await bench.claim()
    await sendWorkNotice.run(
      { db: bench.db, now: bench.now, dingtalk: api.dingtalk } as never,
      row?.payload as { copyId: string },
    )
    await goOn(2 * MINUTE)
    expect(await copies()).toContain('dingtalk-notice submitted')
    const [first, second] = api.asksOf(SEND).map((ask) => (ask.body as { msg: unknown }).msg)
    expect(second).toEqual(first)
  })
})

describe('while the month is short', () => {
  const shortOf = (saved: ('notice' | 'todo' | 'ding')[]) =>
    inWork(bench.db, (work) => keepStanding(work, '2026-11', { states: [{ what: 'call', state: 'short' }], saved, ended: [] }))

  it('notices are left out first, and the copy says so', async () => {
    await shortOf(['notice'])
    await escalates()
    expect(await copies()).toEqual([
      'dingtalk submitted',
      'dingtalk-ding submitted',
      'dingtalk-notice off: 钉钉本月额度紧张，先不发工作通知',
    ])
  })

  it.each([
    ['plenty', 2],
    ['short', 1],
  ] as const)('several affairs of one moment: %s, %i cards', async (state, count) => {
    await inWork(bench.db, (work) => keepStanding(work, '2026-11', { states: [{ what: 'call', state }], saved: [], ended: [] }))
    await bench.cast.captures('wmHuaqiang')
    await escalates()
    expect(bench.other?.cards.filter(({ to }) => to === 'Li')).toHaveLength(count)
  })
})

it('an administrator may switch DING off, or choose a text message, which names nobody', async () => {
  const set = (ding: string) =>
    inWork(bench.db, (work) => setRule(work, { name: 'dingtalk', value: { todos: 'own', ding }, by: 'system' }))
  await set('sms')
  await escalates()
  const [{ body } = { body: {} }] = api.asksOf(DING)
  expect(body).toMatchObject({ remindType: 2, content: expect.not.stringMatching(/仁济|赵强/) })
})
