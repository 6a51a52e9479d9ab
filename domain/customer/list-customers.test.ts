import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { freshDb } from '../../test/setup/db.js'
import { listCustomers } from './list-customers.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())

const find = async (userid: string, query: string) =>
  (await listCustomers(database.db, await cast.actor(userid), query)).map((one) => one.name).sort()

it.each<[string, string[]]>([
  ['华强', ['华强五金']],
  ['黄', ['华强五金']],
  ['hqwj', ['华强五金']],
  ['HLB', ['华强五金']],
  ['rj', ['仁济骨科医院']],
  ['zzz', []],
])('%s finds a company or one of its people, by name or by initials', async (query, names) =>
  expect(await find('wanglei', query)).toEqual(names),
)

it('initials lead to nobody else’s customers either', async () => {
  expect(await find('chenjing', 'hqwj')).toEqual([])
  expect(await find('lina', 'hqwj')).toEqual(['华强五金'])
})
