import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'

let standin: DingtalkStandin
beforeEach(async () => {
  standin = await startWithDingtalk()
})
afterEach(() => standin.close())

const contact = (more: object = {}) => ({
  contact: {
    name: '周工',
    mobile: '13700029999',
    follower_user_id: 'linxiao',
    label_ids: [50_001],
    company_name: '镇海石化',
    ...more,
  },
})
const create = (more: object = {}) => standin.oapi('topapi/extcontact/create', contact(more))
const list = async (body: object = { size: 20, offset: 0 }) => (await standin.oapi('topapi/extcontact/list', body)).results

it('lists those of the world, by pages, and one by its id', async () => {
  expect(await list()).toMatchObject([
    { userid: 'extYinzhou', name: '沈工', company_name: '鄞州城建集团', follower_user_id: 'linxiao', label_ids: [50_001] },
    { userid: 'extBeilun' },
  ])
  expect(await list({ size: 1, offset: 1 })).toMatchObject([{ userid: 'extBeilun' }])
  expect((await standin.oapi('topapi/extcontact/get', { user_id: 'extBeilun' })).result).toMatchObject({ name: '蒋经理' })
  expect((await standin.oapi('topapi/extcontact/get', { user_id: 'x' })).errcode).toBe(33_012)
  expect((await standin.oapi('topapi/extcontact/list', { size: 101, offset: 0 })).errcode).toBe(400_002)
})

it('adds, changes and deletes', async () => {
  const { errcode, userid } = await create()
  expect(errcode).toBe(0)
  await standin.oapi('topapi/extcontact/update', contact({ user_id: userid, remark: '看样品' }))
  expect((await list()).at(-1)).toMatchObject({ userid, mobile: '13700029999', remark: '看样品' })
  await standin.oapi('topapi/extcontact/delete', { user_id: userid })
  expect(await list()).toHaveLength(2)
})

it.each([
  ['without a label', { label_ids: [] }, 60_204],
  ['a mobile that is there', { mobile: '13700020008' }, 22_005],
  ['a follower who is nobody', { follower_user_id: 'nobody' }, 33_012],
  ['without a name', { name: '' }, 400_002],
])('refuses %s', async (_, more, errcode) => {
  expect((await create(more)).errcode).toBe(errcode)
})

it('hears of a contact that a colleague added only by asking', async () => {
  const { userid } = await standin.control('dingtalk/contact', { name: '周工', mobile: '13700029999', follower: 'wumin' })
  expect((await list()).at(-1)).toMatchObject({ userid, follower_user_id: 'wumin' })
  expect(await standin.control('dingtalk/pushes')).toEqual([])
})

it('stands as before after a restart', async () => {
  await create()
  const before = await list()
  await standin.restart()
  expect(await list()).toEqual(before)
})
