import { afterAll, beforeAll, expect, it } from 'vitest'
import { AGENT_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeAll(async () => {
  standin = await startForTest()
})
afterAll(() => standin.close())

const ask = async (path: string) => standin.json(`/cgi-bin/${path}access_token=${await standin.token()}`)

it('has a department for every team under the organisation', async () => {
  const { department } = await ask('department/list?')
  expect(department).toMatchObject([
    { id: 1, parentid: 0 },
    { id: 2, name: '华东一组', parentid: 1 },
    { id: 3, name: '内勤与产品', parentid: 1 },
  ])
  expect((await ask('department/list?id=2&')).department).toHaveLength(1)
  expect((await ask('department/list?id=9&')).errcode).toBe(60003)
  expect((await ask('user/get?userid=zhaoqiang&')).department).toEqual([3])
})

it('lists whom the application sees, of one department or with those under it', async () => {
  const names = async (query: string) =>
    (await ask(`user/simplelist?${query}&`)).userlist.map((one: { userid: string }) => one.userid)
  expect(await names('department_id=2')).toEqual(['wanglei', 'chenjing', 'lina'])
  expect(await names('department_id=1')).toEqual([])
  await standin.control('range', { userid: 'chenjing', in: false })
  expect(await names('department_id=1&fetch_child=1')).not.toContain('chenjing')
  const { allow_userinfos, redirect_domain, close } = await ask(`agent/get?agentid=${AGENT_ID}&`)
  expect(allow_userinfos.user).not.toContainEqual({ userid: 'chenjing' })
  expect([redirect_domain, close]).toEqual([`bulou.localhost:${standin.port}`, 0])
  await standin.control('range', { userid: 'chenjing', in: true })
})

it('tells of a member what an application may know, and of leaders whom it sees', async () => {
  const [rep] = (await ask('user/list?department_id=2&')).userlist
  expect(rep).toEqual({
    userid: 'wanglei',
    name: '王磊',
    position: '销售',
    status: 1,
    department: [2],
    order: [0],
    main_department: 2,
    is_leader_in_dept: [0],
    direct_leader: ['lina'],
  })
  expect(await ask('user/get?userid=wanglei&')).toMatchObject(rep)
  const leaders = async () => (await ask('department/list?id=2&')).department[0].department_leader
  expect(await leaders()).toEqual(['lina'])
  expect(await ask('user/list?department_id=9&')).toMatchObject({ errcode: 60003, userlist: [] })
  await standin.control('range', { userid: 'lina', in: false })
  expect([await leaders(), (await ask('user/get?userid=wanglei&')).direct_leader]).toEqual([[], []])
  await standin.control('range', { userid: 'lina', in: true })
})

it('follows what an administrator changes', async () => {
  await standin.control('department', { id: 2, name: '华东大区' })
  await standin.control('move', { userid: 'chenjing', department: 3 })
  expect((await ask('department/list?id=2&')).department).toMatchObject([{ id: 2, name: '华东大区' }])
  expect((await ask('user/get?userid=chenjing&')).main_department).toBe(3)
  await standin.restart()
  expect((await ask('department/list?id=2&')).department).toMatchObject([{ id: 2, name: '华东大区' }])
})
