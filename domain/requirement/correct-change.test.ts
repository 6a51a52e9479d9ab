import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, delivery, quantity } from '../../test/factories/cast.js'
import { type Chain, createChain } from '../../test/factories/chain.js'
import { at, DAY, MINUTE, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { getChange } from './find-chain.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
})

describe('a correction', () => {
  it('is a step of its own with the same evidence; what it corrects stays on the chain', async () => {
    const wrong = await cast.captures('wmRenji', { slots: [quantity('300套')] })
    const right = await chain.correct(wrong, [quantity('30套')])
    expect(await chain.terms()).toMatchObject({ items: [{ qty: 30 }] })
    const [old, fresh] = [await getChange(cast.db, wrong, at(DAY)), await getChange(cast.db, right, at(DAY))]
    expect(old).toMatchObject({ step: 1, correctedBy: 2, replyDraft: null, slots: [{ after: '300套' }] })
    expect(fresh).toMatchObject({ step: 2, corrects: 1, note: '看错了', evidence: old.evidence })
  })

  it('in the middle counts in the middle', async () => {
    const first = await cast.captures('wmRenji', { slots: [quantity('300套')] })
    await cast.captures('wmRenji', { slots: [quantity('400套')] })
    await chain.correct(first, [delivery('2026-12-24')])
    expect(await chain.terms()).toMatchObject({ delivery: '2026-12-24', items: [{ qty: 400 }] })
  })

  it('asks again, and who was asked the wrong thing sees why no answer is wanted', async () => {
    const wrong = await cast.captures('wmRenji')
    await chain.arrives(wrong)
    await chain.correct(wrong, [quantity('30套')])
    const ask = await cast.askOf(wrong)
    expect(ask).toMatchObject({ closedWhy: '已更正，请看新的卡片', card: { version: 2 } })
    expect((await chain.outbox('update-card')).length).toBe(2)
    expect(await chain.answer('zhaoqiang', wrong, 'can', { when: at(2 * MINUTE) })).toBe(false)
    expect(await cast.db.reminder.count({ where: { state: 'open' } })).toBe(2)
  })

  it('of what was corrected already, or undone, is refused', async () => {
    const wrong = await cast.captures('wmRenji')
    await chain.correct(wrong, [quantity('30套')])
    await expect(chain.correct(wrong, [])).rejects.toMatchObject({ code: 'corrected', status: 409 })
    const undone = await cast.captures('wmHuaqiang')
    await chain.undo(undone)
    await expect(chain.correct(undone, [])).rejects.toMatchObject({ code: 'undone' })
    await expect(chain.correct(wrong, [], { by: 'chenjing' })).rejects.toMatchObject({ code: 'unknown-change', status: 404 })
  })

  it('and an undo at the same moment: one of them wins', async () => {
    for (let i = 0; i < 5; i++) {
      const id = await cast.captures('wmRenji', { slots: [quantity(`${300 + i}套`)] })
      const results = await Promise.allSettled([chain.undo(id), chain.correct(id, [quantity('1套')], { when: at(SECOND) })])
      const { undoneAt } = await cast.db.requirementChange.findUniqueOrThrow({ where: { id } })
      const corrected = results[1]?.status === 'fulfilled'
      // Undone first, the correction was refused; corrected first, the undo may still take the first step back.
      expect(corrected || undoneAt !== null).toBe(true)
      if (!corrected) expect(results[1]).toMatchObject({ reason: { code: 'undone' } })
    }
  })

  it('taken back within ten seconds gives the question back: cards that never left leave after all', async () => {
    const wrong = await cast.captures('wmRenji', { slots: [quantity('300套')] })
    const right = await chain.correct(wrong, [quantity('30套')], { when: at(5 * SECOND) })
    await chain.undo(right)
    expect(await chain.terms()).toMatchObject({ items: [{ qty: 300 }] })
    expect(await cast.askOf(wrong)).toMatchObject({ closedAt: null, closedWhy: null })
    const states = (await chain.outbox('send-card')).map((row) => row.state)
    expect(states).toEqual(['open', 'open', 'withdrawn', 'withdrawn'])
    expect(await cast.db.reminder.count({ where: { state: 'open' } })).toBe(2)
    expect(await chain.answer('zhaoqiang', wrong, 'can')).toBe(true)
  })

  it('taken back when cards had already said so: a notice leads to the question that stands again', async () => {
    const wrong = await cast.captures('wmRenji')
    await chain.arrives(wrong)
    const right = await chain.correct(wrong, [quantity('30套')])
    await cast.db.cardCopy.updateMany({ where: { card: { asks: { some: { changeId: wrong } } } }, data: { code: null } })
    await chain.undo(right, { by: 'wanglei', when: at(MINUTE + SECOND) })
    const notices = await cast.db.card.findMany({ where: { kind: 'waiting' }, include: { copies: true } })
    expect(notices.flatMap((card) => card.copies.map((copy) => copy.personId)).sort()).toEqual(
      [await cast.personId('zhaoqiang'), await cast.personId('sunyue')].sort(),
    )
  })
})
