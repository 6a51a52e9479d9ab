import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { getAskPage, getChain } from './find-chain.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})

describe('who may look', () => {
  it('at a chain: who sees the customer, and who was asked about a step', async () => {
    await cast.captures('wmRenji')
    const { id } = await cast.requirement('wmRenji')
    const sees = async (userid: string) => {
      const looked = await Promise.allSettled([getChain(cast.db, await cast.actor(userid), id, NOW)])
      if (looked[0].status === 'rejected') expect(looked[0].reason).toMatchObject({ code: 'unknown-requirement', status: 404 })
      return looked[0].status === 'fulfilled'
    }
    const eyes = await Promise.all(['wanglei', 'lina', 'heping', 'zhaoqiang', 'sunyue', 'chenjing', 'zhoumin'].map(sees))
    expect(eyes).toEqual([true, true, true, true, true, false, false])
  })

  it('at a question: who holds its card, and who sees the customer', async () => {
    const { id } = await cast.askOf(await cast.captures('wmRenji'))
    const look = async (userid: string) => getAskPage(cast.db, await cast.actor(userid), id, NOW)
    await expect(look('zhaoqiang')).resolves.toMatchObject({ customer: { name: '仁济骨科医院' } })
    await expect(look('wanglei')).resolves.toBeDefined()
    await expect(look('sunyue')).rejects.toMatchObject({ code: 'unknown-ask', status: 404 })
    await expect(look('chenjing')).rejects.toMatchObject({ code: 'unknown-ask' })
  })
})
