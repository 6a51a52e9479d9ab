import { describe, expect, it } from 'vitest'
import { useJoining } from '../../test/factories/joining.js'
import { inWork } from '../../test/factories/work.js'
import { ensurePerson } from '../person/identify.js'
import { joinKnown } from './join-known.js'
import { listJoins } from './list-joins.js'
import { sayApart } from './say-apart.js'

const bench = useJoining()
const { as, dingtalker, join, point } = bench

describe('by the same number', () => {
  const joins = async () => {
    await inWork(bench.db, joinKnown)
    return bench.db.personJoin.count()
  }

  it('which the one proved and DingTalk tells of the other', async () => {
    await point(await bench.cast.personId('wanglei'), 'h1')
    await point(await dingtalker('lin'), 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(1)
    expect(await joins()).toBe(1)
  })

  it('of many, a few at a look', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const one = await inWork(bench.db, (work) => ensurePerson(work, { ...as(`w${n}`), platform: 'wecom' }))
      await point(one, `n${n}`)
      await point(await dingtalker(`d${n}`), `n${n}`, { proved: false, source: 'platform' })
    }
    expect(await joins()).toBe(5)
    expect(await joins()).toBe(6)
  })

  it('not where nobody proved it', async () => {
    await point(await bench.cast.personId('wanglei'), 'h1', { proved: false, source: 'platform' })
    await point(await dingtalker('lin'), 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(0)
  })

  it('not where three have it, or two of one app', async () => {
    await point(await bench.cast.personId('wanglei'), 'h1')
    await point(await bench.cast.personId('chenjing'), 'h1')
    expect(await joins()).toBe(0)
    await point(await dingtalker('lin'), 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(0)
  })

  it('not where one of them is in both apps already, or has left', async () => {
    const [wang, lin, wu] = [await bench.cast.personId('wanglei'), await dingtalker('lin'), await dingtalker('wu')]
    await join(wang, lin)
    await point(wang, 'h1')
    await point(wu, 'h1', { proved: false, source: 'platform' })
    expect(await joins()).toBe(1)
  })

  it('not where somebody said that they are two', async () => {
    const [wang, lin] = [await bench.cast.personId('wanglei'), await dingtalker('lin')]
    await point(wang, 'h1')
    await point(lin, 'h1', { proved: false, source: 'platform' })
    await inWork(bench.db, (work) => sayApart(work, wang, { a: lin, b: wang }))
    expect(await joins()).toBe(0)
  })
})

it('one name, one on each side: that is for an administrator to say', async () => {
  const lin = await dingtalker('lin', '王 磊')
  await dingtalker('chenjing', '陈静静')
  const wang = await bench.cast.personId('wanglei')
  await inWork(bench.db, joinKnown)
  const { alike } = await listJoins(bench.db)
  expect(alike.map(({ a, b }) => [a.personId, b.personId].sort())).toEqual([[lin, wang].sort()])
  expect([...(alike[0]?.a.platforms ?? []), ...(alike[0]?.b.platforms ?? [])].sort()).toEqual(['dingtalk', 'wecom'])
  await inWork(bench.db, (work) => sayApart(work, wang, { a: wang, b: lin }))
  expect((await listJoins(bench.db)).alike).toEqual([])
})
