import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from '../../channels/wecom/fixtures/qyapi.js'
import { tellBadges } from '../../domain/reminders/tell-badges.js'
import { answerAsk } from '../../domain/requirement/answer-ask.js'
import type { Cast } from '../../test/factories/cast.js'
import { AFTER_UNDO, createChain } from '../../test/factories/chain.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { wecomOnly } from '../../test/factories/phone.js'
import { at, inWork, MINUTE, NOW, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import setBadge from './set-badge.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
})

async function serve(answers: Parameters<typeof serveQyapi>[0]) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  const run = async (userid: string, now: Date) => {
    const deps = { db: cast.db, now, machineNow: now, ...wecomOnly(), wecom: clientOf(api.base).wecom, outlets: chatOnly }
    return setBadge.run(deps, { personId: await cast.personId(userid) })
  }
  /** Several that leave at the same moment. */
  const runTogether = async (userids: string[], now: Date) => {
    const deps = { db: cast.db, now, machineNow: now, ...wecomOnly(), wecom: clientOf(api.base).wecom, outlets: chatOnly }
    const personIds = await Promise.all(userids.map((userid) => cast.personId(userid)))
    return Promise.allSettled(personIds.map((personId) => setBadge.run(deps, { personId })))
  }
  return { ...api, run, runTogether }
}
const SET_MANY = 'agent/batch_set_workbench_data'
const SET = 'agent/set_workbench_data'
const TEMPLATE = 'agent/set_workbench_template'
type Tile = { userid: string; keydata: { items: { key: string; data: string; jump_url?: string }[] } }

describe('the numbers on the workbench', () => {
  it('are those of the moment in which they leave, and lead to the list', async () => {
    const change = await cast.captures('wmRenji')
    const api = await serve({ [SET]: [{}, {}] })
    await api.run('zhaoqiang', AFTER_UNDO)
    const zhao = await cast.actor('zhaoqiang')
    const { id } = await cast.askOf(change)
    await inWork(cast.db, (work) => answerAsk(work, zhao, { askId: id, verdict: 'can', note: null }), AFTER_UNDO)
    await api.run('zhaoqiang', AFTER_UNDO)
    const tiles = api.asksOf(SET).map(({ body }) => body as Tile)
    expect(tiles.map(({ userid, keydata }) => [userid, ...keydata.items.map(({ key, data }) => `${key} ${data}`)])).toEqual([
      ['zhaoqiang', '待办 1', '待答复 1'],
      ['zhaoqiang', '待办 0', '待答复 0'],
    ])
    expect(tiles[0]?.keydata.items[0]?.jump_url).toMatch(/\/h5\/reminders$/)
    await api.close()
  })

  it('make the tile one of numbers where it was not yet', async () => {
    const api = await serve({ [SET]: [{ errcode: 40058, errmsg: 'type differs' }, {}], [TEMPLATE]: [{}] })
    expect(await api.run('lina', NOW)).toEqual({ receipt: { waiting: 0 } })
    expect(api.asksOf(TEMPLATE)).toHaveLength(1)
    await api.close()
  })

  it('that may not be set are noted and no error; that can not be set now are tried again', async () => {
    const refused = await serve({ [SET]: [{ errcode: 48002, errmsg: 'api forbidden' }] })
    expect(await refused.run('lina', NOW)).toMatchObject({ receipt: { off: expect.stringContaining('被禁止') } })
    await refused.close()
    const busy = await serve({ [SET]: [{ errcode: 45009, errmsg: 'freq' }] })
    await expect(busy.run('lina', NOW)).rejects.toMatchObject({ code: 45009 })
    await busy.close()
  })

  it('that are the same for several at one moment are one call; who has other numbers has a call of their own', async () => {
    await cast.captures('wmRenji')
    const api = await serve({ [SET_MANY]: [{}], [SET]: [{}] })
    const all = await api.runTogether(['lina', 'zhaoqiang', 'chenjing', 'wanglei'], AFTER_UNDO)
    expect(all.map((one) => one.status)).toEqual(Array(4).fill('fulfilled'))
    expect(api.asksOf(SET_MANY).map(({ body }) => body)).toMatchObject([
      { userid_list: ['lina', 'chenjing', 'wanglei'], data: { keydata: { items: [{ data: '0' }, { data: '0' }] } } },
    ])
    expect(api.asksOf(SET).map(({ body }) => body)).toMatchObject([{ userid: 'zhaoqiang' }])
    await api.close()
  })

  it('refused for several, each is asked for alone: one who can not have them takes nothing from the others', async () => {
    const api = await serve({
      [SET_MANY]: [{ errcode: 60111, errmsg: 'no such user' }],
      [SET]: [{}, { errcode: 60111, errmsg: 'x' }],
    })
    const all = await api.runTogether(['lina', 'chenjing'], NOW)
    expect(all).toMatchObject([{ value: { receipt: { waiting: 0 } } }, { value: { receipt: { off: expect.any(String) } } }])
    await api.close()
    const busy = await serve({ [SET_MANY]: [{ errcode: 45009, errmsg: 'freq' }] })
    expect((await busy.runTogether(['lina', 'chenjing'], NOW)).map((one) => one.status)).toEqual(['rejected', 'rejected'])
    expect(busy.asksOf(SET)).toHaveLength(0)
    await busy.close()
  })

  it('are asked for once a minute and person, whatever happens in it', async () => {
    const [lina, zhao] = [await cast.personId('lina'), await cast.personId('zhaoqiang')]
    const tell = (when: Date) => inWork(cast.db, (work) => tellBadges(work, [lina, zhao, lina]), when)
    for (let second = 0; second < 60; second += 5) await tell(at(second * SECOND))
    const rows = () => cast.db.outbox.findMany({ where: { kind: 'set-badge', lane: `badge:${lina}` }, orderBy: { id: 'asc' } })
    // Its own second falls once into any minute: two slots are touched.
    expect((await rows()).length).toBeLessThanOrEqual(2)
    const [first] = await rows()
    expect(Number(first?.notBefore) - NOW.getTime()).toBeGreaterThan(0)
    expect(Number(first?.notBefore) - NOW.getTime()).toBeLessThanOrEqual(MINUTE)
  })
})
