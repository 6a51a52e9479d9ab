import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { createNewcomers, phones } from '../../test/factories/newcomers.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import type { Work } from '../work.js'
import { ensureContactOfPhone } from './contact-of-phone.js'
import { keepPhones, sealPhone } from './contact-phones.js'
import { lockContact } from './lock-contact.js'
import { mergeContacts } from './merge-contacts.js'
import { resolveContact } from './resolve-contact.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let news: ReturnType<typeof createNewcomers>
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
  news = createNewcomers(cast)
})
afterAll(() => database.close())

/** One works, and when it holds what `first` takes another begins; once that waits, the one goes on with `then`. */
async function between(
  first: (work: Work) => Promise<unknown>,
  then: (work: Work) => Promise<unknown>,
  other: () => Promise<unknown>,
) {
  let meanwhile: Promise<unknown> = Promise.resolve()
  await inWork(database.db, async (work) => {
    await first(work)
    meanwhile = other()
    meanwhile.catch(() => {})
    await somebodyWaits()
    await then(work)
  })
  await meanwhile
}

async function somebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await database.db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE NOT l.granted AND a.datname = current_database()`
    if ((row?.count ?? 0) > 0) return
  }
}

it('a call with a number and the profile that names it: neither waits for the other', async () => {
  const number = '13800001111'
  const contactId = await news.learns('wmA', { number })
  const sealed = sealPhone(phones, number)
  if (!sealed) throw new Error('no number')
  await between(
    (work) => ensureContactOfPhone(work, sealed, null),
    (work) => lockContact(work, contactId),
    () => inWork(database.db, (work) => resolveContact(work, contactId)),
  )
  expect(await database.db.contact.count({ where: { phones: { some: { hash: sealed.hash } } } })).toBe(1)
})

it('two who share a number, joined by a person and by what is learnt at the same moment, are joined once', async () => {
  const number = '13800002222'
  const a = await news.learns('wmB', { company: '甲' })
  await news.calls(number)
  const b = (await database.db.contact.findFirstOrThrow({ where: { identities: { none: {} }, phones: { some: {} } } })).id
  const [low = a, high = b] = [a, b].sort()
  const learnt = sealPhone(phones, number)
  if (!learnt) throw new Error('no number')
  await inWork(database.db, (work) => keepPhones(work, { contactId: a, phones: [learnt], source: 'remark' }))
  const actor = await cast.actor('wanglei')
  await between(
    (work) => lockContact(work, low),
    (work) => mergeContacts(work, actor, { a, b, winner: null }),
    () => inWork(database.db, (work) => resolveContact(work, high)),
  )
  expect(await database.db.contactMerge.count()).toBe(1)
})
