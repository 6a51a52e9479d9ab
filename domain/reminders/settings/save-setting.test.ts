import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../../test/factories/chain.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW } from '../../../test/factories/work.js'
import { freshDb } from '../../../test/setup/db.js'
import { followUp } from '../acts/follow-up.js'
import { defaultCalm } from '../calm.contract.js'
import { reminderKind } from '../find-kind.js'
import type { Ladder, Level } from '../ladder.contract.js'
import { hours } from '../reminder-kind.js'
import { sayDue } from '../say-due.js'
import { listLadderHistory } from './list-history.js'
import { saveCalm, saveLadder } from './save-setting.js'

const KIND = 'requirement-change-confirm'
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
let ask: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
  ask = (await cast.askOf(await cast.captures('wmRenji'))).id
})

const sayAt = (when: Date) => inWork(cast.db, (work) => sayDue(work), when)
const reminder = () => cast.db.reminder.findFirstOrThrow({ where: { subject: `ask:${ask}` } })
const said = async () =>
  (
    await cast.db.notice.findMany({
      where: { reminder: { subject: `ask:${ask}` }, level: { gte: 0 }, state: 'said' },
      orderBy: { sayAt: 'asc' },
    })
  ).map((one) => one.level)
const levels = () => structuredClone(reminderKind(KIND).levels) as Level[]
/** The definition's ladder with some levels changed. */
const ladder = (...changes: Partial<Level>[]): Ladder => ({
  levels: Array.from({ length: Math.max(2, changes.length) }, (_, i) => ({
    ...(levels()[Math.min(i, 1)] as Level),
    ...changes[i],
  })),
})
const versionOf = async (name: string) =>
  (await cast.db.rule.findFirst({ where: { name }, orderBy: { version: 'desc' } }))?.version ?? 0
const save = async (
  value: Ladder,
  { when = NOW, by = 'lina', expected }: { when?: Date; by?: string; expected?: number } = {},
) => {
  const seen = expected ?? (await versionOf(`reminder:${KIND}`))
  const actor = await cast.actor(by)
  const wake: Date[] = []
  const saved = await inWork(
    cast.db,
    async (work) => {
      const result = await saveLadder(work, actor, { kind: KIND, ladder: value, expected: seen })
      wake.push(...work.wake)
      return result
    },
    when,
  )
  return { ...saved, wake }
}

describe('a saved ladder holds for what is open', () => {
  it('a shorter wait is due earlier, and the bell is told', async () => {
    const saved = await save(ladder({ wait: hours(2) }), { when: at(HOUR) })
    const due = at(2 * HOUR, AFTER_UNDO)
    expect((await reminder()).dueAt).toEqual(due)
    expect(saved.wake).toContainEqual(due)
    await sayAt(at(2 * HOUR - MINUTE, AFTER_UNDO))
    expect(await said()).toEqual([])
    await sayAt(due)
    expect(await said()).toEqual([0])
    // The next level still counts from when this one was said, by its own wait.
    await sayAt(at(6 * HOUR, AFTER_UNDO))
    expect(await said()).toEqual([0, 1])
  })

  it('a wait that is over by now is said at the next look', async () => {
    await save(ladder({ wait: hours(1) }), { when: at(3 * HOUR) })
    await sayAt(at(3 * HOUR))
    expect(await said()).toEqual([0])
  })

  it('a longer wait is due later', async () => {
    await save(ladder({ wait: hours(6) }))
    await sayAt(at(5 * HOUR))
    expect(await said()).toEqual([])
    await sayAt(at(6 * HOUR, AFTER_UNDO))
    expect(await said()).toEqual([0])
  })

  it('counts from when the level before was said, not from when it was saved', async () => {
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    await save(ladder({}, { wait: hours(1) }), { when: at(4.5 * HOUR) })
    expect((await reminder()).dueAt).toEqual(at(5 * HOUR, AFTER_UNDO))
  })

  it('keeps the time of what somebody follows up', async () => {
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    const { id } = await reminder()
    await inWork(cast.db, async (work) => followUp(work, await cast.actor('zhaoqiang'), id), at(4.5 * HOUR))
    const { dueAt } = await reminder()
    await save(ladder({}, { wait: hours(1) }), { when: at(5 * HOUR) })
    expect((await reminder()).dueAt).toEqual(dueAt)
  })

  it('a level that is switched off is passed over; switched on again it is said', async () => {
    await save(ladder({ on: false }))
    expect(await reminder()).toMatchObject({ level: 1, dueAt: at(4 * HOUR, AFTER_UNDO) })
    await save(ladder({ on: false }, { on: false }))
    expect(await reminder()).toMatchObject({ level: 2, dueAt: null })
    await save(ladder())
    expect(await reminder()).toMatchObject({ level: 0, dueAt: at(4 * HOUR, AFTER_UNDO) })
  })

  it('a ladder that had ended goes on where a level was added', async () => {
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    await sayAt(at(8 * HOUR, AFTER_UNDO))
    expect((await reminder()).dueAt).toBeNull()
    await save(ladder({}, {}, { to: ['manager'], wait: hours(24) }), { when: at(9 * HOUR) })
    expect(await reminder()).toMatchObject({ level: 2, dueAt: at(32 * HOUR, AFTER_UNDO) })
  })

  it('what waits for the morning goes on waiting for it', async () => {
    const late = await cast.captures('wmHuaqiang', { at: at(8 * HOUR) })
    const { id } = await cast.askOf(late)
    const lateOne = () => cast.db.reminder.findFirstOrThrow({ where: { subject: `ask:${id}` } })
    await sayAt(at(13 * HOUR))
    const before = await lateOne()
    expect(before.heldWhy).toBe('quiet')
    await save(ladder({ wait: hours(2) }), { when: at(13 * HOUR) })
    expect(await lateOne()).toMatchObject({ heldWhy: 'quiet', dueAt: before.dueAt })
  })

  it('touches no other kind, and nothing that is settled', async () => {
    await chain.answer('zhaoqiang', (await cast.db.ask.findUniqueOrThrow({ where: { id: ask } })).changeId, 'can')
    await save(ladder({ wait: hours(2) }))
    expect(await reminder()).toMatchObject({ state: 'settled', dueAt: null })
  })
})

describe('versions', () => {
  it('each is kept, with who, when, and a difference that can be read; an older one can be set again', async () => {
    await save(ladder({ wait: hours(2) }), { when: at(HOUR) })
    await save(ladder({ wait: hours(2), title: '{customer}急等{what}' }), { by: 'heping', when: at(2 * HOUR) })
    await save(ladder({ wait: hours(2) }), { when: at(3 * HOUR) })
    const { versions } = await listLadderHistory(cast.db, reminderKind(KIND))
    expect(versions.map(({ version, by, at: when, changes }) => ({ version, by, when, changes }))).toEqual([
      {
        version: 3,
        by: '李娜',
        when: at(3 * HOUR).toISOString(),
        changes: [{ what: '第 1 级 · 标题', before: '{customer}急等{what}', after: '{customer}还在等{what}' }],
      },
      {
        version: 2,
        by: '何平',
        when: at(2 * HOUR).toISOString(),
        changes: [{ what: '第 1 级 · 标题', before: '{customer}还在等{what}', after: '{customer}急等{what}' }],
      },
      {
        version: 1,
        by: '李娜',
        when: at(HOUR).toISOString(),
        changes: [{ what: '第 1 级 · 什么时候', before: '4 小时后（休息日不算）', after: '2 小时后（休息日不算）' }],
      },
    ])
    expect(versions[2]?.value).toEqual(versions[0]?.value)
  })

  it('two at once: the second is refused, and nothing of theirs is kept', async () => {
    const both = await Promise.allSettled([
      save(ladder({ wait: hours(2) }), { expected: 0 }),
      save(ladder({ wait: hours(3) }), { expected: 0, by: 'heping' }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'changed-meanwhile', status: 409 })
    expect(await cast.db.rule.count({ where: { name: `reminder:${KIND}` } })).toBe(1)
  })

  it('stand in the audit', async () => {
    const { version } = await save(ladder({ wait: hours(2) }))
    const entry = await cast.db.auditEntry.findFirstOrThrow({ where: { verb: 'rule-set' }, orderBy: { id: 'desc' } })
    expect(entry).toMatchObject({ actor: await cast.personId('lina'), subject: `rule:reminder:${KIND}` })
    expect(version).toBe(1)
  })

  it('one that no longer fits is passed over: what holds without it does, and it can’t be set again', async () => {
    await cast.db.rule.create({
      data: { name: `reminder:${KIND}`, version: 1, value: { levels: 'of another age' }, by: 'system', at: NOW },
    })
    const { versions } = await listLadderHistory(cast.db, reminderKind(KIND))
    expect(versions).toMatchObject([{ value: null, changes: [], by: '系统' }])
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    expect(await said()).toEqual([0])
  })
})

describe('calm rules', () => {
  const saveRules = async (calm: typeof defaultCalm, when = NOW) => {
    const actor = await cast.actor('lina')
    const expected = await versionOf('calm')
    return inWork(cast.db, (work) => saveCalm(work, actor, { calm, expected }), when)
  }

  it('another week moves what counts working days', async () => {
    const friday = at(4 * DAY + 8 * HOUR)
    const late = await cast.captures('wmHuaqiang', { at: friday })
    const { id } = await cast.askOf(late)
    const due = async () => (await cast.db.reminder.findFirstOrThrow({ where: { subject: `ask:${id}` } })).dueAt
    await save(ladder({ wait: hours(8) }), { when: friday })
    expect(await due()).toEqual(at(8 * HOUR + 2 * DAY, new Date(friday.getTime() + 10_000)))
    await saveRules({ ...defaultCalm, week: 'six' }, friday)
    expect(await due()).toEqual(at(8 * HOUR, new Date(friday.getTime() + 10_000)))
  })

  it('that are broken stop nothing: the defaults hold', async () => {
    const version = (await versionOf('calm')) + 1
    await cast.db.rule.create({ data: { name: 'calm', version, value: { quiet: 'never' }, by: 'system', at: NOW } })
    await sayAt(at(4 * HOUR, AFTER_UNDO))
    expect(await said()).toEqual([0])
  })
})
