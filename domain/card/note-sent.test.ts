import { afterAll, beforeAll, expect, it } from 'vitest'
import { createChain } from '../../test/factories/chain.js'
import { at, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { findKnown } from '../reach/find-known.js'
import { confirmTry } from '../reach/got-it.js'
import { tryOne } from '../reach/try-one.js'
import { issueCard } from './issue-card.js'
import { noteSent } from './note-sent.js'
import { openCopy } from './press.js'
import { redrawCard } from './redraw-card.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

const waiting = async () => {
  const [row] = await database.db.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  return Number(row?.n)
}

it('a card that is answered at the moment when its receipt comes in is brought up to date', async () => {
  const { cast } = await createChain(database.db)
  const people = [await cast.personId('wanglei')]
  const ids = { kind: 'reminder' as const, subject: 'reminder:x#0.0', people, route: [['chat' as const]] }
  await inWork(cast.db, (work) => issueCard(work, ids))
  const copy = await cast.db.cardCopy.findFirstOrThrow({ where: { personId: people[0] as string } })

  let commit = () => {}
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  let changed = () => {}
  const redrawn = new Promise<void>((resolve) => {
    changed = resolve
  })
  const answering = inWork(cast.db, async (work) => {
    await redrawCard(work, copy.cardId)
    changed()
    await held
  })
  await redrawn
  let noted = false
  const receipt = { copyId: copy.id, messageId: 'm1', code: 'c'.repeat(20), version: 1, trace: 'receipt' }
  const noting = inWork(cast.db, (work) => noteSent(work, [receipt])).then(() => {
    noted = true
  })
  while (!noted && (await waiting()) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  commit()
  await Promise.all([answering, noting])
  expect(await cast.db.outbox.findMany({ where: { kind: 'update-card' } })).toMatchObject([
    { payload: { copyId: copy.id, version: 2 }, trace: 'receipt' },
  ])
})

it('who presses before the receipt is kept has answered after the card arrived', async () => {
  const { cast } = await createChain(database.db)
  const personId = await cast.personId('wanglei')
  await inWork(cast.db, (work) =>
    tryOne(work, { personId, set: { sms: false, mail: false }, machineNow: NOW, newToken: () => 't' }),
  )
  const { id } = await cast.db.reachTry.findFirstOrThrow({ where: { personId, channel: 'wecom' } })
  const copy = await cast.db.cardCopy.findFirstOrThrow({ where: { personId, platform: 'wecom', card: { subject: `try:${id}` } } })
  await inWork(cast.db, (work) => openCopy(work, { copyId: copy.id, personId, code: null }))
  await inWork(cast.db, (work) => confirmTry(work, personId, id))
  const receipt = { copyId: copy.id, messageId: 'm1', code: 'c'.repeat(20), version: 1, trace: 'receipt' }
  await inWork(cast.db, (work) => noteSent(work, [receipt]), at(MINUTE))
  const known = await findKnown(cast.db, [personId], at(MINUTE))
  expect(known.get(personId)?.wecom).toMatchObject({ last: { state: 'submitted', at: NOW }, confirmedAt: NOW })
})
