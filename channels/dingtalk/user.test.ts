import { describe, expect, it } from 'vitest'
import { listDepartments } from './departments.js'
import { useDingtalk } from './fixtures/dingtalk-api.js'
import { getUser, listUsers } from './user.js'

const serve = useDingtalk()

const linxiao = {
  userid: 'linxiao',
  unionid: 'U1',
  name: '林晓',
  mobile: '13800000001',
  email: '',
  org_email: 'linxiao@corp.example',
  active: true,
  manager_userid: 'wumin',
  dept_id_list: [2, 3],
  leader_in_dept: [
    { dept_id: 2, leader: true },
    { dept_id: 3, leader: false },
  ],
}
const read = {
  userid: 'linxiao',
  unionid: 'U1',
  name: '林晓',
  mobile: '13800000001',
  email: 'linxiao@corp.example',
  departments: [2, 3],
  leaderOf: [2],
  manager: 'wumin',
  active: true,
}

describe('getUser', () => {
  const path = 'topapi/v2/user/get'

  it('reads a member, for nothing', async () => {
    const { dingtalk, asksOf, told } = await serve({ [path]: [{ errcode: 0, result: linxiao }] })
    expect(await getUser(dingtalk, 'linxiao')).toEqual(read)
    expect(asksOf(path)[0]?.body).toEqual({ userid: 'linxiao' })
    expect(told.some((call) => call.paid)).toBe(false)
  })

  it('takes what the app may not see for unknown', async () => {
    const { dingtalk } = await serve({ [path]: [{ errcode: 0, result: { userid: 'a', unionid: 'U' } }] })
    const expected = { name: 'a', mobile: null, email: null, departments: [], leaderOf: [], manager: null }
    expect(await getUser(dingtalk, 'a')).toMatchObject(expected)
  })

  it.each([33012, 60121])('gives null for nobody (%i)', async (errcode) => {
    const { dingtalk } = await serve({ [path]: [{ errcode, errmsg: '找不到该用户' }] })
    expect(await getUser(dingtalk, 'gone')).toBeNull()
  })

  it('does not take somebody out of range for nobody', async () => {
    const { dingtalk } = await serve({ [path]: [{ errcode: 50002 }] })
    await expect(getUser(dingtalk, 'far')).rejects.toMatchObject({ kind: 'config', code: 50002 })
  })
})

describe('a department', () => {
  it('gives its members page by page', async () => {
    const path = 'topapi/v2/user/list'
    const { dingtalk, asksOf } = await serve({
      [path]: [
        { errcode: 0, result: { has_more: true, next_cursor: 100, list: [linxiao] } },
        { errcode: 0, result: { has_more: false } },
      ],
    })
    expect(await listUsers(dingtalk, { department: 2 })).toEqual({ users: [read], next: 100 })
    expect(await listUsers(dingtalk, { department: 2, cursor: 100 })).toEqual({ users: [], next: null })
    expect(asksOf(path).map((one) => one.body)).toEqual([
      { dept_id: 2, cursor: 0, size: 100 },
      { dept_id: 2, cursor: 100, size: 100 },
    ])
  })

  it('gives those right below it', async () => {
    const result = [{ dept_id: 5, name: '华东', parent_id: 2, auto_add_user: true }]
    const { dingtalk, asksOf } = await serve({ 'topapi/v2/department/listsub': [{ errcode: 0, result }, { errcode: 0 }] })
    expect(await listDepartments(dingtalk, 2)).toEqual([{ id: 5, name: '华东', parent: 2 }])
    expect(await listDepartments(dingtalk, 5)).toEqual([])
    expect(asksOf('topapi/v2/department/listsub')[0]?.body).toEqual({ dept_id: 2 })
  })
})
