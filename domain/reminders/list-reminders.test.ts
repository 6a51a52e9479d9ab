import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { at, DAY, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { tellStory } from '../customer/tell-story.js'
import { createTask } from '../task/create-task.js'
import { acceptHandled } from './acts/accept-handled.js'
import { followUp } from './acts/follow-up.js'
import { handOver } from './acts/hand-over.js'
import { sayHandled } from './acts/say-handled.js'
import { takeOver } from './acts/take-over.js'
import { countBadge } from './find-waiting.js'
import { listReminders } from './list-reminders.js'
import type { ReminderShow } from './reminder.contract.js'
import { sayDue } from './say-due.js'
import { viewLadder } from './view-ladder.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
let reminder: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
  const ask = await cast.askOf(await cast.captures('wmRenji'))
  reminder = (await cast.db.reminder.findFirstOrThrow({ where: { subject: `ask:${ask.id}` } })).id
})

const sayAt = (when: Date) => inWork(cast.db, (work) => sayDue(work), when)
const list = async (userid: string, when: Date, show: ReminderShow = 'mine', after: string | null = null) =>
  listReminders(cast.db, await cast.actor(userid), { show, after, now: when })
const ids = async (userid: string, when: Date, show?: ReminderShow) => (await list(userid, when, show)).rows.map((row) => row.id)
const badge = async (userid: string, when: Date) => countBadge(cast.db, await cast.actor(userid), when)
const ladder = async (userid: string, when: Date) => viewLadder(cast.db, await cast.actor(userid), reminder, when)
const acts = async (userid: string, when: Date) => (await ladder(userid, when)).row.acts.map((act) => act.label)

describe('我的', () => {
  it('begins when the question is asked, not while it can still be taken back', async () => {
    expect(await ids('zhaoqiang', at(0))).toEqual([])
    expect(await badge('zhaoqiang', at(0))).toBe(0)
    expect(await ids('zhaoqiang', AFTER_UNDO)).toEqual([reminder])
    expect(await badge('zhaoqiang', AFTER_UNDO)).toBe(1)
    expect(await ids('lina', AFTER_UNDO)).toEqual([])
  })

  it('says what comes next, when and to whom', async () => {
    const [row] = (await list('zhaoqiang', AFTER_UNDO)).rows
    expect(row).toMatchObject({ title: '仁济骨科医院还在等确认', holder: { name: '赵强' }, page: { label: '去答复' } })
    expect(row?.next.map(({ at: when, people }) => [when, people.map(({ name }) => name)])).toEqual([
      [at(4 * HOUR, AFTER_UNDO).toISOString(), ['赵强']],
      [at(8 * HOUR, AFTER_UNDO).toISOString(), ['李娜']],
    ])
  })

  it('passes with the matter: to who was told, away from who handed it on', async () => {
    await sayAt(at(8 * HOUR, AFTER_UNDO))
    expect(await ids('lina', at(9 * HOUR))).toContain(reminder)
    const [lina, zhou] = [await cast.actor('lina'), await cast.personId('zhoumin')]
    await inWork(cast.db, (work) => takeOver(work, lina, reminder), at(9 * HOUR))
    expect(await ids('zhaoqiang', at(9 * HOUR))).toEqual([])
    expect(await badge('lina', at(9 * HOUR))).toBeGreaterThan(0)
    await inWork(cast.db, (work) => handOver(work, lina, { subjectId: reminder, toId: zhou, note: null }), at(9 * HOUR + 1))
    expect(await ids('lina', at(9 * HOUR + 1))).not.toContain(reminder)
    expect(await ids('zhoumin', at(9 * HOUR + 1))).toEqual([reminder])
  })

  it('a 已处理 waits for the manager, and no longer for who said it', async () => {
    const [zhao, lina] = [await cast.actor('zhaoqiang'), await cast.actor('lina')]
    await inWork(cast.db, (work) => sayHandled(work, zhao, { subjectId: reminder, note: '电话里说好了' }), at(HOUR))
    expect([await badge('zhaoqiang', at(HOUR)), await badge('lina', at(HOUR))]).toEqual([0, 1])
    expect(await acts('zhaoqiang', at(HOUR))).toEqual([])
    expect(await acts('lina', at(HOUR))).toEqual(['认可', '退回去跟'])
    await inWork(cast.db, (work) => acceptHandled(work, lina, reminder), at(HOUR))
    expect(await badge('lina', at(HOUR))).toBe(0)
    expect(await ids('zhaoqiang', at(HOUR), 'settled')).toEqual([reminder])
    expect((await ladder('zhaoqiang', at(HOUR))).settledBy).toBe('李娜')
  })

  it('what is still to come stands behind what waits, and is not on the badge', async () => {
    const zhao = await cast.actor('zhaoqiang')
    const note = { contactId: null, text: '问样品', at: at(DAY) }
    const task = await inWork(cast.db, (work) => createTask(work, zhao, note), at(0))
    const { rows } = await list('zhaoqiang', AFTER_UNDO)
    expect(rows.map((row) => [row.taskId, row.began])).toEqual([
      [null, true],
      [task, false],
    ])
    expect(await badge('zhaoqiang', AFTER_UNDO)).toBe(1)
  })

  it('gives a thousand in pages, each once and in order', async () => {
    const personId = await cast.personId('chenjing')
    const kind = 'requirement-change-confirm'
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      id: newId(),
      kind,
      subject: `ask:${newId()}`,
      personId,
      startedAt: at(Math.floor(n / 7)),
      dueAt: at(DAY),
      heldWhy: 'follow-up',
      trace: 't',
    }))
    await cast.db.reminder.createMany({ data: many })
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = await list('chenjing', at(HOUR), 'mine', after)
      seen.push(...page.rows.map((row) => row.id))
      after = page.next
    } while (after)
    expect(seen).toEqual(many.map((row) => row.id))
    await expect(list('chenjing', at(HOUR), 'mine', 'rubbish')).rejects.toMatchObject({ code: 'bad-place' })
  })
})

describe('the other lists', () => {
  it('are for those who lead; a rep’s note to self is not the team’s', async () => {
    const zhao = await cast.actor('zhaoqiang')
    await inWork(cast.db, (work) => createTask(work, zhao, { contactId: null, text: '牙医', at: at(HOUR) }), at(0))
    const team = await list('lina', AFTER_UNDO, 'team')
    expect(team.rows.map((row) => row.id)).toContain(reminder)
    expect(team.rows.filter((row) => row.taskId)).toEqual([])
    expect(team.shows).toEqual(['mine', 'team', 'trial', 'settled'])
    await expect(list('wanglei', AFTER_UNDO, 'team')).rejects.toMatchObject({ code: 'not-yours' })
  })

  it('试运行 holds what a manager would have been told', async () => {
    await cast.db.rule.deleteMany({ where: { name: 'calm' } })
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    await sayAt(at(8 * HOUR, AFTER_UNDO))
    expect(await ids('lina', at(9 * HOUR), 'trial')).toContain(reminder)
    expect(await ids('lina', at(9 * HOUR))).toEqual([])
    const [, , said] = (await ladder('lina', at(9 * HOUR))).entries
    expect(said).toMatchObject({ what: 'said', level: 1, people: [{ state: 'would', why: 'trial' }] })
  })

  it('the answer settles it, in the words of the kind', async () => {
    const { changeId } = await cast.db.ask.findFirstOrThrow({ where: { purpose: 'confirm' } })
    await chain.answer('zhaoqiang', changeId, 'can')
    const { rows } = await list('zhaoqiang', at(HOUR), 'settled')
    expect(rows).toMatchObject([{ title: '仁济骨科医院：赵强已答复', done: '仁济骨科医院：赵强已答复', acts: [], next: [] }])
  })
})

describe('one ladder', () => {
  it('holds the opening card, each saying with its channels, who did what, and what comes next', async () => {
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    const zhao = await cast.actor('zhaoqiang')
    await inWork(cast.db, (work) => followUp(work, zhao, reminder), at(5 * HOUR))
    const view = await ladder('zhaoqiang', at(5 * HOUR))
    expect(view.entries.map((one) => (one.what === 'said' ? `said ${one.level}` : `${one.by.name} ${one.act}`))).toEqual([
      'said -1',
      'said 0',
      '赵强 follow-up',
    ])
    expect(view.entries[1]).toMatchObject({
      people: [{ person: { name: '赵强' }, ways: [{ channel: 'wecom', state: 'queued' }] }],
    })
    // The end of the next working day, then the manager.
    expect(view.row.next).toMatchObject([
      { level: 1, at: '2026-11-24T10:00:00.000Z', why: 'follow-up', people: [{ name: '李娜' }] },
    ])
    expect(view.row.followedBy).toBe('赵强')
    expect(await acts('zhaoqiang', at(5 * HOUR))).toEqual(['已处理', '1小时后', '明早再说', '转给…'])
  })

  it('is seen by the rep who asked, who may not act for the one who was asked; by a stranger not at all', async () => {
    expect(await acts('wanglei', AFTER_UNDO)).toEqual([])
    const wang = await cast.actor('wanglei')
    await expect(inWork(cast.db, (work) => followUp(work, wang, reminder))).rejects.toMatchObject({ code: 'no-such-reminder' })
    await expect(ladder('chenjing', AFTER_UNDO)).rejects.toMatchObject({ code: 'no-such-reminder', status: 404 })
  })
})

describe('on the customer’s story', () => {
  const hears = 'archive' as const
  async function story(userid: string, when: Date) {
    const actor = await cast.actor(userid)
    const me = { id: actor.personId, name: actor.name, roles: actor.roles, organisation: '', platform: 'wecom' as const }
    const contactId = await cast.contactId('wmRenji')
    return tellStory(cast.db, actor, { contactId, me, hears, now: when })
  }
  const lines = async (userid: string, when: Date) =>
    (await story(userid, when)).reminded.map(({ what, people, to }) => [what, ...people, to].filter(Boolean).join(' '))

  it('stands who was reminded, who took it on, to whom it went, newest first', async () => {
    const zhao = await cast.actor('zhaoqiang')
    await cast.db.reminder.deleteMany({ where: { id: { not: reminder }, notices: { none: {} } } })
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    await inWork(cast.db, (work) => followUp(work, zhao, reminder), at(5 * HOUR))
    await sayAt(at(33 * HOUR))
    const own = (await lines('wanglei', at(33 * HOUR))).filter((line) => !line.includes('孙悦'))
    expect(own).toEqual(expect.arrayContaining(['follow-up 赵强', 'said 赵强']))
    expect(own[0]).toBe('escalated 李娜')
    expect((await story('zhaoqiang', at(33 * HOUR)).catch((error) => error)).code).toBe('unknown-contact')
  })

  it('a colleague’s note to self is not on it, one’s own is', async () => {
    await cast.db.follow.create({
      data: { contactId: await cast.contactId('wmRenji'), personId: await cast.personId('chenjing'), since: at(0) },
    })
    const [wang, contactId] = [await cast.actor('wanglei'), await cast.contactId('wmRenji')]
    await inWork(cast.db, (work) => createTask(work, wang, { contactId, text: '问预算', at: at(HOUR) }), at(0))
    await sayAt(at(HOUR))
    expect(await lines('wanglei', at(HOUR))).toEqual(['said 王磊'])
    expect(await lines('chenjing', at(HOUR))).toEqual([])
  })
})
