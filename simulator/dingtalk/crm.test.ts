import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DingtalkStandin, startWithDingtalk } from '../testing/dingtalk-api.js'

let standin: DingtalkStandin
beforeEach(async () => {
  standin = await startWithDingtalk()
})
afterEach(() => standin.close())

const AT = '/v1.0/crm/personalCustomers'
const query = (userid: string, more = '') =>
  standin.ding(`${AT}?relationType=crm_customer&currentOperatorUserId=${userid}${more}`)
const create = (name: string, more: object = {}) =>
  standin.ding(AT, { relationType: 'crm_customer', creatorUserId: 'linxiao', data: { customer_name: name }, ...more })

it('names its fields', async () => {
  const meta = await standin.ding(`${AT}/objectMeta`)
  expect(meta.fields.map(({ name }: { name: string }) => name)).toContain('customer_name')
  expect(await standin.ding(`${AT}/objectMeta?relationType=x`)).toMatchObject({ code: 'invalid.relationType' })
})

it('shows a member their own, the latest changed first, by pages', async () => {
  standin.time.now += 1_000
  const { instanceId } = await create('象山船厂')
  const page = await query('linxiao', '&maxResults=1')
  expect(page).toMatchObject({
    hasMore: true,
    totalCount: 2,
    nextToken: '1',
    values: [{ instanceId, data: { customer_name: '象山船厂' } }],
  })
  expect((await query('linxiao', '&maxResults=1&nextToken=1')).values).toMatchObject([{ instanceId: 'crmB0100Meishan' }])
  expect((await query('wumin')).values).toEqual([])
  expect(await query('nobody')).toMatchObject({ code: 'invalid.userId' })
})

it('keeps companies and persons apart', async () => {
  await create('钱店长', { relationType: 'crm_customer_personal' })
  expect((await query('linxiao')).values).toMatchObject([
    { objectType: 'crm_customer', gmtCreate: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) },
  ])
  expect((await standin.ding(`${AT}?currentOperatorUserId=linxiao`)).values).toMatchObject([
    { objectType: 'crm_customer_personal' },
  ])
})

it('finds several by their ids, of those that may be seen', async () => {
  const found = await standin.ding(`${AT}/batchQuery?relationType=crm_customer&currentOperatorUserId=linxiao`, [
    'crmB0100Meishan',
    'x',
  ])
  expect(found.result).toMatchObject([{ instanceId: 'crmB0100Meishan', permission: { ownerStaffIds: ['linxiao'] } }])
  expect(
    (await standin.ding(`${AT}/batchQuery?relationType=crm_customer&currentOperatorUserId=wumin`, ['crmB0100Meishan'])).result,
  ).toEqual([])
})

it('refuses the same customer unless told not to look', async () => {
  expect(
    await standin.whole(AT, { relationType: 'crm_customer', creatorUserId: 'linxiao', data: { customer_name: '梅山文旅酒店' } }),
  ).toMatchObject({
    status: 400,
    body: { code: 'same.data.exists' },
  })
  expect(await create('梅山文旅酒店', { skipDuplicateCheck: true })).toHaveProperty('instanceId')
  expect((await create('')).code).toBe('invalid.data')
})

it('is changed by name, and deleted', async () => {
  const body = {
    instanceId: 'crmB0100Meishan',
    modifierUserId: 'linxiao',
    data: { customer_phone: '1' },
    permission: { participantStaffIds: ['wumin'] },
  }
  await standin.ding(AT, body, { method: 'PUT' })
  expect((await query('wumin')).values).toMatchObject([{ data: { customer_name: '梅山文旅酒店', customer_phone: '1' } }])
  expect(await standin.ding(`${AT}/crmB0100Meishan`, undefined, { method: 'DELETE' })).toEqual({ instanceId: 'crmB0100Meishan' })
  expect(await standin.ding(`${AT}/crmB0100Meishan`, undefined, { method: 'DELETE' })).toMatchObject({ code: 'data.not.exists' })
})

it('tells what a colleague does in it', async () => {
  standin.time.now += 1_000
  const { id } = await standin.control('dingtalk/customer', { owner: 'linxiao', data: { customer_name: '象山船厂' } })
  await standin.control('dingtalk/customer', { id, owner: 'linxiao', data: { customer_phone: '2' } })
  const pushes = await standin.control('dingtalk/pushes')
  expect(pushes.map((p: { name: string }) => p.name)).toEqual(['ding_paas_object_data_create', 'ding_paas_object_data_update'])
  expect(pushes[0].body.data).toMatchObject({ instanceId: id, operatorUserId: 'linxiao' })
  expect((await query('linxiao')).values[0].data).toEqual({ customer_name: '象山船厂', customer_phone: '2' })
})
