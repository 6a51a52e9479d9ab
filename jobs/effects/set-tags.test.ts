import { beforeEach, expect, it } from 'vitest'
import type { Wecom } from '../../channels/wecom/client.js'
import { listTags } from '../../domain/follow/list-tags.js'
import { setTags } from '../../domain/follow/set-tags.js'
import { newId } from '../../lib/ids.js'
import { doEffects } from '../../test/factories/effects.js'
import { useSync } from '../../test/factories/sync.js'
import { inWork, NOW } from '../../test/factories/work.js'

const bench = useSync()
const own = { id: '', name: '老乡', type: 2 }
const hot = { id: 'etHot', name: '重点客户', type: 1 }

let contactId: string
let personId: string
beforeEach(async () => {
  const { cast, db } = bench
  ;[contactId, personId] = [await cast.contactId('wmRenji'), await cast.personId('wanglei')]
  await db.corpTag.deleteMany()
  await db.corpTag.createMany({
    data: [
      { id: 'etHot', name: '重点客户', groupName: '级别', place: 0 },
      { id: 'etCold', name: '不急', groupName: '级别', place: 1 },
      { id: 'etFair', name: '展会', groupName: '来源', place: 2 },
    ],
  })
  const follow = { since: NOW, addWay: 1, tags: [hot, own], endedAt: null }
  await db.follow.upsert({
    where: { contactId_personId: { contactId, personId } },
    create: { contactId, personId, ...follow },
    update: follow,
  })
})

const change = async (add: string[], remove: string[] = [], { as = 'wanglei', requestId = newId() } = {}) => {
  const actor = await bench.cast.actor(as)
  await inWork(bench.db, (work) => setTags(work, actor, { contactId, add, remove, requestId }))
  return requestId
}
const look = async (last?: string, as = 'wanglei') => listTags(bench.db, await bench.cast.actor(as), { contactId, last })
const shown = async () => (await look())?.tags.map((tag) => tag.name)
async function act(mark: object[], kinds = ['set-tags']) {
  const api = await bench.platform({ 'externalcontact/mark_tag': mark })
  await doEffects(bench.db, api.wecom as Wecom, kinds, { now: NOW })
  return api
}

it('shows what the company has, in its order, and what stands on this rep’s customer', async () => {
  expect(await look()).toEqual({
    tags: [
      { id: 'etHot', name: '重点客户' },
      { id: null, name: '老乡' },
    ],
    groups: [
      {
        name: '级别',
        tags: [
          { id: 'etHot', name: '重点客户' },
          { id: 'etCold', name: '不急' },
        ],
      },
      { name: '来源', tags: [{ id: 'etFair', name: '展会' }] },
    ],
    moving: false,
    why: null,
  })
})

it('a tap stands at once, goes to the platform in order, and stays; taking it back is a tap', async () => {
  await change(['etFair'])
  const last = await change([], ['etHot'])
  expect([await shown(), (await look())?.moving]).toEqual([['老乡', '展会'], true])
  const { asksOf } = await act([{}])
  expect(asksOf('externalcontact/mark_tag').map(({ body }) => body)).toEqual([
    { userid: 'wanglei', external_userid: 'wmRenji', add_tag: ['etFair'] },
    { userid: 'wanglei', external_userid: 'wmRenji', remove_tag: ['etHot'] },
  ])
  expect(await look(last)).toMatchObject({ moving: false, why: null })
  expect(await shown()).toEqual(['老乡', '展会'])
  await change(['etHot'], ['etFair'])
  await act([{}])
  expect(await shown()).toEqual(['老乡', '重点客户'])
  expect(await bench.db.outbox.count({ where: { kind: 'fetch-contact', state: 'open' } })).toBeGreaterThan(0)
})

it('deleted meanwhile: nothing changed, it is said why, and the company’s tags are read anew', async () => {
  const last = await change(['etFair'])
  await act([{ errcode: 40068, errmsg: 'invalid tagid' }])
  expect(await look(last)).toMatchObject({ why: '客户标签不存在，可能已被删除', moving: false })
  expect(await shown()).toEqual(['重点客户', '老乡'])
  expect(await bench.db.outbox.count({ where: { kind: 'fetch-tags', state: 'open' } })).toBe(1)
  await bench.db.corpTag.delete({ where: { id: 'etFair' } })
  await expect(change(['etFair'])).rejects.toMatchObject({ code: 'tag-gone' })
})

it('is for whoever has them on the platform: not for a colleague, not once deleted', async () => {
  expect(await look(undefined, 'lina')).toBeNull()
  await expect(change(['etFair'], [], { as: 'lina' })).rejects.toMatchObject({ code: 'not-followed' })
  const last = await change(['etFair'])
  const { personId: lina } = await bench.cast.actor('lina')
  await bench.db.follow.upsert({
    where: { contactId_personId: { contactId, personId: lina } },
    create: { contactId, personId: lina, since: NOW, addWay: 1, tags: [] },
    update: { addWay: 1, tags: [], endedAt: null },
  })
  await act([{ errcode: 40068, errmsg: 'invalid tagid' }])
  expect(await look(last, 'lina')).toMatchObject({ tags: [], why: null })
  await bench.db.follow.delete({ where: { contactId_personId: { contactId, personId: lina } } })
  await bench.db.follow.update({ where: { contactId_personId: { contactId, personId } }, data: { endedAt: NOW } })
  expect(await look()).toBeNull()
})
