import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createQuoteRows } from '../../test/factories/quote-rows.js'
import { at, DAY, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { findBlocked } from './find-blocked.js'
import { tellBlocked } from './tell-blocked.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let quotes: ReturnType<typeof createQuoteRows>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE quote, chore CASCADE`
  ;({ cast } = await createChain(database.db))
  quotes = createQuoteRows(cast)
})

const LOOK = at(2 * DAY + HOUR)
/** So many were put into chats, of as many customers as there are. */
async function given(count: number, externals = ['wmRenji', 'wmHuaqiang', 'wmJinhai']) {
  const links = []
  for (let i = 0; i < count; i += 1) {
    const { versionId, linkId } = await quotes.sent(externals[i % externals.length] as string)
    await cast.db.quoteVersion.update({ where: { id: versionId }, data: { givenAt: at(i) } })
    links.push(linkId)
  }
  return links
}

it('five to three customers that nobody opened for a day look like a stopped link', async () => {
  await given(5)
  expect(await findBlocked(cast.db, at(23 * HOUR))).toBeNull()
  expect(await findBlocked(cast.db, LOOK)).toEqual({ given: 5 })
})

it.each([
  ['four', async () => void (await given(4))],
  ['five of one customer', async () => void (await given(5, ['wmRenji']))],
  [
    'five of which one was opened',
    async () => {
      const [link] = await given(5)
      await quotes.visit(link as string, at(HOUR))
    },
  ],
])('%s does not', async (_what, happens) => {
  await happens()
  expect(await findBlocked(cast.db, LOOK)).toBeNull()
})

it('the administrators hear of it once a week', async () => {
  await given(5)
  const tells = (now: Date) => inWork(cast.db, (work) => tellBlocked(work), now)
  expect([await tells(LOOK), await tells(at(HOUR, LOOK)), await tells(at(DAY, LOOK))]).toEqual([true, false, true])
  const texts = await cast.db.outbox.findMany({ where: { kind: 'send-text' } })
  const administrators = await cast.db.person.count({ where: { roles: { has: 'admin' }, leftAt: null } })
  expect(texts).toHaveLength(administrators)
  expect(texts[0]?.payload).toMatchObject({ text: expect.stringContaining('链接可能被微信拦截') })
})
