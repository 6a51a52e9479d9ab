import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, delivery, quantity } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { NOW } from '../../test/factories/work.js'
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

describe('undo', () => {
  it('within ten seconds nothing has happened: terms, cards, reminders, requirement', async () => {
    const before = await chain.terms()
    const id = await cast.captures('wmRenji', { slots: [quantity('300套')] })
    await chain.undo(id)
    expect(await chain.terms()).toEqual(before)
    expect((await chain.outbox('send-card')).map((row) => row.state)).toEqual(['withdrawn', 'withdrawn'])
    expect(await cast.db.reminder.count({ where: { state: 'open' } })).toBe(0)
    expect(await getChange(cast.db, id, NOW)).toMatchObject({ state: 'undone', undoUntil: null, replyDraft: null })
    await chain.undo(id) // a second tap changes nothing
  })

  it('after ten seconds it is too late', async () => {
    const id = await cast.captures('wmRenji')
    await expect(chain.undo(id, { when: AFTER_UNDO })).rejects.toMatchObject({ code: 'too-late', status: 409 })
  })

  it('when a card is on its way it is too late, whatever the clock says, and everything stays', async () => {
    const id = await cast.captures('wmRenji', { slots: [quantity('300套')] })
    await cast.db
      .$executeRaw`UPDATE outbox SET called_at = now() WHERE id = (SELECT min(id) FROM outbox WHERE kind = 'send-card')`
    await expect(chain.undo(id)).rejects.toMatchObject({ code: 'too-late' })
    expect(await chain.terms()).toMatchObject({ items: [{ qty: 300 }] })
    expect((await chain.outbox('send-card')).map((row) => row.state)).toEqual(['open', 'open'])
  })

  it('is for who captured it', async () => {
    const id = await cast.captures('wmRenji')
    await expect(chain.undo(id, { by: 'lina' })).rejects.toMatchObject({ code: 'unknown-change', status: 404 })
  })

  it('of any step, whatever stands around it, equals never having captured it', async () => {
    const anySteps = fc.array(
      fc.record({
        qty: fc.integer({ min: 1, max: 999 }),
        day: fc.option(fc.constantFrom('2026-12-01', '2026-12-24')),
        undone: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    const slotsOf = ({ qty, day }: { qty: number; day: string | null }) => [quantity(`${qty}套`), ...(day ? [delivery(day)] : [])]
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const start = await chain.terms()
        const ids: string[] = []
        for (const step of steps) ids.push(await cast.captures('wmRenji', { slots: slotsOf(step) }))
        for (const [i, step] of steps.entries()) if (step.undone) await chain.undo(ids[i] as string)
        const withUndo = await chain.terms()

        // The same again on another requirement that never heard of the undone ones.
        const { customerId } = await cast.requirement('wmRenji')
        const twin = await cast.db.requirement.create({
          data: { id: crypto.randomUUID(), customerId, title: 'x', terms: start, createdAt: NOW },
        })
        for (const step of steps.filter((one) => !one.undone)) {
          await cast.captures('wmRenji', { requirementId: twin.id, slots: slotsOf(step) })
        }
        const { terms: never } = await cast.db.requirement.findUniqueOrThrow({ where: { id: twin.id } })
        expect(withUndo).toEqual(never)
      }),
      { numRuns: 3 },
    )
  })
})
