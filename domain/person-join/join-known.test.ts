import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { corp } from '../../test/factories/listed.js'
import { at, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { ensurePerson } from '../person/identify.js'
import { joinKnown } from './join-known.js'
import { joinPersons } from './join-persons.js'
import { listJoins } from './list-joins.js'
import { sayApart } from './say-apart.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  await database.db.$executeRaw`TRUNCATE person_join, person_apart, chore`
})

const as = (value: string) => ({ platform: 'dingtalk', organisation: corp, kind: 'member', value })
/** Somebody whom only DingTalk knows. */
async function dingtalker(value: string, name = value): Promise<string> {
  const id = await inWork(cast.db, (work) => ensurePerson(work, as(value)))
  await cast.db.person.update({ where: { id }, data: { name } })
  return id
}
const join = (winnerId: string, loserId: string) =>
  inWork(cast.db, (work) => joinPersons(work, { winnerId, loserId, byId: null, why: 'phone' }), at(HOUR))
const point = (personId: string, hash: string, { proved = true, source = 'typed' } = {}) =>
  cast.db.contactPoint.create({
    data: {
      ...{ id: newId(), personId, channel: 'sms', sealed: 's', hash, source },
      provedAt: proved ? NOW : null,
      createdAt: NOW,
    },
  })

describe('by the same number', () => {
  const joins = async () => {
    await inWork(cast.db, joinKnown)
    return cast.db.personJoin.count()
  }

  it('which the one proved and DingTalk tells of the other', async () => {
    await point(await cast.personId('wanglei'), 'h1')
    await point(await dingtalker('lin'), 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(1)
    expect(await joins()).toBe(1)
  })

  it('of many, a few at a look', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const one = await inWork(cast.db, (work) => ensurePerson(work, { ...as(`w${n}`), platform: 'wecom' }))
      await point(one, `n${n}`)
      await point(await dingtalker(`d${n}`), `n${n}`, { proved: false, source: 'platform' })
    }
    expect(await joins()).toBe(5)
    expect(await joins()).toBe(6)
  })

  it('not where nobody proved it', async () => {
    await point(await cast.personId('wanglei'), 'h1', { proved: false, source: 'platform' })
    await point(await dingtalker('lin'), 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(0)
  })

  it('not where three have it, or two of one app', async () => {
    await point(await cast.personId('wanglei'), 'h1')
    await point(await cast.personId('chenjing'), 'h1')
    expect(await joins()).toBe(0)
    await point(await dingtalker('lin'), 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(0)
  })

  it('not where one of them is in both apps already, or has left', async () => {
    const [wang, lin, wu] = [await cast.personId('wanglei'), await dingtalker('lin'), await dingtalker('wu')]
    await join(wang, lin)
    await point(wang, 'h1')
    await point(wu, 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(1)
  })

  it('not where somebody said that they are two', async () => {
    const [wang, lin] = [await cast.personId('wanglei'), await dingtalker('lin')]
    await point(wang, 'h1')
    await point(lin, 'h1', { proved: false, source: 'platform' })
    await inWork(cast.db, (work) => sayApart(work, wang, { a: lin, b: wang }))
    expect(await joins()).toBe(0)
  })
})

it('one name, one on each side: that is for an administrator to say', async () => {
  const lin = await dingtalker('lin', '王 磊')
  await dingtalker('chenjing', '陈静静')
  const wang = await cast.personId('wanglei')
  await inWork(cast.db, joinKnown)
  const { alike } = await listJoins(cast.db)
  expect(alike.map(({ a, b }) => [a.personId, b.personId].sort())).toEqual([[lin, wang].sort()])
  expect([...(alike[0]?.a.platforms ?? []), ...(alike[0]?.b.platforms ?? [])].sort()).toEqual(['dingtalk', 'wecom'])
  await inWork(cast.db, (work) => sayApart(work, wang, { a: wang, b: lin }))
  expect((await listJoins(cast.db)).alike).toEqual([])
})
