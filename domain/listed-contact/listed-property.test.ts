import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../lib/db.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createLooks, lineOf } from '../../test/factories/listed.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { at, MINUTE } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'

let database: Awaited<ReturnType<typeof freshDb>>
let db: Db
let cast: Cast
let runs = 0
beforeAll(async () => {
  database = await freshDb()
  db = database.db
  ;({ cast } = await createChain(db))
})
afterAll(() => database.close())

/** A real person: a line in DingTalk, an account in WeCom, one number; who of ours has the line, and what it is called. */
const peopleOf = (run: number) =>
  [0, 1, 2].map((i) => ({ line: `d${i}-${run}`, external: `wm${i}-${run}`, number: String(13_900_000_000 + run * 10 + i) }))
const HOLDERS = ['lin', 'wu'] as const

/** What comes in, once or again, in any order: a look that sees some of them, an add in WeCom, what a remark there says. */
const look = fc.record({
  what: fc.constant('look' as const),
  sees: fc.array(fc.record({ who: fc.nat(2), holder: fc.nat(1), named: fc.nat(2) }), { maxLength: 3 }),
  slot: fc.integer({ min: 1, max: 6 }),
  whole: fc.boolean(),
})
const inWecom = fc.record({ what: fc.constantFrom('add' as const, 'learn' as const), who: fc.nat(2), minute: fc.nat(50) })
const story = fc.record({
  told: fc.array(fc.oneof(look, inWecom), { minLength: 2, maxLength: 10 }),
  repeats: fc.array(fc.nat(9), { maxLength: 3 }),
  abreast: fc.integer({ min: 1, max: 3 }),
})

it('whatever the order and however often: one contact and one clock for each real person, and who has them is who the last look says', {
  timeout: 240_000,
}, async () => {
  const looks = createLooks(db)
  await looks.look('0', [], { at: at(-MINUTE) })
  await fc.assert(
    fc.asyncProperty(story, async ({ told, repeats, abreast }) => {
      const run = runs++
      const people = peopleOf(run)
      const news = createNewcomers(cast)
      const known = new Set((await news.firsts()).map(({ id }) => id))
      const rang = new Set((await news.clocks()).map(({ id }) => id))
      const person = (who: number) => people[who] as (typeof people)[number]
      const tell = async (one: (typeof told)[number]) => {
        if (one.what === 'look') {
          const seen = new Map(one.sees.map((see) => [see.who, see]))
          const lines = [...seen.values()].map(({ who, holder, named }) =>
            lineOf({
              value: person(who).line,
              number: person(who).number,
              follower: HOLDERS[holder] ?? null,
              name: `名${named}`,
            }),
          )
          return looks.look(`${run}.${one.slot}`, lines, { at: at(one.slot * 10 * MINUTE), whole: one.whole, size: 2 })
        }
        const { external, number } = person(one.who)
        if (one.what === 'add') return news.adds(external, { at: at(one.minute * MINUTE), heardAt: at(55 * MINUTE) })
        await news.learns(external, { number, at: at(55 * MINUTE) })
      }
      const all = [...told, ...repeats.flatMap((i) => told[i] ?? [])]
      for (let i = 0; i < all.length; i += abreast) await Promise.all(all.slice(i, i + abreast).map(tell))

      // In the end all of them are seen, by a look and in WeCom.
      const last = people.map(({ line, number }) => lineOf({ value: line, number, follower: 'wu', name: '末名' }))
      await looks.look(`${run}.9`, last, { at: at(90 * MINUTE) })
      for (const { external, number } of people) await news.learns(external, { number, at: at(91 * MINUTE) })
      const standing = (await news.firsts()).filter((one) => !known.has(one.id) && one.state !== 'merged')
      const clocks = (await news.clocks()).filter(({ id }) => !rang.has(id))
      expect(standing.map(({ state }) => state)).toEqual(['open', 'open', 'open'])
      expect(clocks).toHaveLength(3)
      for (const { line, external } of people) {
        const contactId = await looks.contactId(line)
        expect(contactId).toBe(await cast.contactId(external))
        expect(standing.filter((one) => one.contactId === contactId)).toHaveLength(1)
        const follows = await db.follow.findMany({
          where: { contactId, person: { identities: { some: { platform: 'dingtalk' } } } },
        })
        const wu = await looks.member('wu')
        expect(follows.map(({ personId, endedAt }) => [personId === wu, endedAt === null])).toEqual(
          follows.map(({ personId }) => [personId === wu, personId === wu]),
        )
      }
      expect(await db.touch.count({ where: { contact: { mergedIntoId: { not: null } } } })).toBe(0)
    }),
    { numRuns: 8, endOnFailure: true },
  )
})
