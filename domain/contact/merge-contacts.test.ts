import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { at, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { tellStory } from '../customer/tell-story.js'
import { nurture } from '../first-contact/nurture.js'
import { sayNotCustomer } from '../first-contact/say-not-customer.js'
import { makeOpportunity } from '../opportunity/make-opportunity.js'
import { createTask } from '../task/create-task.js'
import { findSame } from './find-same.js'
import { keepApart } from './keep-apart.js'
import { mergeContacts } from './merge-contacts.js'
import { previewMerge } from './preview-merge.js'
import { undoMerge } from './undo-merge.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let news: ReturnType<typeof createNewcomers>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  news = createNewcomers(cast)
})

const pair = async () => ({ a: await cast.contactId('wmA'), b: await cast.contactId('wmB') })
const merges = async (by = 'wanglei', winner: string | null = null) => {
  const [actor, two] = [await cast.actor(by), await pair()]
  return inWork(cast.db, (work) => mergeContacts(work, actor, { ...two, winner }), at(2 * HOUR))
}
const undoes = async (mergeId: string, by = 'wanglei') => {
  const actor = await cast.actor(by)
  return inWork(cast.db, (work) => undoMerge(work, actor, mergeId), at(3 * HOUR))
}
/** Everything that says whose something is. */
async function rows() {
  const { db } = cast
  const byId = { orderBy: { id: 'asc' as const } }
  return {
    contacts: await db.contact.findMany(byId),
    identities: await db.identity.findMany(byId),
    follows: await db.follow.findMany({ orderBy: [{ contactId: 'asc' }, { personId: 'asc' }] }),
    phones: await db.contactPhone.findMany(byId),
    messages: await db.message.findMany(byId),
    touches: await db.touch.findMany(byId),
    firsts: await db.firstContact.findMany(byId),
    reminders: await db.reminder.findMany(byId),
    notices: await db.notice.findMany(byId),
    tasks: await db.task.findMany(byId),
    opportunities: await db.opportunity.findMany(byId),
    changes: await db.requirementChange.findMany(byId),
  }
}

describe('合并', () => {
  it('of two whom a rep knows: all of the one is the other’s, the earlier first contact stays', async () => {
    await news.adds('wmA')
    await news.adds('wmB', { at: at(MINUTE), channel: '展会' })
    await news.chats('wmB', { at: at(HOUR) })
    const { a, b } = await pair()
    const wang = await cast.actor('wanglei')
    const preview = await cast.db.$transaction((tx) => previewMerge(tx, wang, { a, b, winner: null }))
    // Nothing is sold to either: whom we spoke with last.
    expect(preview).toMatchObject({ winner: { contactId: b }, decidedBy: 'last', leaves: null })
    expect(preview.moves).toEqual([
      { what: '账号', count: 1 },
      { what: '触达', count: 1 },
    ])
    expect(await merges()).toMatchObject({ contactId: b })
    expect(await cast.contactId('wmA')).toBe(b)
    expect(await news.clocks()).toHaveLength(1)
    expect((await news.firsts()).map((one) => [one.state, one.contactId, one.channel])).toEqual([
      ['open', b, '展会'],
      ['merged', a, '展会'],
    ])
  })

  it('the larger deal decides, and a person above all', async () => {
    await news.adds('wmA')
    await news.adds('wmB', { at: at(MINUTE) })
    const [wang, { id }] = [await cast.actor('wanglei'), await news.first('wmA')]
    await inWork(cast.db, (work) => makeOpportunity(work, wang, { id, amountFen: 100 }), at(HOUR))
    const { a, b } = await pair()
    const preview = (winner: string | null) => cast.db.$transaction((tx) => previewMerge(tx, wang, { a, b, winner }))
    expect(await preview(null)).toMatchObject({ winner: { contactId: a, amountFen: 100 }, decidedBy: 'amount' })
    expect(await preview(b)).toMatchObject({ winner: { contactId: b }, decidedBy: 'chosen' })
    await merges('wanglei', b)
    // What was decided of the one is decided of both.
    expect(await news.first('wmB')).toMatchObject({ state: 'opportunity' })
    expect(await news.clocks()).toEqual([])
  })

  it('twice at once is one merge', async () => {
    await news.adds('wmA')
    await news.adds('wmB')
    const done = await Promise.all([merges(), merges()])
    expect(new Set(done.map(({ mergeId }) => mergeId)).size).toBe(1)
  })

  it('is for who sees both', async () => {
    await news.adds('wmA')
    await news.adds('wmB', { by: 'chenjing' })
    await expect(merges()).rejects.toMatchObject({ code: 'unknown-contact' })
  })

  it('an old page of the one shows the other, and words to the old id arrive there', async () => {
    await news.adds('wmA')
    await news.adds('wmB', { at: at(MINUTE) })
    const { a } = await pair()
    await merges()
    await news.chats('wmA', { at: at(HOUR) })
    const wang = await cast.actor('wanglei')
    const me = { id: wang.personId, name: wang.name, roles: wang.roles, organisation: '', platform: 'wecom' as const }
    const story = await tellStory(cast.db, wang, { contactId: a, me, hears: 'archive', now: at(2 * HOUR) })
    expect(story.contact.id).toBe(await cast.contactId('wmA'))
    expect(story.messages).toHaveLength(1)
    expect(story.reminded.map(({ what }) => what)).toEqual(['contact-merge', 'first-contact'])
  })
})

describe('可能是同一个人', () => {
  const offered = async (external: string, by = 'wanglei') =>
    findSame(cast.db, await cast.actor(by), await cast.contactId(external))

  it('is offered by the number, and by name and company; what is no one is not offered again', async () => {
    for (const external of ['wmA', 'wmB', 'wmC']) await news.adds(external)
    for (const external of ['wmA', 'wmB']) await news.learns(external, { number: '13800001111' })
    // Two accounts with one number may be two people at a front desk: nobody is merged unasked.
    expect((await offered('wmA')).rows).toMatchObject([{ contactId: await cast.contactId('wmB'), why: ['phone'] }])
    const [wang, two] = [await cast.actor('wanglei'), await pair()]
    await inWork(cast.db, (work) => keepApart(work, wang, two))
    expect((await offered('wmA')).rows).toEqual([])
    for (const external of ['wmB', 'wmC']) {
      const id = await cast.contactId(external)
      await cast.db.contact.update({ where: { id }, data: { name: '老周', provisional: false, corpName: '新力机电有限公司' } })
    }
    expect((await offered('wmC')).rows).toMatchObject([{ contactId: two.b, why: ['same-company'] }])
  })

  it('does not show a colleague’s', async () => {
    await news.adds('wmA')
    await news.adds('wmB', { by: 'chenjing' })
    for (const external of ['wmA', 'wmB']) await news.learns(external, { number: '13800001111' })
    const id = (await news.first('wmB')).contactId
    await cast.db.follow.deleteMany({ where: { contactId: id, personId: await cast.personId('wanglei') } })
    expect((await offered('wmA')).rows).toEqual([])
  })
})

describe('撤销合并', () => {
  it('what came later stays with who has it, what was there before goes back; and they are not joined by themselves again', async () => {
    await news.adds('wmA')
    await news.adds('wmB', { at: at(MINUTE) })
    const { mergeId, contactId } = await merges()
    await cast.says('wmA', '合并以后说的', { at: at(2 * HOUR) })
    const [wang, { id }] = [await cast.actor('wanglei'), await news.first('wmA')]
    await inWork(cast.db, (work) => makeOpportunity(work, wang, { id }), at(2 * HOUR))
    await undoes(mergeId)
    const two = await pair()
    expect(two.a).not.toBe(two.b)
    expect((await cast.db.message.findFirstOrThrow({ where: { text: '合并以后说的' } })).contactId).toBe(contactId)
    // The deal that was made meanwhile stands; the other is somebody of whom nobody has said anything.
    expect((await news.firsts()).map(({ state }) => state).sort()).toEqual(['open', 'opportunity'])
    expect(await news.clocks()).toHaveLength(1)
    for (const external of ['wmA', 'wmB']) await news.learns(external, { unionid: 'o-1', at: at(4 * HOUR) })
    expect((await pair()).a).not.toBe((await pair()).b)
    await undoes(mergeId)
  })

  it('of one that was merged again since asks to take that back first', async () => {
    for (const external of ['wmA', 'wmB', 'wmC']) await news.adds(external)
    const { mergeId, contactId } = await merges()
    const [wang, c] = [await cast.actor('wanglei'), await cast.contactId('wmC')]
    const second = await inWork(cast.db, (work) => mergeContacts(work, wang, { a: contactId, b: c, winner: c }), at(2 * HOUR))
    await expect(undoes(mergeId)).rejects.toMatchObject({ code: 'undo-later-first' })
    await undoes(second.mergeId)
    await undoes(mergeId)
    expect(new Set([...Object.values(await pair()), c]).size).toBe(3)
  })

  it('whatever the two had, every row is as it was', { timeout: 120_000 }, async () => {
    const deed = fc.record({
      who: fc.constantFrom('wmA', 'wmB'),
      by: fc.constantFrom('wanglei', 'chenjing'),
      what: fc.constantFrom(
        'add',
        'chat',
        'call',
        'phone',
        'task',
        'opportunity',
        'not',
        'nurture',
        'capture',
        'say',
        'old',
        'name',
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 10 }), fc.boolean(), async (deeds, choosesA) => {
        ;({ cast } = await createChain(database.db))
        news = createNewcomers(cast)
        for (const external of ['wmA', 'wmB']) await news.learns(external, {})
        let now = NOW
        for (const { who, by, what } of deeds) {
          now = at(20 * MINUTE, now)
          const [actor, contactId] = [await cast.actor(by), await cast.contactId(who)]
          const quietly = (run: Promise<unknown>) => run.catch(() => undefined)
          const first = await cast.db.firstContact.findFirst({ where: { contactId } })
          const id = first?.id ?? ''
          if (what === 'add') await news.adds(who, { by, at: now })
          if (what === 'old') await news.adds(who, { by, at: at(-HOUR), heardAt: now, backfilled: true })
          if (what === 'chat') await news.chats(who, { by, at: now })
          if (what === 'call')
            await news.calls(who === 'wmA' ? '13800000001' : '13800000002', { by, at: now, id: String(now.getTime()) })
          if (what === 'phone')
            await quietly(news.learns(who, { number: who === 'wmA' ? '13800000001' : '13800000002', by, at: now }))
          if (what === 'name')
            await cast.db.contact.update({ where: { id: contactId }, data: { name: who, provisional: false, corpName: who } })
          if (what === 'say') await news.says(at(4 * HOUR, now))
          if (what === 'capture') await quietly(cast.captures(who, { by, requirementId: null, at: now }))
          const task = { contactId, text: '回电话', at: at(9 * HOUR, now) }
          if (what === 'task') await quietly(inWork(cast.db, (work) => createTask(work, actor, task), now))
          if (what === 'opportunity') await quietly(inWork(cast.db, (work) => makeOpportunity(work, actor, { id }), now))
          if (what === 'not') await quietly(inWork(cast.db, (work) => sayNotCustomer(work, actor, { id }), now))
          if (what === 'nurture') await quietly(inWork(cast.db, (work) => nurture(work, actor, { id, until: '2026-12-01' }), now))
        }
        const manager = await cast.db.identity.findFirstOrThrow({
          where: { person: { roles: { has: 'manager' } }, kind: 'member' },
        })
        const before = await rows()
        const { a } = await pair()
        const { mergeId } = await merges(manager.value, choosesA ? a : null)
        const standing = await cast.db.firstContact.count({
          where: { contactId: await cast.contactId('wmA'), state: { not: 'merged' } },
        })
        expect(standing).toBeLessThan(2)
        await undoes(mergeId, manager.value)
        expect(await rows()).toEqual(before)
      }),
      { numRuns: 5 },
    )
  })
})
