import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../lib/db.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
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

const REPS = ['wanglei', 'chenjing'] as const

/** A real person: the accounts that they have here, and whether a union id ties them; a number that somebody may know. */
type Somebody = { accounts: string[]; unionid: string; number: string }
/** Three of them, new in each run; the second has two accounts. */
const peopleOf = (run: number): Somebody[] =>
  [['a'], ['b', 'b2'], ['c']].map((accounts, i) => ({
    accounts: accounts.map((account) => `wm-${account}-${run}`),
    unionid: `o-${i}-${run}`,
    number: String(13_800_000_000 + run * 10 + i),
  }))

/** What we are told, once or again, in any order. `minute`: when it was, whenever it is heard. */
const happening = fc.record({
  who: fc.nat(2),
  account: fc.nat(1),
  by: fc.constantFrom(...REPS),
  minute: fc.integer({ min: 0, max: 50 }),
  what: fc.constantFrom('add', 'half-add', 'chat', 'call', 'phone', 'unionid', 'profile'),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never
const isTouch = ({ what }: Happening) => ['add', 'half-add', 'chat', 'call'].includes(what)

const TOLD_AT = at(55 * MINUTE)
/** The moment of the same add is one moment, however often it is told. */
const momentOf = ({ what, by, account, minute }: Happening, { accounts }: Somebody) =>
  what === 'add' || what === 'half-add'
    ? accounts.indexOf(accountOf({ account }, { accounts })) + REPS.indexOf(by) * 7 + (what === 'add' ? 3 : 2)
    : minute
const accountOf = ({ account }: Pick<Happening, 'account'>, { accounts }: Pick<Somebody, 'accounts'>) =>
  accounts[account % accounts.length] as string

it('whatever the order and however often: one first contact and one clock for each real person, from their first touch on', {
  timeout: 240_000,
}, async () => {
  const story = fc.record({
    told: fc.array(happening, { minLength: 3, maxLength: 14 }),
    repeats: fc.array(fc.nat(13), { maxLength: 4 }),
    /** What is told at the same moment, by several workers. */
    abreast: fc.integer({ min: 1, max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ told, repeats, abreast }) => {
      const people = peopleOf(runs++)
      const news = createNewcomers(cast)
      const known = new Set((await news.firsts()).map(({ id }) => id))
      const rang = new Set((await news.clocks()).map(({ id }) => id))
      const tell = async (one: Happening) => {
        const who = people[one.who] as Somebody
        const external = accountOf(one, who)
        const when = { by: one.by, at: at(momentOf(one, who) * MINUTE), heardAt: TOLD_AT }
        if (one.what === 'add' || one.what === 'half-add') return news.adds(external, { ...when, half: one.what === 'half-add' })
        if (one.what === 'chat') return news.chats(external, when)
        if (one.what === 'call') return news.calls(who.number, { ...when, id: String(one.minute) })
        const facts = {
          ...(one.what === 'unionid' ? {} : { number: who.number }),
          ...(one.what === 'phone' ? {} : { unionid: who.unionid }),
        }
        await news.learns(external, { ...facts, by: one.by, at: TOLD_AT })
      }
      const again = repeats.flatMap((i) => told[i] ?? [])
      const all = [...told, ...again]
      for (let i = 0; i < all.length; i += abreast) await Promise.all(all.slice(i, i + abreast).map(tell))

      // In the end everything is known of everybody who was met.
      const met = new Set(told.filter(isTouch).map(({ who }) => who))
      for (const who of met) {
        const { accounts, unionid, number } = people[who] as Somebody
        for (const external of accounts) await news.learns(external, { unionid, number, at: TOLD_AT })
      }
      const firsts = (await news.firsts()).filter(({ id }) => !known.has(id))
      const standing = firsts.filter((one) => one.state !== 'merged')
      const clocks = (await news.clocks()).filter(({ id }) => !rang.has(id))
      expect(standing.map(({ state }) => state)).toEqual(standing.map(() => 'open'))
      for (const who of met) {
        const somebody = people[who] as Somebody
        const contactId = await cast.contactId(somebody.accounts[0] as string)
        const own = standing.filter((one) => one.contactId === contactId)
        expect(own).toHaveLength(1)
        const moments = told.filter((one) => one.who === who && isTouch(one)).map((one) => momentOf(one, somebody))
        expect(own[0]?.at).toEqual(at(Math.min(...moments) * MINUTE))
        expect(clocks.filter((clock) => clock.subject === `first-contact:${own[0]?.id}`)).toHaveLength(1)
      }
      expect(standing).toHaveLength(met.size)
      expect(clocks).toHaveLength(met.size)
      // And all of it belongs to contacts that stand.
      expect(await db.touch.count({ where: { contact: { mergedIntoId: { not: null } } } })).toBe(0)
      expect(await db.message.count({ where: { contact: { mergedIntoId: { not: null } } } })).toBe(0)
    }),
    { numRuns: 25 },
  )
})
