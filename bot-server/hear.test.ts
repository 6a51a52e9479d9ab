import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeptFinding } from '../domain/message/findings.contract.js'
import { setRule } from '../domain/rule/rule.js'
import { newId } from '../lib/ids.js'
import { type Cast, createCast } from '../test/factories/cast.js'
import { inWork, NOW } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'
import { hear, markKeywords } from './hear.js'

const nothing = { change: false, score: 0.1, types: [], slots: [], spans: [] }

describe('keywords', () => {
  it("an administrator's own words mark what the understanding let pass, and show where", () => {
    expect(markKeywords(nothing, '这批要改模', ['改模'])).toEqual({
      ...nothing,
      change: true,
      score: 0.5,
      spans: [{ from: 3, to: 5, field: 'keyword' }],
    })
  })

  it('they take nothing away and add nothing to what was found', () => {
    const found = { ...nothing, change: true, score: 0.9 }
    expect(markKeywords(found, '这批要改模', ['改模'])).toBe(found)
    expect(markKeywords(nothing, '收到', ['改模'])).toBe(nothing)
  })
})

describe('what is heard', () => {
  let database: Awaited<ReturnType<typeof freshDb>>
  let cast: Cast
  beforeAll(async () => {
    database = await freshDb()
    cast = await createCast(database.db)
  })
  afterAll(() => database.close())

  async function heard(text: string, external: string): Promise<KeptFinding> {
    const chat = { contactId: await cast.contactId(external), personId: await cast.personId('wanglei') }
    const said = { source: 'archive' as const, sourceKey: newId(), speaker: 'customer' as const, text, saidAt: NOW }
    const id = (await inWork(cast.db, (work) => hear(work, { ...chat, ...said }))) as string
    return (await cast.db.message.findUniqueOrThrow({ where: { id } })).finding as KeptFinding
  }

  it('keeps why it was taken so, for administrators', async () => {
    const found = await heard('数量加到300套', 'wmRenji')
    expect(found).toMatchObject({ change: true, types: ['功能增减'], need: null })
    expect(found.why).toMatchObject({ rules: expect.any(Number), net: expect.any(Number), kind: 'quantity' })
    expect((await heard('怎么还没发货，急用', 'wmRenji')).signals).toMatchObject([{ name: '催货' }])
  })

  it('a new order beside the running one is a need and no change, whatever the keywords', async () => {
    await inWork(cast.db, (work) => setRule(work, { name: 'keywords', value: ['补货'], by: 'system' }))
    const found = await heard('补货200箱，下月初要', 'wmHuaqiang')
    expect(found).toMatchObject({ change: false, types: [], slots: [] })
    expect(found.need?.slots).toContainEqual({ field: 'quantity', item: null, before: null, after: '200 箱' })
    expect(await cast.db.reminder.count({ where: { kind: 'uncaptured-change', subject: { contains: '' } } })).toBe(1)
  })
})
