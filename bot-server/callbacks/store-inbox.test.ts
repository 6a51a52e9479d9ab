import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDb } from '../../test/setup/db.js'
import { createInboxStore } from './store-inbox.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.inbox.deleteMany()
  await database.db.inboxKey.deleteMany()
})

const row = (key: string, lane = 'a') => ({ key, lane, source: 'wecom', body: `<xml>${key}，"\\{}'</xml>`, trace: `t-${key}` })
const stored = () => database.db.inbox.findMany({ orderBy: { seq: 'asc' } })

describe('storing', () => {
  it('keeps every field as it came', async () => {
    expect(await createInboxStore(database.db)(row('k1'))).toBe(true)
    expect(await stored()).toMatchObject([{ ...row('k1'), state: 'open', attempts: 0 }])
  })

  it('says which of many that come at once are new, whatever came before and beside them', async () => {
    const store = createInboxStore(database.db)
    await store(row('k0'))
    const told = await Promise.all(Array.from({ length: 300 }, (_, i) => store(row(`k${i % 100}`, `lane${i % 7}`))))
    expect(told.filter(Boolean)).toHaveLength(99)
    expect((await stored()).map((one) => one.key).sort()).toEqual(Array.from({ length: 100 }, (_, i) => `k${i}`).sort())
  })

  it('keeps the order of a lane, with several statements under way', async () => {
    const store = createInboxStore(database.db)
    const all = Array.from({ length: 600 }, (_, i) => store(row(`k${i}`, `lane${i % 3}`)))
    await Promise.all(all)
    for (const lane of ['lane0', 'lane1', 'lane2']) {
      const numbers = (await stored()).filter((one) => one.lane === lane).map((one) => Number(one.key.slice(1)))
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
      expect(numbers).toHaveLength(200)
    }
  })

  it('is not seen before the earlier row of its lane', async () => {
    const store = createInboxStore(database.db)
    const seen: string[] = []
    const tell = (key: string) => store(row(key)).then(() => seen.push(key))
    await Promise.all(['k1', 'k2', 'k3', 'k4'].map(tell))
    expect(seen).toEqual(['k1', 'k2', 'k3', 'k4'])
  })

  it('fails for all that share a statement, and goes on with the next', async () => {
    const store = createInboxStore(database.db)
    await expect(store({ ...row('bad'), body: 'NUL \0' })).rejects.toThrow()
    expect(await store(row('good'))).toBe(true)
    expect(await stored()).toHaveLength(1)
  })
})
