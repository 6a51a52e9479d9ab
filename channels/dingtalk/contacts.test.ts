import { describe, expect, it } from 'vitest'
import { getExternalContact, listExternalContacts } from './contacts.js'
import { listCustomers } from './crm.js'
import { refuse, useDingtalk } from './fixtures/dingtalk-api.js'

const serve = useDingtalk()

describe('external contacts', () => {
  const liu = {
    userid: 'ext1',
    name: '刘主任',
    mobile: '13900000001',
    state_code: '86',
    title: '设备科主任',
    company_name: '仁济骨科医院',
    address: '上海',
    email: 'liu@hospital.example',
    remark: '',
    follower_user_id: 'linxiao',
    share_user_ids: ['wumin'],
    share_dept_ids: [5],
    label_ids: [9, 10],
  }
  const read = {
    userid: 'ext1',
    name: '刘主任',
    mobile: '13900000001',
    stateCode: '86',
    title: '设备科主任',
    company: '仁济骨科医院',
    address: '上海',
    email: 'liu@hospital.example',
    remark: '',
    follower: 'linxiao',
    sharedWith: ['wumin'],
    sharedWithDepartments: [5],
    labels: [9, 10],
  }

  it('are listed page by page, for nothing', async () => {
    const bare = { userid: 'ext2' }
    const { dingtalk, asksOf, told } = await serve({
      'topapi/extcontact/list': [{ errcode: 0, results: [liu, bare] }, { errcode: 0 }],
    })
    const first = await listExternalContacts(dingtalk, { offset: 0, size: 2 })
    expect(first.more).toBe(true)
    expect(first.contacts[0]).toEqual(read)
    expect(first.contacts[1]).toMatchObject({ userid: 'ext2', name: '', mobile: null, follower: null, sharedWith: [] })
    expect(await listExternalContacts(dingtalk, { offset: 2, size: 2 })).toEqual({ contacts: [], more: false })
    expect(asksOf('topapi/extcontact/list').map((one) => one.body)).toEqual([
      { offset: 0, size: 2 },
      { offset: 2, size: 2 },
    ])
    expect(told.some((call) => call.paid)).toBe(false)
  })

  it('are read one by one; who is no more is null', async () => {
    const path = 'topapi/extcontact/get'
    const { dingtalk, asksOf } = await serve({ [path]: [{ errcode: 0, result: liu }, { errcode: 33012 }, { errcode: 60011 }] })
    expect(await getExternalContact(dingtalk, 'ext1')).toEqual(read)
    expect(asksOf(path)[0]?.body).toEqual({ user_id: 'ext1' })
    expect(await getExternalContact(dingtalk, 'ext1')).toBeNull()
    await expect(getExternalContact(dingtalk, 'ext1')).rejects.toMatchObject({ kind: 'config' })
  })
})

describe('customers of the CRM', () => {
  const path = 'crm/personalCustomers'
  const row = {
    instanceId: 'I1',
    creatorUserId: 'linxiao',
    data: { customer_name: '仁济骨科医院' },
    permission: { ownerStaffIds: ['linxiao'], participantStaffIds: ['wumin'] },
    gmtCreate: '2026-11-20 15:33:12',
    gmtModified: '2026-11-21T01:00:00Z',
  }
  const read = {
    instanceId: 'I1',
    creator: 'linxiao',
    data: { customer_name: '仁济骨科医院' },
    owners: ['linxiao'],
    participants: ['wumin'],
    createdAt: new Date('2026-11-20T07:33:12Z'),
    modifiedAt: new Date('2026-11-21T01:00:00Z'),
  }

  it('are listed as one member sees them, page by page, and paid for', async () => {
    const bare = { instanceId: 'I2', data: '{"customer_name":"曙光"}', gmtCreate: 'soon' }
    const { dingtalk, asksOf, told } = await serve({
      [path]: [
        { values: [row, bare], hasMore: true, nextToken: '100' },
        { values: [], hasMore: false, nextToken: '100' },
      ],
    })
    const first = await listCustomers(dingtalk, { operator: 'linxiao' })
    expect(first.next).toBe('100')
    expect(first.customers[0]).toEqual(read)
    expect(first.customers[1]).toMatchObject({ data: { customer_name: '曙光' }, owners: [], createdAt: null })
    expect(await listCustomers(dingtalk, { operator: 'linxiao', cursor: '100', kind: 'person' })).toEqual({
      customers: [],
      next: null,
    })
    expect(asksOf(path).map(({ method, query }) => ({ method, ...query }))).toEqual([
      { method: 'GET', currentOperatorUserId: 'linxiao', relationType: 'crm_customer', maxResults: '100' },
      {
        method: 'GET',
        currentOperatorUserId: 'linxiao',
        relationType: 'crm_customer_personal',
        maxResults: '100',
        nextToken: '100',
      },
    ])
    expect(told.filter((call) => call.api === path && call.paid)).toHaveLength(2)
  })

  it('are not there where the organisation has no CRM', async () => {
    const { dingtalk } = await serve({ [path]: [refuse(400, 'crmAppNotExisted')] })
    await expect(listCustomers(dingtalk, { operator: 'linxiao' })).rejects.toMatchObject({ kind: 'config' })
  })
})
