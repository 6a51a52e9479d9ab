import { afterAll, beforeAll, expect, it } from 'vitest'
import { createChain } from '../../test/factories/chain.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { createDesk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { mergeContacts } from './merge-contacts.js'
import { previewMerge } from './preview-merge.js'
import { undoMerge } from './undo-merge.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

it('quotes of one who proved to be another are the other’s, and go back when they are two', async () => {
  const { cast } = await createChain(database.db)
  await createNewcomers(cast).adds('wmNew')
  const quote = await createDesk(cast).sent('wmRenji')
  const [a, b] = [await cast.contactId('wmRenji'), await cast.contactId('wmNew')]
  const actor = await cast.actor('wanglei')
  const preview = await cast.db.$transaction((tx) => previewMerge(tx, actor, { a, b, winner: b }))
  expect(preview.moves).toContainEqual({ what: '报价', count: 1 })
  const { mergeId } = await inWork(cast.db, (work) => mergeContacts(work, actor, { a, b, winner: b }), at(HOUR))
  const whose = async () => (await cast.db.quote.findUniqueOrThrow({ where: { id: quote.id } })).contactId
  expect(await whose()).toBe(b)
  await inWork(cast.db, (work) => undoMerge(work, actor, mergeId), at(2 * HOUR))
  expect(await whose()).toBe(a)
})
